//go:build cgo

package window

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// tabs is a row of words of which one is underlined. The words must not change.
type tabs struct {
	widget.BaseWidget
	words   []string
	chosen  int
	changed func(int)
	typed   func(*fyne.KeyEvent) // the keys that it has no use for
	char    func(rune)           // the characters, none of which it has a use for
	size    float32              // of the words

	hovered int
	focused bool
}

func newTabs(words []string, changed func(int)) *tabs {
	t := &tabs{words: words, changed: changed, typed: func(*fyne.KeyEvent) {}, char: func(rune) {}, size: tabSize, hovered: -1}
	t.ExtendBaseWidget(t)
	return t
}

// Choose underlines a word and tells the change.
func (t *tabs) Choose(i int) {
	if i == t.chosen {
		return
	}
	t.chosen = i
	t.Refresh()
	t.changed(i)
}

const (
	tabSize = 13
	tabGap  = 22
)

// place is where a word stands. The width is that of the bold word, so that nothing moves when another is chosen.
func (t *tabs) place(i int) (x, width float32) {
	for j, word := range t.words {
		width = fyne.MeasureText(word, t.size, fyne.TextStyle{Bold: true}).Width
		if j == i {
			break
		}
		x += width + tabGap
	}
	return x, width
}

func (t *tabs) at(p fyne.Position) int {
	for i := range t.words {
		if x, w := t.place(i); p.X >= x-tabGap/2 && p.X < x+w+tabGap/2 {
			return i
		}
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (t *tabs) Tapped(e *fyne.PointEvent) {
	if i := t.at(e.Position); i >= 0 {
		t.Choose(i)
	}
}

// FocusGained implements fyne.Focusable.
func (t *tabs) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost implements fyne.Focusable.
func (t *tabs) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune implements fyne.Focusable.
func (t *tabs) TypedRune(r rune) { t.char(r) }

// TypedKey implements fyne.Focusable.
func (t *tabs) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		t.Choose(max(t.chosen-1, 0))
	case fyne.KeyRight:
		t.Choose(min(t.chosen+1, len(t.words)-1))
	default:
		t.typed(e)
	}
}

// MouseIn implements desktop.Hoverable.
func (t *tabs) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (t *tabs) MouseMoved(e *desktop.MouseEvent) {
	if i := t.at(e.Position); i != t.hovered {
		t.hovered = i
		t.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (t *tabs) MouseOut() { t.hovered = -1; t.Refresh() }

// Cursor implements desktop.Cursorable.
func (t *tabs) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (t *tabs) CreateRenderer() fyne.WidgetRenderer {
	r := &tabsRenderer{t: t, line: canvas.NewRectangle(nil), ring: canvas.NewRectangle(color.Transparent)}
	r.line.CornerRadius = 1.25
	r.ring.CornerRadius = 6
	r.objects = append(r.objects, r.ring, r.line)
	for _, word := range t.words {
		label := newText(word, t.size, colorMuted)
		r.labels, r.objects = append(r.labels, label), append(r.objects, label)
	}
	r.Refresh()
	return r
}

type tabsRenderer struct {
	t       *tabs
	line    *canvas.Rectangle
	ring    *canvas.Rectangle // around the chosen word while the keyboard is ours
	labels  []*text
	objects []fyne.CanvasObject
}

// MinSize implements fyne.WidgetRenderer.
func (r *tabsRenderer) MinSize() fyne.Size {
	x, w := r.t.place(len(r.t.words) - 1)
	return fyne.NewSize(x+w, 28)
}

// Layout implements fyne.WidgetRenderer.
func (r *tabsRenderer) Layout(size fyne.Size) {
	for i, label := range r.labels {
		x, w := r.t.place(i)
		h := label.MinSize().Height
		put(label, x, (size.Height-6-h)/2, w+1, h)
	}
	x, w := r.t.place(r.t.chosen)
	put(r.line, x, size.Height-5, w, 2.5)
	put(r.ring, x-7, -1, w+14, size.Height-5)
}

// Refresh implements fyne.WidgetRenderer.
func (r *tabsRenderer) Refresh() {
	for i, label := range r.labels {
		label.color, label.style.Bold = colorMuted, i == r.t.chosen
		if i == r.t.chosen || i == r.t.hovered {
			label.color = theme.ColorNameForeground
		}
		label.Refresh()
	}
	r.ring.StrokeColor, r.ring.StrokeWidth = theme.Color(theme.ColorNamePrimary), 0
	if r.t.focused {
		r.ring.StrokeWidth = 2
	}
	r.ring.Refresh()
	r.line.FillColor = theme.Color(theme.ColorNamePrimary)
	r.Layout(r.t.Size())
	r.line.Refresh()
}

// Objects implements fyne.WidgetRenderer.
func (r *tabsRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Destroy implements fyne.WidgetRenderer.
func (r *tabsRenderer) Destroy() {}
