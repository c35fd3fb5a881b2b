package timeline

import (
	"image"
	"slices"

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
	spot     chart.Spot
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
	size   float64
}

func (k cursorKey) equal(o cursorKey) bool {
	return k.right == o.right && k.height == o.height && k.size == o.size && k.theme == o.theme && k.cursor.Top == o.cursor.Top &&
		k.cursor.Bottom == o.cursor.Bottom && slices.Equal(k.cursor.Readouts, o.cursor.Readouts)
}

// tipKey lists all that the tip's picture depends on.
type tipKey struct {
	tip   chart.Tip
	theme *palette.Theme
	size  float64
}

func (k tipKey) equal(o tipKey) bool {
	return k.theme == o.theme && k.size == o.size && k.tip.Title == o.tip.Title && slices.Equal(k.tip.Lines, o.tip.Lines)
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
	x, y := t.point(pointer)

	var v chart.View
	var cursor chart.Cursor
	var tip chart.Tip
	var tell, inPlot bool
	var plotX, plotWidth float64
	t.ask(func(c *chart.Chart, view chart.View) {
		v = view
		h.spot = c.Spot(v, x, y)
		tip, tell = c.TipAt(v, x, y)
		plotX, plotWidth = c.Plot(v)
		if inPlot = h.spot.Area >= chart.OnRuler && x >= plotX && x < plotX+plotWidth; inPlot {
			cursor = c.Cursor(v, h.spot.At)
		}
	})
	if inPlot && (v.Until == 0 || h.spot.At < v.Until) {
		right := min(plotX+plotWidth-x, chart.OverlayWidth/2)
		t.placeCursor(cursorKey{cursor, float64(int(right)), v.Height, v.Theme, t.size()}, x)
	} else {
		h.cursor.Hide()
	}
	if tell {
		t.placeTip(tipKey{tip, v.Theme, t.size()})
	} else {
		h.tip.Hide()
	}
}

func (t *Timeline) placeCursor(key cursorKey, x float64) {
	h := &t.hover
	fresh := !h.cursorIs.equal(key) || h.scenes.cursor == nil
	if fresh {
		h.cursorIs, h.scenes.cursor = key, key.cursor.Overlay(key.height, key.right, key.theme)
		h.cursor.Resize(fyne.NewSize(float32(chart.OverlayWidth*key.size), float32(key.height*key.size)))
	}
	scale := t.scale()
	left := float64(int((x-chart.OverlayWidth/2)*key.size*scale)) / scale // on whole device pixels
	h.cursor.Move(fyne.NewPos(float32(left), 0))
	t.appear(h.cursor, fresh)
}

// appear shows an object, and has it painted anew if its picture has changed. Fyne forgets which canvas a hidden object
// belongs to, so that showing it would wait for the next frame that something else causes: the widget's canvas is asked.
func (t *Timeline) appear(r *canvas.Raster, fresh bool) {
	if r.Visible() && !fresh {
		return
	}
	r.Show()
	t.repaint(r)
}

func (t *Timeline) repaint(r fyne.CanvasObject) {
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
		h.tip.Resize(fyne.NewSize(float32(h.scenes.tip.Width*key.size), float32(h.scenes.tip.Height*key.size)))
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
	t.appear(h.tip, fresh)
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
