package timeline

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"regatta/visual/palette"
)

// frame gives Fyne the latest picture. Fyne says here how many device pixels it wants; if they are not those of the
// picture, it is stretched until a new one is painted.
func (t *Timeline) frame(w, h int) image.Image {
	if size := image.Pt(w, h); size != t.pixels {
		t.pixels = size
		t.pace.want(true)
	}
	if t.shown == nil {
		return image.NewUniform(t.look().Card)
	}
	return t.shown
}

// look is the theme that goes with Fyne's.
func (t *Timeline) look() *palette.Theme {
	ground := color.NRGBAModel.Convert(theme.ColorForWidget(theme.ColorNameBackground, t)).(color.NRGBA)
	if palette.IsDark(ground) {
		return palette.Dark
	}
	return palette.Light
}

// paint paints the view in a goroutine. Three things are its own until it is done: the painter, the spare image and the
// scene; the recording is read only while guard is held.
func (t *Timeline) paint() {
	if t.pixels.X <= 0 || t.pixels.Y <= 0 || t.Size().IsZero() {
		t.pace.done() // there is nothing to paint on; frame asks again
		return
	}
	t.jobs++
	dst := t.spare
	if dst == nil || dst.Rect.Size() != t.pixels {
		dst = image.NewRGBA(image.Rectangle{Max: t.pixels})
	}
	t.spare = nil
	c, rec, guard, v, following := t.chart, t.rec, t.guard, t.view(), t.following
	go func() {
		guard.Lock()
		switch {
		case following == all:
			v = v.Whole(rec)
		case following == theEnd && rec != nil:
			v = v.Tail(rec)
		}
		s := c.Draw(v)
		guard.Unlock()
		t.painter.Paint(dst, s, v.Scale)
		t.pace.dispatch(func() {
			t.shown, t.spare = dst, t.shown
			if following != nothing && t.following == following && c == t.chart {
				t.from, t.to = v.From, v.To
			}
			canvas.Refresh(t.picture)
			t.refreshHover()
			t.pace.done()
		})
	}()
}
