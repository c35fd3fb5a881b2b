//go:build cgo

package window

import (
	"sort"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// text is one line of text without padding around it, in a colour of the theme. Where there is no room it ends with an
// ellipsis.
type text struct {
	widget.BaseWidget
	content string
	size    float32
	style   fyne.TextStyle
	align   fyne.TextAlign
	color   fyne.ThemeColorName
}

func newText(content string, size float32, color fyne.ThemeColorName) *text {
	t := &text{content: content, size: size, color: color}
	t.ExtendBaseWidget(t)
	return t
}

func newBold(content string, size float32, color fyne.ThemeColorName) *text {
	t := newText(content, size, color)
	t.style.Bold = true
	return t
}

// Set changes what it says, and repaints only if that is something new.
func (t *text) Set(content string, color fyne.ThemeColorName) {
	if content == t.content && color == t.color {
		return
	}
	t.content, t.color = content, color
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{t: t, drawn: canvas.NewText("", nil)}
	r.Refresh()
	return r
}

type textRenderer struct {
	t     *text
	drawn *canvas.Text
}

// MinSize implements fyne.WidgetRenderer. A text gives way to anything, so it asks for its height only.
func (r *textRenderer) MinSize() fyne.Size { return fyne.NewSize(0, r.drawn.MinSize().Height) }

// Layout implements fyne.WidgetRenderer.
func (r *textRenderer) Layout(size fyne.Size) {
	r.drawn.Text = ellipsis(r.t.content, size.Width, r.t.size, r.t.style)
	r.drawn.Resize(size)
	r.drawn.Refresh()
}

// Refresh implements fyne.WidgetRenderer.
func (r *textRenderer) Refresh() {
	r.drawn.TextSize, r.drawn.TextStyle, r.drawn.Alignment = r.t.size, r.t.style, r.t.align
	r.drawn.Color = theme.Color(r.t.color)
	r.Layout(r.t.Size())
}

// Objects implements fyne.WidgetRenderer.
func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.drawn} }

// Destroy implements fyne.WidgetRenderer.
func (r *textRenderer) Destroy() {}

// ellipsis cuts a text so that it fits into a width.
func ellipsis(s string, width, size float32, style fyne.TextStyle) string {
	measure := func(s string) float32 { return fyne.MeasureText(s, size, style).Width }
	if width <= 0 || measure(s) <= width+0.5 {
		return s
	}
	cut := sort.Search(len(s), func(n int) bool { return measure(s[:n]+"…") > width })
	for cut--; cut > 0 && !utf8.RuneStart(s[cut]); cut-- {
	}
	return s[:max(cut, 0)] + "…"
}
