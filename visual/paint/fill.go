package paint

import (
	"image"
	"image/color"
	"math"
)

// clear fills all of the image.
func (p *Painter) clear(c color.NRGBA) {
	solid := premultiplied(c)
	pix := p.dst.Pix
	if len(pix) < 4 {
		return
	}
	pix[0], pix[1], pix[2], pix[3] = solid.R, solid.G, solid.B, solid.A
	row := pix[:min(p.dst.Stride, len(pix))]
	for done := 4; done < len(row); done *= 2 {
		copy(row[done:], row[:done])
	}
	for done := len(row); done < len(pix); done += len(row) {
		copy(pix[done:], row)
	}
}

// fill fills a box given by its edges in device pixels. Pixels that an edge crosses get their share of the colour.
func (p *Painter) fill(x0, y0, x1, y1 float64, c color.NRGBA) {
	x0, x1 = max(x0, float64(p.clip.Min.X)), min(x1, float64(p.clip.Max.X))
	y0, y1 = max(y0, float64(p.clip.Min.Y)), min(y1, float64(p.clip.Max.Y))
	if !(x0 < x1 && y0 < y1) || c.A == 0 { // also where one is not a number
		return
	}
	x0, y0, x1, y1 = settle(x0), settle(y0), settle(x1), settle(y1)
	if box := image.Rect(int(x0), int(y0), int(x1), int(y1)); c.A == 0xff &&
		float64(box.Min.X) == x0 && float64(box.Min.Y) == y0 && float64(box.Max.X) == x1 && float64(box.Max.Y) == y1 {
		p.solid(box, c)
		return
	}
	for y := int(y0); float64(y) < y1; y++ {
		share := min(float64(y+1), y1) - max(float64(y), y0)
		p.row(y, x0, x1, share, c)
	}
}

// solid fills whole pixels with a colour that hides what is under it: the first row pixel by pixel, the others as copies
// of it.
func (p *Painter) solid(box image.Rectangle, c color.NRGBA) {
	first := p.dst.PixOffset(box.Min.X, box.Min.Y)
	line := p.dst.Pix[first : first+4*box.Dx()]
	for i := 0; i+3 < len(line); i += 4 {
		px := line[i : i+4 : i+4]
		px[0], px[1], px[2], px[3] = c.R, c.G, c.B, 0xff
	}
	for y := 1; y < box.Dy(); y++ {
		copy(p.dst.Pix[first+y*p.dst.Stride:], line)
	}
}

// settle moves an edge that is all but on a pixel's edge there, so that rounding does not make a box blurred.
func settle(v float64) float64 {
	if r := math.Round(v); math.Abs(v-r) < 1.0/128 {
		return r
	}
	return v
}

// row fills part of one row with a share of a colour.
func (p *Painter) row(y int, x0, x1, share float64, c color.NRGBA) {
	first, last := int(math.Ceil(x0)), int(math.Floor(x1)) // the pixels that are wholly inside
	line := p.dst.Pix[(y-p.dst.Rect.Min.Y)*p.dst.Stride-p.dst.Rect.Min.X*4:]
	if first > last { // within one pixel
		blend(line[last*4:last*4+4], c, (x1-x0)*share)
		return
	}
	if x0 < float64(first) {
		blend(line[first*4-4:first*4], c, (float64(first)-x0)*share)
	}
	if x1 > float64(last) {
		blend(line[last*4:last*4+4], c, (x1-float64(last))*share)
	}
	inside := line[first*4 : last*4]
	a := weight(c, share)
	for i := 0; i+3 < len(inside); i += 4 {
		mix(inside[i:i+4:i+4], c, a)
	}
}

// blend lays a share of a colour over one pixel.
func blend(px []uint8, c color.NRGBA, share float64) { mix(px, c, weight(c, share)) }

func weight(c color.NRGBA, share float64) uint32 { return uint32(float64(c.A)*share + 0.5) }

// mix lays a colour over one pixel with weight a of 255.
func mix(px []uint8, c color.NRGBA, a uint32) {
	rest := 255 - a
	px[0] = uint8((uint32(px[0])*rest + uint32(c.R)*a + 127) / 255)
	px[1] = uint8((uint32(px[1])*rest + uint32(c.G)*a + 127) / 255)
	px[2] = uint8((uint32(px[2])*rest + uint32(c.B)*a + 127) / 255)
	px[3] = uint8((uint32(px[3])*rest + 255*a + 127) / 255)
}
