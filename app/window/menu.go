//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// actions are what can be done from the menu and by shortcuts; both are made from these values.
type actions struct {
	run, open, save     *fyne.MenuItem
	system, light, dark *fyne.MenuItem
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
		run:    item("Run", control(fyne.KeyR), v.press),
		open:   item("Open a recording…", control(fyne.KeyO), v.askOpen),
		save:   item("Save as picture…", control(fyne.KeyE), v.askSave),
		system: look("As the system", followSystem), light: look("Light", alwaysLight), dark: look("Dark", alwaysDark),
	}
	for _, i := range []*fyne.MenuItem{v.actions.run, v.actions.open, v.actions.save} {
		v.win.Canvas().AddShortcut(i.Shortcut, v.shortcut)
	}
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
	a.open.Disabled, a.save.Disabled = s.phase.busy(), s.result == nil
	now := loadAppearance(v.app.Preferences())
	a.system.Checked, a.light.Checked, a.dark.Checked = now == followSystem, now == alwaysLight, now == alwaysDark
	return fyne.NewMenu("", a.run, fyne.NewMenuItemSeparator(), a.open, a.save, fyne.NewMenuItemSeparator(),
		a.system, a.light, a.dark)
}

// showMenu opens the menu under its button.
func (v *view) showMenu() {
	b := v.panel.menu
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
	widget.ShowPopUpMenuAtPosition(v.menu(), v.win.Canvas(), at.AddXY(0, b.Size().Height+2))
}
