// Package paint turns scenes into pixels. It is made for charts: boxes that lie on whole pixels, which are nearly all
// of a picture, are filled directly; only curves and slanted lines go through a rasterizer.
package paint

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"

	"regatta/visual/scene"
	"regatta/visual/typeface"
)

// Painter paints scenes. It keeps letters and buffers from one picture to the next, so that a live picture costs little
// more than its pixels. It is not safe for concurrent use.
type Painter struct {
	dst    *image.RGBA
	scale  float64         // device pixels in a logical one
	clip   image.Rectangle // in device pixels
	raster vector.Rasterizer
	masks  map[maskKey]mask
	shaped []typeface.Shaped
	rows   []uint8 // which band of cells a row of pixels belongs to
	lines  []uint8 // bands of cells, a line of pixels each
}

// Size is how many device pixels a scene takes at a scale.
func Size(s *scene.Scene, scale float64) image.Point {
	return image.Pt(max(int(math.Round(s.Width*scale)), 1), max(int(math.Round(s.Height*scale)), 1))
}

// Image paints a scene into a new image.
func Image(s *scene.Scene, scale float64) *image.RGBA {
	dst := image.NewRGBA(image.Rectangle{Max: Size(s, scale)})
	new(Painter).Paint(dst, s, scale)
	return dst
}

// Paint paints a scene over all of dst, scale device pixels for each logical one.
func (p *Painter) Paint(dst *image.RGBA, s *scene.Scene, scale float64) {
	p.dst, p.scale, p.clip = dst, scale, dst.Rect
	p.clear(s.Ground)
	p.draw(s.Shapes)
	p.dst = nil
}

func (p *Painter) draw(shapes []scene.Shape) {
	for _, s := range shapes {
		switch s := s.(type) {
		case scene.Bars:
			p.bars(s)
		case *scene.Cells:
			p.cells(s)
		case scene.Rect:
			p.rect(s)
		case scene.Line:
			p.line(s)
		case scene.Polyline:
			p.polyline(s)
		case scene.Polygon:
			p.polygon(s)
		case scene.Text:
			p.text(s)
		case *scene.Clip:
			outer := p.clip
			p.clip = outer.Intersect(p.device(s.Box))
			if !p.clip.Empty() {
				p.draw(s.Shapes)
			}
			p.clip = outer
		}
	}
}

// device is a box in whole device pixels.
func (p *Painter) device(b scene.Box) image.Rectangle {
	return image.Rect(
		int(math.Round(b.X*p.scale)), int(math.Round(b.Y*p.scale)),
		int(math.Round(b.Right()*p.scale)), int(math.Round(b.Bottom()*p.scale)))
}

func (p *Painter) bars(bars scene.Bars) {
	for _, b := range bars {
		p.fill(float64(b.X0)*p.scale, float64(b.Y0)*p.scale, float64(b.X1)*p.scale, float64(b.Y1)*p.scale, b.Fill)
	}
}

// premultiplied is a colour as image.RGBA keeps it.
func premultiplied(c color.NRGBA) color.RGBA {
	a := uint32(c.A)
	return color.RGBA{
		R: uint8((uint32(c.R)*a + 127) / 255), G: uint8((uint32(c.G)*a + 127) / 255), B: uint8((uint32(c.B)*a + 127) / 255), A: c.A,
	}
}
