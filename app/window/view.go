//go:build cgo

package window

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"regatta/workloads/runtimes"
)

// view is the window and what is in it. Everything but control and bridge belongs to the goroutine that draws.
type view struct {
	app     fyne.App
	win     fyne.Window
	control *controller
	bridge  *bridge
	panel   *panel
	result  *result
	actions actions
	closing bool
}

const (
	// closePatience is how long the window stays open for the end of a run that it has stopped. Whatever is left of the
	// run then ends when the runner sees that we are gone.
	closePatience = 1500 * time.Millisecond
	defaultWidth  = 1440
	defaultHeight = 900
)

// newView fills a window. dispatch runs a function on the goroutine that draws.
func newView(app fyne.App, win fyne.Window, s starter, dispatch func(func())) *view {
	v := &view{app: app, win: win}
	v.bridge = &bridge{dispatch: dispatch, show: v.show}
	v.control = newController(s, v.bridge.Wake)
	keys := keys{leave: v.leave, shortcut: v.shortcut, typed: v.typed}
	runtime := "none"
	if list := runtimes.List(""); len(list) > 0 {
		runtime = list[0].Name
	}
	v.panel = newPanel(runtime, keys, v.press, v.showMenu, func() {})
	v.result = newResult(dispatch, app.Clipboard)
	v.makeActions()
	v.panel.changed = v.show
	v.panel.choose()

	content := container.New(placed{
		min: func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(panelWidth+620, 600) },
		place: func(o []fyne.CanvasObject, size fyne.Size) {
			put(o[0], 0, 0, panelWidth, size.Height)
			put(o[1], panelWidth, 0, size.Width-panelWidth, size.Height)
		},
	}, v.panel.object, v.result.object)
	win.SetPadded(false)
	win.SetContent(content)
	win.Resize(fyne.NewSize(defaultWidth, defaultHeight))
	win.Canvas().SetOnTypedKey(v.typed)
	win.SetOnDropped(v.dropped)
	win.SetCloseIntercept(v.close)
	app.Settings().AddListener(func(fyne.Settings) { v.paint() })
	return v
}

// show brings the widgets up to the controller's state.
func (v *view) show() {
	s := v.control.State()
	v.panel.Show(s.phase)
	v.result.Show(s, v.panel.pair)
}

// paint takes the colours of what is no widget from a new theme.
func (v *view) paint() {
	v.panel.paint()
	v.result.paint()
}

// press is what the large button does.
func (v *view) press() {
	if v.control.State().phase.busy() {
		v.control.Stop()
		return
	}
	if choice, ok := v.panel.Choice(); ok {
		v.control.Start(choice)
	}
}

// covered tells whether a menu or a dialog lies over the window, which keys are then not for.
func (v *view) covered() bool { return v.win.Canvas().Overlays().Top() != nil }

// typed handles keys where nothing takes text.
func (v *view) typed(e *fyne.KeyEvent) {
	if v.covered() {
		return
	}
	switch e.Name {
	case fyne.KeySpace:
		v.press()
	case fyne.KeyEscape:
		v.control.Stop()
	}
}

// leave takes the keyboard away from an input; Return runs, too.
func (v *view) leave(e *fyne.KeyEvent) {
	v.win.Canvas().Unfocus()
	if e.Name != fyne.KeyEscape && !v.control.State().phase.busy() {
		v.press()
	}
}

// shortcut does what a shortcut stands for, whether the window got it or an input that has no use for it.
func (v *view) shortcut(s fyne.Shortcut) {
	if v.covered() {
		return
	}
	for _, i := range []*fyne.MenuItem{v.actions.run, v.actions.open, v.actions.save} {
		if i.Shortcut.ShortcutName() == s.ShortcutName() {
			i.Action()
		}
	}
}

// close ends a run under way before the window goes, without freezing it. Closed twice it goes at once.
func (v *view) close() {
	if v.closing || !v.control.State().phase.busy() {
		v.win.Close()
		return
	}
	v.closing = true
	go func() {
		v.control.Close(closePatience)
		v.bridge.dispatch(v.win.Close)
	}()
}
