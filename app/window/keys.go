//go:build cgo

package window

import "fyne.io/fyne/v2"

// keys are what an input does with keys that are not for it.
type keys struct {
	leave    func(*fyne.KeyEvent) // Return or Escape
	shortcut func(fyne.Shortcut)
	typed    func(*fyne.KeyEvent) // any key, where nothing takes text
	char     func(rune)           // any character, where nothing takes text
}

// covered tells whether a menu or a dialog lies over the window, which keys are then not for.
func (v *view) covered() bool { return v.win.Canvas().Overlays().Top() != nil }

// typed handles keys where nothing takes text.
func (v *view) typed(e *fyne.KeyEvent) {
	if v.covered() {
		if v.sheet != nil && e.Name == fyne.KeyEscape {
			v.sheet.Hide()
		}
		return
	}
	switch e.Name {
	case fyne.KeySpace:
		v.press()
	case fyne.KeyF11:
		v.setLecture(!v.lecture, true)
	case fyne.KeyEscape:
		v.escape()
	default:
		if v.result.timelineShows() {
			v.result.timeline.Key(e.Name)
		}
	}
}

// escape stops the run, or takes back what was chosen last.
func (v *view) escape() {
	switch {
	case v.control.State().phase.busy():
		v.control.Stop()
	case v.replay.active:
		v.replay.Leave()
	case v.result.timelineShows() && v.result.timeline.Key(fyne.KeyEscape):
	case v.result.filter.Text != "":
		v.result.filter.SetText("")
	case v.lecture:
		v.setLecture(false, false)
	}
}

// char handles characters where nothing takes text.
func (v *view) char(r rune) {
	if v.covered() {
		if v.sheet != nil && r == '?' {
			v.sheet.Hide()
		}
		return
	}
	switch r {
	case '?':
		v.showSheet()
		return
	case 'l', 'L':
		v.setLecture(!v.lecture, false)
		return
	case 'q', 'Q':
		v.setQuiet(!v.quiet())
		return
	}
	if !v.result.timelineShows() {
		return
	}
	switch {
	case r == '/':
		v.win.Canvas().Focus(v.result.filter)
	case r == 'p' || r == 'P':
		v.replay.Toggle()
	case v.replay.active && (r == ',' || r == '.'):
		v.replay.Step(r == '.')
	default:
		v.result.timeline.Rune(r)
	}
}

// leave takes the keyboard away from an input; Return runs, too.
func (v *view) leave(e *fyne.KeyEvent) {
	v.win.Canvas().Unfocus()
	if e.Name != fyne.KeyEscape && !v.control.State().phase.busy() {
		v.press()
	}
}

// leaveFilter takes the keyboard away from the filter; Escape empties it, too.
func (v *view) leaveFilter(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		v.result.filter.SetText("")
	}
	v.win.Canvas().Unfocus()
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
