//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// push is the large button that starts and stops a run.
type push struct {
	widget.BaseWidget
	label    string
	size     float32 // of the label
	plain    bool    // it is one of many: a card with an edge instead of an accent
	stop     bool    // it ends something: dark instead of accented
	disabled bool
	tapped   func()
	typed    func(*fyne.KeyEvent) // the keys that it has no use for
	char     func(rune)           // the characters, none of which it has a use for

	hovered, focused bool
}

func newPush(label string, tapped func(), typed func(*fyne.KeyEvent)) *push {
	p := &push{label: label, size: 15, tapped: tapped, typed: typed, char: func(rune) {}}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes what the button says and does.
func (p *push) Set(label string, stop, disabled bool) {
	if p.label == label && p.stop == stop && p.disabled == disabled {
		return
	}
	p.label, p.stop, p.disabled = label, stop, disabled
	p.Refresh()
}

// Tapped implements fyne.Tappable.
func (p *push) Tapped(*fyne.PointEvent) {
	if !p.disabled {
		p.tapped()
	}
}

// FocusGained implements fyne.Focusable.
func (p *push) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost implements fyne.Focusable.
func (p *push) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune implements fyne.Focusable.
func (p *push) TypedRune(r rune) { p.char(r) }

// TypedKey implements fyne.Focusable.
func (p *push) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		p.Tapped(nil)
		return
	}
	p.typed(e)
}

// MouseIn implements desktop.Hoverable.
func (p *push) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (p *push) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *push) MouseOut() { p.hovered = false; p.Refresh() }

// Cursor implements desktop.Cursorable.
func (p *push) Cursor() desktop.Cursor {
	if p.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer implements fyne.Widget.
func (p *push) CreateRenderer() fyne.WidgetRenderer {
	r := &pushRenderer{p: p, ground: canvas.NewRectangle(nil), over: canvas.NewRectangle(nil), label: newBold("", p.size, theme.ColorNameForeground)}
	r.ground.CornerRadius, r.over.CornerRadius = 8, 8
	r.label.align = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type pushRenderer struct {
	p            *push
	ground, over *canvas.Rectangle
	label        *text
}

// MinSize implements fyne.WidgetRenderer.
func (r *pushRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 42) }

// Layout implements fyne.WidgetRenderer.
func (r *pushRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.over.Resize(size)
	h := r.label.MinSize().Height
	put(r.label, 0, (size.Height-h)/2, size.Width, h)
}

// Refresh implements fyne.WidgetRenderer.
func (r *pushRenderer) Refresh() {
	ground, ink := theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary
	edge, ring := float32(0), theme.ColorNameForeground // which is seen on the accent
	switch {
	case r.p.disabled:
		ground, ink = colorStrip, colorMuted
	case r.p.plain && !r.p.stop:
		ground, ink, edge, ring = colorCard, theme.ColorNameForeground, 1, theme.ColorNamePrimary
	case r.p.stop:
		ground, ink, ring = theme.ColorNameForeground, theme.ColorNameBackground, theme.ColorNamePrimary
	}
	r.ground.FillColor = theme.Color(ground)
	r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(colorRule), edge
	if r.p.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(ring), 3
	}
	r.over.FillColor = nil
	if r.p.hovered && !r.p.disabled {
		r.over.FillColor = theme.Color(theme.ColorNamePressed)
	}
	r.label.Set(r.p.label, ink)
	r.label.Refresh()
	r.ground.Refresh()
	r.over.Refresh()
}

// Objects implements fyne.WidgetRenderer.
func (r *pushRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.over, r.label}
}

// Destroy implements fyne.WidgetRenderer.
func (r *pushRenderer) Destroy() {}
