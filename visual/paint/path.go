package paint

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/draw"

	"regatta/visual/scene"
)

// path rasterizes what outline adds, in device pixels relative to the origin it is given, within bounds.
func (p *Painter) path(bounds image.Rectangle, c color.NRGBA, outline func(dx, dy float32)) {
	bounds = bounds.Intersect(p.clip)
	if bounds.Empty() || c.A == 0 {
		return
	}
	p.raster.Reset(bounds.Dx(), bounds.Dy())
	p.raster.DrawOp = draw.Over
	outline(float32(-bounds.Min.X), float32(-bounds.Min.Y))
	p.raster.Draw(p.dst, bounds, image.NewUniform(premultiplied(c)), image.Point{})
}

// around is the device pixels that points touch, with a margin.
func (p *Painter) around(points []scene.Point, margin float64) image.Rectangle {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, q := range points {
		x0, y0, x1, y1 = min(x0, q.X), min(y0, q.Y), max(x1, q.X), max(y1, q.Y)
	}
	at := func(v, off float64, round func(float64) float64) int {
		return int(round(float64(near(v*p.scale)) + off))
	}
	return image.Rect(at(x0, -margin, math.Floor), at(y0, -margin, math.Floor), at(x1, margin, math.Ceil), at(y1, margin, math.Ceil))
}

// near keeps a coordinate where the rasterizer can count. Nothing that far outside of a picture can be seen, and charts
// cut their lines before it matters.
func near(v float64) float32 {
	const far = 1 << 14
	if math.IsNaN(v) {
		return 0
	}
	return float32(min(max(v, -far), far))
}

func (p *Painter) polygon(s scene.Polygon) {
	if len(s.Points) < 3 {
		return
	}
	p.path(p.around(s.Points, 1), s.Fill, func(dx, dy float32) {
		for i, q := range s.Points {
			x, y := near(q.X*p.scale)+dx, near(q.Y*p.scale)+dy
			if i == 0 {
				p.raster.MoveTo(x, y)
			} else {
				p.raster.LineTo(x, y)
			}
		}
		p.raster.ClosePath()
	})
}

func (p *Painter) rect(s scene.Rect) {
	edge := func(v float64) float64 { return float64(near(v * p.scale)) }
	x0, y0, x1, y1 := edge(s.X), edge(s.Y), edge(s.Right()), edge(s.Bottom())
	r := min(s.Radius*p.scale, (x1-x0)/2, (y1-y0)/2)
	if !(r > 0) {
		p.fill(x0, y0, x1, y1, s.Fill)
		return
	}
	// The corners take the rasterizer, the middle and the sides do not.
	p.fill(x0, math.Ceil(y0+r), x1, math.Floor(y1-r), s.Fill)
	p.cap(x0, y0, x1, math.Ceil(y0+r), r, 1, s.Fill)
	p.cap(x0, y1, x1, math.Floor(y1-r), r, -1, s.Fill)
}

// cap fills the part of a box between its outer edge y0, whose corners are round, and the straight edge y1 inside.
// down is 1 for the upper end of a box and -1 for the lower one.
func (p *Painter) cap(x0, y0, x1, y1, r, down float64, c color.NRGBA) {
	const k = 0.5523 // how far the handles of a quarter circle reach
	bounds := image.Rect(int(math.Floor(x0)), int(math.Floor(min(y0, y1))), int(math.Ceil(x1)), int(math.Ceil(max(y0, y1))))
	p.path(bounds, c, func(dx, dy float32) {
		f := func(x, y float64) (float32, float32) { return float32(x) + dx, float32(y) + dy }
		cube := func(ax, ay, bx, by, cx, cy float64) {
			a, b := f(ax, ay)
			d, e := f(bx, by)
			g, h := f(cx, cy)
			p.raster.CubeTo(a, b, d, e, g, h)
		}
		v, h := r*down, (1-k)*r
		p.raster.MoveTo(f(x0, y1))
		p.raster.LineTo(f(x0, y0+v))
		cube(x0, y0+h*down, x0+h, y0, x0+r, y0)
		p.raster.LineTo(f(x1-r, y0))
		cube(x1-h, y0, x1, y0+h*down, x1, y0+v)
		p.raster.LineTo(f(x1, y1))
		p.raster.ClosePath()
	})
}
