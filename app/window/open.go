//go:build cgo

package window

import (
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/storage"

	"regatta/assets"
	"regatta/workloads/plan"
)

// appID names the folder of the app's preferences.
const appID = "io.github.regatta"

// themeVariable makes Fyne take a light or a dark look instead of asking the desktop.
const themeVariable = "FYNE_THEME"

// Open opens the window, with the recording at path in it unless that is "", and returns nil when it is closed. It must be called on the main goroutine. Where no window can be
// opened the error says why, in one line, and nothing was shown.
func Open(path string) error {
	room, err := findDisplay()
	if err != nil {
		return err
	}
	makeCacheFolder()
	if withoutSessionBus(os.Getenv) && os.Getenv(themeVariable) == "" {
		os.Setenv(themeVariable, "light")
	}
	icon := fyne.NewStaticResource("icon.png", assets.Icon)
	app.SetMetadata(fyne.AppMetadata{
		ID: appID, Name: "Regatta", Version: plan.Version, Icon: icon, Migrations: map[string]bool{"fyneDo": true},
	})
	a := app.NewWithID(appID)
	a.SetIcon(icon)
	a.Settings().SetTheme(look{loadAppearance(a.Preferences())})
	ui := &gate{do: fyne.Do}
	win := a.NewWindow("Regatta")
	win.SetIcon(icon)
	win.SetMaster()
	v := newView(a, win, realStarter{}, ui.Do)
	win.Resize(sizeFor(room))
	tellFirstFrame(win)
	if path != "" {
		a.Lifecycle().SetOnStarted(func() { v.open(storage.NewFileURI(path)) })
	}
	win.ShowAndRun()
	ui.Close()
	tellPictures(v.result.timeline)
	// The system's signal to end, and the menu's Quit on macOS, close the window without asking it.
	v.control.Close(closePatience)
	return nil
}

// makeCacheFolder makes the user's folder for caches where it is missing, as on a fresh machine: Fyne logs an error
// otherwise. When that is not to be, Fyne says so itself.
func makeCacheFolder() {
	if dir, err := os.UserCacheDir(); err == nil {
		os.MkdirAll(dir, 0o700)
	}
}

// sizeFor is how large the window opens: as designed, or as large as a smaller screen allows, with room for a title bar.
func sizeFor(room fyne.Size) fyne.Size {
	const titleBar = 40
	size := fyne.NewSize(defaultWidth, defaultHeight)
	if room.Width > 0 && room.Width < size.Width {
		size.Width = room.Width
	}
	if room.Height > 0 && room.Height < size.Height {
		size.Height = room.Height - titleBar
	}
	return size
}
