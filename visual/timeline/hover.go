package timeline

import (
	"image"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"regatta/visual/chart"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/visual/scene"
)

// hover is the cursor with its values and the box beside the pointer. Both are small pictures of our own: Fyne would
// keep a texture for each text that they ever showed.
type hover struct {
	over     bool
	pointer  fyne.Position
	cursor   *canvas.Raster
	tip      *canvas.Raster
	cursorIs cursorKey
	tipIs    tipKey
	scenes   struct{ cursor, tip *scene.Scene }
	painter  paint.Painter
	images   struct{ cursor, tip *image.RGBA }
}

// cursorKey lists all that the cursor's picture depends on.
type cursorKey struct {
	cursor chart.Cursor
	right  float64
	height float64
	theme  *palette.Theme
}

func (k cursorKey) equal(o cursorKey) bool {
	return k.right == o.right && k.height == o.height && k.theme == o.theme && k.cursor.Top == o.cursor.Top &&
		k.cursor.Bottom == o.cursor.Bottom && slices.Equal(k.cursor.Readouts, o.cursor.Readouts)
}

// tipKey lists all that the tip's picture depends on.
type tipKey struct {
	tip   chart.Tip
	theme *palette.Theme
}

func (k tipKey) equal(o tipKey) bool {
	return k.theme == o.theme && k.tip.Title == o.tip.Title && slices.Equal(k.tip.Lines, o.tip.Lines)
}

func (h *hover) init() {
	h.cursor = canvas.NewRaster(func(w, ht int) image.Image {
		h.images.cursor = h.render(h.images.cursor, h.scenes.cursor, w, ht)
		return h.images.cursor
	})
	h.tip = canvas.NewRaster(func(w, ht int) image.Image {
		h.images.tip = h.render(h.images.tip, h.scenes.tip, w, ht)
		return h.images.tip
	})
	for _, r := range []*canvas.Raster{h.cursor, h.tip} {
		r.ScaleMode = canvas.ImageScalePixels
		r.Hide()
	}
}

func (h *hover) render(dst *image.RGBA, s *scene.Scene, width, height int) *image.RGBA {
	if dst == nil || dst.Rect.Dx() != width || dst.Rect.Dy() != height {
		dst = image.NewRGBA(image.Rect(0, 0, width, height))
	}
	if s != nil && s.Width > 0 {
		h.painter.Paint(dst, s, float64(width)/s.Width)
	}
	return dst
}

// moveHover puts the cursor and the tip where the pointer is. Nothing is painted where only the place changes.
func (t *Timeline) moveHover(pointer fyne.Position) {
	h := &t.hover
	h.over, h.pointer = true, pointer
	v := t.view()
	x, y := float64(pointer.X), float64(pointer.Y)

	t.guard.Lock()
	hit, ok := t.chart.Hit(v, x, y)
	if !ok {
		t.guard.Unlock()
		h.cursor.Hide()
		h.tip.Hide()
		return
	}
	plotX, plotWidth := t.chart.Plot(v)
	cursor := t.chart.Cursor(v, hit.At)
	resolution := max(time.Duration(float64(v.To-v.From)/(plotWidth*v.Scale)), 1)
	tip, tell := t.chart.Tip(hit, resolution)
	t.guard.Unlock()

	right := min(plotX+plotWidth-x, chart.OverlayWidth/2)
	t.placeCursor(cursorKey{cursor, float64(int(right)), v.Height, v.Theme}, x)
	if tell {
		t.placeTip(tipKey{tip, v.Theme})
	} else {
		h.tip.Hide()
	}
}

func (t *Timeline) placeCursor(key cursorKey, x float64) {
	h := &t.hover
	fresh := !h.cursorIs.equal(key) || h.scenes.cursor == nil
	if fresh {
		h.cursorIs, h.scenes.cursor = key, key.cursor.Overlay(key.height, key.right, key.theme)
		h.cursor.Resize(fyne.NewSize(chart.OverlayWidth, float32(key.height)))
	}
	scale := t.scale()
	left := float64(int((x-chart.OverlayWidth/2)*scale)) / scale // on whole device pixels
	h.cursor.Move(fyne.NewPos(float32(left), 0))
	t.reveal(h.cursor, fresh)
}

// reveal shows an object, and has it painted anew if its picture has changed. Fyne forgets which canvas a hidden object
// belongs to, so that showing it would wait for the next frame that something else causes: the widget's canvas is asked.
func (t *Timeline) reveal(r *canvas.Raster, fresh bool) {
	if r.Visible() && !fresh {
		return
	}
	r.Show()
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Refresh(r)
	}
}

// placeTip puts the tip beside the pointer, on the side that has room.
func (t *Timeline) placeTip(key tipKey) {
	h := &t.hover
	fresh := !h.tipIs.equal(key) || h.scenes.tip == nil
	if fresh {
		h.tipIs, h.scenes.tip = key, key.tip.Scene(key.theme)
		h.tip.Resize(fyne.NewSize(float32(h.scenes.tip.Width), float32(h.scenes.tip.Height)))
	}
	const away = 12
	size, room := h.tip.Size(), t.Size()
	pos := fyne.NewPos(h.pointer.X+away, h.pointer.Y+away)
	if pos.X+size.Width > room.Width {
		pos.X = max(h.pointer.X-away-size.Width, 0)
	}
	if pos.Y+size.Height > room.Height {
		pos.Y = max(h.pointer.Y-away-size.Height, 0)
	}
	h.tip.Move(pos)
	t.reveal(h.tip, fresh)
}

// refreshHover reads the values anew after the picture has changed under the pointer.
func (t *Timeline) refreshHover() {
	if t.hover.over {
		t.moveHover(t.hover.pointer)
	}
}

func (t *Timeline) hideHover() {
	t.hover.over = false
	t.hover.cursor.Hide()
	t.hover.tip.Hide()
}
