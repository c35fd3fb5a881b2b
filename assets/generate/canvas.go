package main

import (
	"image"
	"image/color"
	"math"
	"slices"
)

// fine is how many sub-pixels a pixel has along each side: shapes are filled hard-edged on the fine grid, and averaging
// it makes their edges smooth.
const fine = 4

// point is a place in pixels.
type point struct{ x, y float64 }

// canvas is a picture on the fine grid.
type canvas struct {
	w, h int // in pixels
	fine *image.NRGBA
}

func newCanvas(w, h int, ground color.NRGBA) *canvas {
	c := &canvas{w, h, image.NewNRGBA(image.Rect(0, 0, w*fine, h*fine))}
	c.rect(0, 0, float64(w), float64(h), ground)
	return c
}

func sub(pixels float64) int { return int(math.Round(pixels * fine)) }

// span fills the sub-pixels [x0, x1) of one row of the fine grid.
func (c *canvas) span(y, x0, x1 int, ink color.NRGBA) {
	if y < 0 || y >= c.h*fine {
		return
	}
	row := c.fine.Pix[y*c.fine.Stride:]
	for x := max(x0, 0); x < min(x1, c.w*fine); x++ {
		copy(row[4*x:], []uint8{ink.R, ink.G, ink.B, ink.A})
	}
}

func (c *canvas) rect(x, y, w, h float64, ink color.NRGBA) {
	for row := sub(y); row < sub(y+h); row++ {
		c.span(row, sub(x), sub(x+w), ink)
	}
}

func (c *canvas) disc(x, y, r float64, ink color.NRGBA) {
	cx, cy, cr := sub(x), sub(y), sub(r)
	for dy := -cr; dy < cr; dy++ {
		// Half a sub-pixel off on both sides, so that the disc is symmetric.
		half := int(math.Sqrt(float64(4*cr*cr-(2*dy+1)*(2*dy+1))) / 2)
		c.span(cy+dy, cx-half, cx+half, ink)
	}
}

func (c *canvas) roundRect(x, y, w, h, r float64, ink color.NRGBA) {
	c.rect(x+r, y, w-2*r, h, ink)
	c.rect(x, y+r, w, h-2*r, ink)
	for _, corner := range []point{{x + r, y + r}, {x + w - r, y + r}, {x + r, y + h - r}, {x + w - r, y + h - r}} {
		c.disc(corner.x, corner.y, r, ink)
	}
}

// polygon fills the inside by the even-odd rule, row by row.
func (c *canvas) polygon(ink color.NRGBA, corners ...point) {
	for y := range c.h * fine {
		var crossings []int
		for i, a := range corners {
			b := corners[(i+1)%len(corners)]
			x0, y0, x1, y1 := sub(a.x), sub(a.y), sub(b.x), sub(b.y)
			if (y0 <= y) == (y1 <= y) {
				continue
			}
			crossings = append(crossings, x0+(2*y+1-2*y0)*(x1-x0)/(2*(y1-y0)))
		}
		slices.Sort(crossings)
		for i := 0; i+1 < len(crossings); i += 2 {
			c.span(y, crossings[i], crossings[i+1], ink)
		}
	}
}

// picture averages the fine grid down to pixels, weighted by alpha.
func (c *canvas) picture() *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, c.w, c.h))
	for y := range c.h {
		for x := range c.w {
			out.SetNRGBA(x, y, c.average(x, y))
		}
	}
	return out
}

func (c *canvas) average(x, y int) color.NRGBA {
	var r, g, b, a int
	for dy := range fine {
		start := c.fine.PixOffset(x*fine, y*fine+dy)
		row := c.fine.Pix[start : start+4*fine]
		for ; len(row) > 0; row = row[4:] {
			alpha := int(row[3])
			r, g, b, a = r+int(row[0])*alpha, g+int(row[1])*alpha, b+int(row[2])*alpha, a+alpha
		}
	}
	if a == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(r / a), uint8(g / a), uint8(b / a), uint8(a / (fine * fine))}
}
