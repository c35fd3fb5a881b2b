//go:build cgo

package window

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

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
	replay  *replay
	content *fyne.Container
	sheet   dialog.Dialog // the shortcuts, while they show
	actions actions
	closing bool
	lecture bool
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
	keys := keys{leave: v.leave, shortcut: v.shortcut, typed: v.typed, char: v.char}
	runtime := "none"
	if list := runtimes.List(""); len(list) > 0 {
		runtime = list[0].Name
	}
	v.panel = newPanel(runtime, keys, v.press, v.showMenu, func() {})
	v.result = newResult(dispatch, app.Clipboard)
	line := v.result.timeline
	line.OnUnused(v.typed, v.char)
	line.SetPatterns(v.patterns())
	v.control.SetQuiet(v.quiet())
	v.replay = &replay{dispatch: dispatch, next: line.NextEvent, show: line.SetUntil, changed: func() {}, speed: 1}
	v.result.addBar(newBar(v.press, v.leaveBar, v.replay, keys))
	v.replay.changed = v.showBar
	v.result.filter.typed, v.result.filter.short = v.leaveFilter, v.shortcut
	v.result.tabs.typed, v.result.tabs.char = v.typed, v.char
	v.makeActions()
	v.panel.changed = v.show
	v.panel.choose()

	v.content = container.New(placed{
		min:   func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(panelWidth+620, 600) },
		place: func(_ []fyne.CanvasObject, size fyne.Size) { v.place(size) },
	}, v.panel.object, v.result.object)
	win.SetPadded(false)
	win.SetContent(v.content)
	win.Resize(fyne.NewSize(defaultWidth, defaultHeight))
	win.Canvas().SetOnTypedKey(v.typed)
	win.Canvas().SetOnTypedRune(v.char)
	win.SetOnDropped(v.dropped)
	win.SetCloseIntercept(v.close)
	app.Settings().AddListener(func(fyne.Settings) { v.paint() })
	return v
}

// place puts the panel beside the result; a lecture has no panel.
func (v *view) place(size fyne.Size) {
	side := float32(panelWidth)
	if v.lecture {
		side = 0
	}
	put(v.panel.object, 0, 0, panelWidth, size.Height)
	put(v.result.object, side, 0, size.Width-side, size.Height)
	v.result.place(fyne.NewSize(size.Width-side, size.Height))
}

// show brings the widgets up to the controller's state.
func (v *view) show() {
	s := v.control.State()
	v.panel.Show(s.phase)
	if s.result != v.result.last.result || s.phase.busy() {
		v.replay.Load(0)
		if s.result != nil {
			v.replay.Load(s.result.length)
		}
	}
	v.result.Show(s, v.panel.pair)
	v.showBar()
}

// showBar brings the row of controls up to date.
func (v *view) showBar() {
	_, ok := v.panel.form.Values()
	v.result.bar.Show(v.control.State().phase, v.replay, ok)
	v.result.showBar(v.lecture || v.replay.active)
}

// leaveBar ends the replay, or else the lecture.
func (v *view) leaveBar() {
	if v.replay.active && !v.lecture {
		v.replay.Leave()
		return
	}
	v.setLecture(false, false)
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
