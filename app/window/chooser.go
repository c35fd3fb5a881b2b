//go:build cgo

package window

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// option is one row of a chooser.
type option struct{ id, name, tag string }

// chooser is a short list of which one row is chosen, by a click or with the arrow keys.
type chooser struct {
	widget.BaseWidget
	options   []option
	chosen    string
	refused   map[string]string // by id, why a row cannot be chosen
	radio     bool              // each row begins with a ring
	rowHeight float32
	changed   func(id string)
	typed     func(*fyne.KeyEvent) // the keys that it has no use for
	char      func(rune)           // the characters, none of which it has a use for

	hovered int // row under the pointer, -1 for none
	focused bool
}

func newChooser(options []option, radio bool, rowHeight float32, changed func(string), keys keys) *chooser {
	c := &chooser{
		options: options, chosen: options[0].id, radio: radio, rowHeight: rowHeight,
		changed: changed, typed: keys.typed, char: keys.char, hovered: -1,
	}
	c.ExtendBaseWidget(c)
	return c
}

// Choose marks a row and tells the change, unless the row is refused.
func (c *chooser) Choose(id string) {
	if id == c.chosen || c.refused[id] != "" {
		return
	}
	c.chosen = id
	c.Refresh()
	c.changed(id)
}

// Refuse says which rows cannot be chosen, by id and with the reason. When the chosen one is among them, the first that can
// be is chosen instead, and nobody is told.
func (c *chooser) Refuse(refused map[string]string) {
	c.refused = refused
	if refused[c.chosen] != "" {
		c.chosen = c.options[slices.IndexFunc(c.options, func(o option) bool { return refused[o.id] == "" })].id
	}
	c.Refresh()
}

// Reasons lists why rows cannot be chosen, a line each.
func (c *chooser) Reasons() string {
	var lines []string
	for _, o := range c.options {
		if why := c.refused[o.id]; why != "" {
			lines = append(lines, o.name+": "+why+".")
		}
	}
	return strings.Join(lines, "\n")
}

// step goes on to the next row, forward or backward, that can be chosen.
func (c *chooser) step(by int) {
	for i := c.index() + by; i >= 0 && i < len(c.options); i += by {
		if id := c.options[i].id; c.refused[id] == "" {
			c.Choose(id)
			return
		}
	}
}

func (c *chooser) index() int {
	return slices.IndexFunc(c.options, func(o option) bool { return o.id == c.chosen })
}

func (c *chooser) rowAt(p fyne.Position) int {
	i := int(p.Y / c.rowHeight)
	if p.Y < 0 || i >= len(c.options) {
		return -1
	}
	return i
}

// Tapped implements fyne.Tappable.
func (c *chooser) Tapped(e *fyne.PointEvent) {
	if i := c.rowAt(e.Position); i >= 0 {
		c.Choose(c.options[i].id)
	}
}

// FocusGained implements fyne.Focusable.
func (c *chooser) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost implements fyne.Focusable.
func (c *chooser) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *chooser) TypedRune(r rune) { c.char(r) }

// TypedKey implements fyne.Focusable.
func (c *chooser) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		c.step(-1)
	case fyne.KeyDown:
		c.step(1)
	default:
		c.typed(e)
	}
}

// MouseIn implements desktop.Hoverable.
func (c *chooser) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (c *chooser) MouseMoved(e *desktop.MouseEvent) { c.hover(c.rowAt(e.Position)) }

// MouseOut implements desktop.Hoverable.
func (c *chooser) MouseOut() { c.hover(-1) }

func (c *chooser) hover(row int) {
	if row != c.hovered {
		c.hovered = row
		c.Refresh()
	}
}

// Cursor implements desktop.Cursorable.
func (c *chooser) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (c *chooser) CreateRenderer() fyne.WidgetRenderer {
	r := &chooserRenderer{c: c}
	for _, o := range c.options {
		row := &chooserRow{
			ground: canvas.NewRectangle(nil), ring: canvas.NewCircle(nil), dot: canvas.NewCircle(nil),
			name: newText(o.name, 13.5, theme.ColorNameForeground), tag: newText(o.tag, 11.5, colorMuted),
		}
		row.ground.CornerRadius = 6
		row.tag.align = fyne.TextAlignTrailing
		r.rows = append(r.rows, row)
		r.objects = append(r.objects, row.ground, row.ring, row.dot, row.name, row.tag)
	}
	r.Refresh()
	return r
}

type chooserRow struct {
	ground    *canvas.Rectangle
	ring, dot *canvas.Circle
	name, tag *text
}

type chooserRenderer struct {
	c       *chooser
	rows    []*chooserRow
	objects []fyne.CanvasObject
}

// MinSize implements fyne.WidgetRenderer.
func (r *chooserRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, r.c.rowHeight*float32(len(r.rows)))
}

// Layout implements fyne.WidgetRenderer.
func (r *chooserRenderer) Layout(size fyne.Size) {
	const margin, ring, dot = 12, 14, 7
	h := r.c.rowHeight
	for i, row := range r.rows {
		y := float32(i) * h
		put(row.ground, 0, y, size.Width, h)
		x := float32(margin)
		if r.c.radio {
			put(row.ring, x, y+(h-ring)/2, ring, ring)
			put(row.dot, x+(ring-dot)/2, y+(h-dot)/2, dot, dot)
			x += ring + 10
		}
		tag := fyne.MeasureText(row.tag.content, row.tag.size, row.tag.style).Width + 1
		th := row.name.MinSize().Height
		put(row.name, x, y+(h-th)/2, size.Width-x-margin-tag, th)
		th = row.tag.MinSize().Height
		put(row.tag, size.Width-margin-tag, y+(h-th)/2, tag, th)
	}
}

// Refresh implements fyne.WidgetRenderer.
func (r *chooserRenderer) Refresh() {
	for i, row := range r.rows {
		chosen, refused := r.c.options[i].id == r.c.chosen, r.c.refused[r.c.options[i].id] != ""
		row.ground.FillColor, row.ground.StrokeWidth = color.Transparent, 0
		row.ring.FillColor, row.ring.StrokeColor, row.ring.StrokeWidth = color.Transparent, theme.Color(colorMuted), 1.5
		row.dot.FillColor = color.Transparent
		row.name.color = theme.ColorNameForeground
		switch {
		case chosen:
			row.ground.FillColor = theme.Color(colorSelected)
			row.ring.StrokeColor = theme.Color(theme.ColorNamePrimary)
			row.dot.FillColor = theme.Color(theme.ColorNamePrimary)
			if r.c.focused {
				row.ground.StrokeColor, row.ground.StrokeWidth = theme.Color(theme.ColorNamePrimary), 2
			}
		case refused:
			row.ring.StrokeColor = theme.Color(theme.ColorNameDisabled)
			row.name.color = theme.ColorNameDisabled
		case i == r.c.hovered:
			row.ground.FillColor = theme.Color(theme.ColorNameHover)
		}
		if !r.c.radio {
			row.ring.Hide()
			row.dot.Hide()
		}
		row.name.style.Bold = chosen
		row.name.Refresh()
		row.tag.Refresh()
		row.ground.Refresh()
		row.ring.Refresh()
		row.dot.Refresh()
	}
}

// Objects implements fyne.WidgetRenderer.
func (r *chooserRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Destroy implements fyne.WidgetRenderer.
func (r *chooserRenderer) Destroy() {}
