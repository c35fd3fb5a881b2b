//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// actions are what can be done from the menu and by shortcuts; both are made from these values.
type actions struct {
	run, open           *fyne.MenuItem
	save, copy          *fyne.MenuItem
	system, light, dark *fyne.MenuItem
	lecture, replay     *fyne.MenuItem
	patterns, quiet     *fyne.MenuItem
	sheet               *fyne.MenuItem
}

func (v *view) makeActions() {
	control := func(key fyne.KeyName) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	}
	item := func(label string, shortcut fyne.Shortcut, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, do)
		i.Shortcut = shortcut
		return i
	}
	look := func(label string, a appearance) *fyne.MenuItem {
		return item(label, nil, func() { setAppearance(v.app, a) })
	}
	v.actions = actions{
		run:      item("Run", control(fyne.KeyR), v.press),
		open:     item("Open a recording…", control(fyne.KeyO), v.askOpen),
		save:     item("Save as picture…", control(fyne.KeyE), v.askSave),
		copy:     item("Copy picture", &fyne.ShortcutCopy{}, v.copyPicture),
		lecture:  item("Lecture size (L)", nil, func() { v.setLecture(!v.lecture, false) }),
		replay:   item("Replay in slow motion (P)", nil, func() { v.replay.Toggle() }),
		patterns: item("Patterns, not only colours", nil, func() { v.setPatterns(!v.patterns()) }),
		quiet:    item("Quiet: draw runs at their end (Q)", nil, func() { v.setQuiet(!v.quiet()) }),
		sheet:    item("Keyboard and mouse (?)", nil, v.showSheet),
		system:   look("As the system", followSystem), light: look("Light", alwaysLight), dark: look("Dark", alwaysDark),
	}
	for _, i := range []*fyne.MenuItem{v.actions.run, v.actions.open, v.actions.save} {
		v.win.Canvas().AddShortcut(i.Shortcut, v.shortcut)
	}
	// An input copies its own text: the window hears of it only where nothing takes text.
	v.win.Canvas().AddShortcut(v.actions.copy.Shortcut, func(fyne.Shortcut) {
		if !v.covered() {
			v.copyPicture()
		}
	})
}

// menu is the menu as things stand.
func (v *view) menu() *fyne.Menu {
	a := v.actions
	s := v.control.State()
	a.run.Label = "Run"
	_, ok := v.panel.Choice()
	if a.run.Disabled = !ok; s.phase.busy() {
		a.run.Label, a.run.Disabled = "Stop", s.phase == stopping
	}
	a.open.Disabled, a.save.Disabled, a.copy.Disabled = s.phase.busy(), s.result == nil, s.result == nil
	now := loadAppearance(v.app.Preferences())
	a.system.Checked, a.light.Checked, a.dark.Checked = now == followSystem, now == alwaysLight, now == alwaysDark
	a.lecture.Checked, a.patterns.Checked, a.quiet.Checked = v.lecture, v.patterns(), v.quiet()
	a.replay.Disabled = v.replay.length <= 0
	rule := fyne.NewMenuItemSeparator
	return fyne.NewMenu("", a.run, rule(), a.open, a.save, a.copy, rule(), a.lecture, a.replay, a.quiet, rule(),
		a.system, a.light, a.dark, a.patterns, rule(), a.sheet)
}

// showMenu opens the menu under its button.
func (v *view) showMenu() {
	b := v.panel.menu
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
	widget.ShowPopUpMenuAtPosition(v.menu(), v.win.Canvas(), at.AddXY(0, b.Size().Height+2))
}
