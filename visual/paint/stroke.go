package paint

import (
	"image/color"
	"math"

	"regatta/visual/scene"
)

func (p *Painter) line(s scene.Line) {
	s.Dashes(func(a, b scene.Point) { p.segment(a, b, s.Width, s.Color) })
}

// segment draws a straight line. One that is level or upright becomes a box on whole pixels.
func (p *Painter) segment(a, b scene.Point, width float64, c color.NRGBA) {
	w := max(math.Round(width*p.scale), 1)
	switch {
	case a.X == b.X:
		x := math.Round(a.X*p.scale - w/2)
		p.fill(x, min(a.Y, b.Y)*p.scale, x+w, max(a.Y, b.Y)*p.scale, c)
	case a.Y == b.Y:
		y := math.Round(a.Y*p.scale - w/2)
		p.fill(min(a.X, b.X)*p.scale, y, max(a.X, b.X)*p.scale, y+w, c)
	default:
		p.polyline(scene.Polyline{Points: []scene.Point{a, b}, Width: width, Color: c})
	}
}

// polyline draws each segment as a slab and fills the notch on the outer side of each joint. All of them turn the same
// way, so that the rasterizer adds them up.
func (p *Painter) polyline(s scene.Polyline) {
	if len(s.Points) < 2 {
		return
	}
	half := float64(max(near(s.Width*p.scale), 1)) / 2
	p.path(p.around(s.Points, half+1), s.Color, func(dx, dy float32) {
		for i := range len(s.Points) - 1 {
			a, b := s.Points[i], s.Points[i+1]
			ax, ay := float64(near(a.X*p.scale)+dx), float64(near(a.Y*p.scale)+dy)
			bx, by := float64(near(b.X*p.scale)+dx), float64(near(b.Y*p.scale)+dy)
			p.slab(ax, ay, bx, by, half)
			if i > 0 {
				c := s.Points[i-1]
				p.joint(float64(near(c.X*p.scale)+dx), float64(near(c.Y*p.scale)+dy), ax, ay, bx, by, half)
			}
		}
	})
}

func (p *Painter) slab(ax, ay, bx, by, half float64) {
	length := math.Hypot(bx-ax, by-ay)
	if !(length > 0) {
		return
	}
	nx, ny := -(by-ay)/length*half, (bx-ax)/length*half
	p.raster.MoveTo(float32(ax+nx), float32(ay+ny))
	p.raster.LineTo(float32(bx+nx), float32(by+ny))
	p.raster.LineTo(float32(bx-nx), float32(by-ny))
	p.raster.LineTo(float32(ax-nx), float32(ay-ny))
	p.raster.ClosePath()
}

// joint fills the notch between the slabs from a to b and from b to c.
func (p *Painter) joint(ax, ay, bx, by, cx, cy, half float64) {
	before, after := math.Hypot(bx-ax, by-ay), math.Hypot(cx-bx, cy-by)
	if !(before > 0 && after > 0) {
		return
	}
	n1x, n1y := -(by-ay)/before*half, (bx-ax)/before*half
	n2x, n2y := -(cy-by)/after*half, (cx-bx)/after*half
	p.raster.MoveTo(float32(bx), float32(by))
	if n1x*n2y-n1y*n2x < 0 {
		p.raster.LineTo(float32(bx+n1x), float32(by+n1y))
		p.raster.LineTo(float32(bx+n2x), float32(by+n2y))
	} else {
		p.raster.LineTo(float32(bx-n2x), float32(by-n2y))
		p.raster.LineTo(float32(bx-n1x), float32(by-n1y))
	}
	p.raster.ClosePath()
}
