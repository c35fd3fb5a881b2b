//go:build cgo

package window

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"regatta/workloads/catalog"
)

// entry is a line of input that gives the keys back that are not for it.
type entry struct {
	widget.Entry
	focus func(gained bool)
	typed func(*fyne.KeyEvent)  // Return and Escape
	short func(s fyne.Shortcut) // shortcuts that are not about text
}

func newEntry(value string) *entry {
	e := &entry{}
	e.ExtendBaseWidget(e)
	e.Text = value
	return e
}

// FocusGained implements fyne.Focusable.
func (e *entry) FocusGained() { e.Entry.FocusGained(); e.focus(true) }

// FocusLost implements fyne.Focusable.
func (e *entry) FocusLost() { e.Entry.FocusLost(); e.focus(false) }

// TypedKey implements fyne.Focusable.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape:
		e.typed(k)
	default:
		e.Entry.TypedKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	e.Entry.TypedShortcut(s)
	e.short(s)
}

// field is one parameter in the form: its name, an input, and under it what is wrong or what it is for.
type field struct {
	param   catalog.Parameter
	object  *fyne.Container
	message *widget.Label
	input   fyne.CanvasObject
	typed   func() string
	focused bool
	changed func()
}

const inputWidth = 124

// newField makes the field with what was typed last.
func newField(p catalog.Parameter, value string, keys keys, changed func()) *field {
	f := &field{param: p, changed: changed, message: widget.NewLabel("")}
	f.message.Wrapping = fyne.TextWrapWord
	f.message.SizeName = theme.SizeNameCaptionText
	label := p.Label
	if p.Unit != "" {
		label += " (" + p.Unit + ")"
	}
	caption := newText(label, 13, colorMuted)
	if p.Choices != nil {
		s := widget.NewSelect(p.Choices, nil)
		s.Selected = value
		s.OnChanged = func(string) { f.check() }
		f.input, f.typed = s, func() string { return s.Selected }
	} else {
		e := newEntry(value)
		e.OnChanged = func(string) { f.check() }
		e.focus = func(gained bool) { f.focused = gained; f.check() }
		e.typed, e.short = keys.leave, keys.shortcut
		f.input, f.typed = e, func() string { return e.Text }
		if p.Text != nil {
			e.PlaceHolder = "none"
		}
	}
	line := container.New(placed{min: f.lineMin, place: f.placeLine}, caption, f.input)
	// The label's own padding would put the message to the right of the name.
	f.object = container.New(pile(0), line, container.New(inset(-6, -3, 0, -1), f.message))
	f.show()
	return f
}

func (f *field) wide() bool { return f.param.Text != nil }

func (f *field) lineMin(o []fyne.CanvasObject) fyne.Size {
	h := o[1].MinSize().Height
	if f.wide() {
		h += o[0].MinSize().Height + 6
	}
	return fyne.NewSize(120, h)
}

func (f *field) placeLine(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	if f.wide() {
		put(o[0], 0, 4, size.Width, h)
		put(o[1], 0, h+6, size.Width, size.Height-h-6)
		return
	}
	put(o[0], 0, (size.Height-h)/2, size.Width-inputWidth-6, h)
	put(o[1], size.Width-inputWidth, 0, inputWidth, size.Height)
}

// value is what was typed, checked.
func (f *field) value() (any, error) { return f.param.Parse(f.typed()) }

func (f *field) check() {
	f.show()
	f.changed()
}

// show says under the input what is wrong with it, or what it is for while somebody types.
func (f *field) show() {
	_, err := f.value()
	said, importance := "", widget.LowImportance
	switch {
	case err != nil:
		said, importance = complaint(f.param, err), widget.DangerImportance
	case f.focused:
		said = f.param.Help
	}
	if f.message.Text != said || f.message.Importance != importance {
		f.message.Text, f.message.Importance = said, importance
		f.message.Refresh()
	}
	if below := f.object.Objects[1]; below.Visible() != (said != "") {
		setVisible(below, said != "")
		f.object.Refresh()
	}
}

// complaint names a parameter as the form does, not as scripts do.
func complaint(p catalog.Parameter, err error) string {
	return p.Label + strings.TrimPrefix(err.Error(), p.Name)
}
