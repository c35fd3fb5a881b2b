//go:build cgo

package window

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// findDisplay tells in an error why there can be no window here, nil when there can. Fyne does not: without a display it
// logs the failure over several lines and then waits for events that nobody can send (v2.8.1, driver.go: initFailed
// quits a loop that has not begun), so what it is going to do is tried here first, with a window that stays hidden.
//
// room is how much of the screen a window may take, in the screen's units.
func findDisplay() (room fyne.Size, err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return room, errors.New("there is no display")
	}
	if platform := platform(os.Getenv); platform == "x11" {
		os.Setenv(platformVariable, platform)
		glfw.InitHint(glfw.PlatformHint, int(glfw.PlatformX11))
	}
	if err := glfw.Init(); err != nil {
		return room, fmt.Errorf("the display cannot be reached (%s)", plain(err))
	}
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		defer glfw.Terminate() // there Fyne has wishes of its own about how to begin
	} // else GLFW stays ready for Fyne: a bare X server starts anew, and refuses us meanwhile, when its last client goes
	glfw.WindowHint(glfw.Visible, glfw.False)
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	if runtime.GOARCH == "arm" || runtime.GOARCH == "arm64" && runtime.GOOS != "darwin" {
		glfw.WindowHint(glfw.ClientAPI, glfw.OpenGLESAPI) // as Fyne does there
	} else {
		glfw.WindowHint(glfw.ContextVersionMinor, 1)
	}
	w, err := glfw.CreateWindow(1, 1, "Regatta", nil, nil)
	if err != nil {
		return room, fmt.Errorf("there is no OpenGL 2.1 for a window (%s)", plain(err))
	}
	w.Destroy()
	glfw.DefaultWindowHints()
	if m := glfw.GetPrimaryMonitor(); m != nil {
		_, _, width, height := m.GetWorkarea()
		room = fyne.NewSize(float32(width), float32(height))
	}
	return room, nil
}

// plain is GLFW's message in one line.
func plain(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// platformVariable makes Fyne take X11 or Wayland on Linux.
const platformVariable = "FYNE_PLATFORM"

// platform is which of the two to take, "" for letting Fyne choose. Where nothing speaks of Wayland it is X11: the search
// for a Wayland that is not there makes libwayland complain on stderr.
func platform(env func(string) string) string {
	if runtime.GOOS == "linux" && env(platformVariable) == "" && env("WAYLAND_DISPLAY") == "" && env("XDG_SESSION_TYPE") != "wayland" {
		return "x11"
	}
	return env(platformVariable)
}

// withoutSessionBus tells whether no desktop can be asked for its colours. Fyne asks all the same, logs that nobody
// answered, and may start a bus of its own to ask on.
func withoutSessionBus(env func(string) string) bool {
	if runtime.GOOS != "linux" || env("DBUS_SESSION_BUS_ADDRESS") != "" {
		return false
	}
	_, err := os.Stat(filepath.Join(env("XDG_RUNTIME_DIR"), "bus"))
	return env("XDG_RUNTIME_DIR") == "" || err != nil
}
