package paint

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/font/sfnt"

	"regatta/visual/scene"
	"regatta/visual/typeface"
)

// steps is how many places within a pixel a letter can start at: enough for even spacing, few enough to keep them all.
const steps = 4

// maskKey lists all that a kept letter depends on.
type maskKey struct {
	glyph  typeface.Glyph
	weight typeface.Weight
	size   float64 // in device pixels
	step   uint8
}

// mask is a letter as coverage, with its place relative to the origin of the letter.
type mask struct {
	origin image.Point
	alpha  *image.Alpha // nil for a space
}

const maxMasks = 4096 // one picture has some hundred

func (p *Painter) text(t scene.Text) {
	size := t.Size * p.scale
	x := t.Left() * p.scale
	y := int(math.Round(t.Y * p.scale))
	p.shaped = typeface.Shape(p.shaped[:0], t.Text, t.Weight)
	for _, s := range p.shaped {
		at := math.Round((x+s.X*size)*steps) / steps
		whole := math.Floor(at)
		m := p.mask(maskKey{s.Glyph, t.Weight, size, uint8((at - whole) * steps)})
		if m.alpha != nil {
			p.stamp(m.alpha, m.origin.Add(image.Pt(int(whole), y)), t.Color)
		}
	}
}

// mask returns a letter's coverage, made now if it was not before.
func (p *Painter) mask(key maskKey) mask {
	m, known := p.masks[key]
	if known {
		return m
	}
	if p.masks == nil || len(p.masks) >= maxMasks {
		p.masks = map[maskKey]mask{}
	}
	outline, err := typeface.Outline(key.glyph, key.size, key.weight)
	if err == nil && len(outline) > 0 { // a letter that the font cannot draw is left out
		m = p.rasterize(outline, float32(key.step)/steps)
	}
	p.masks[key] = m
	return m
}

func (p *Painter) rasterize(outline sfnt.Segments, shift float32) mask {
	bounds := outline.Bounds()
	box := image.Rect(bounds.Min.X.Floor(), bounds.Min.Y.Floor(), bounds.Max.X.Ceil()+1, bounds.Max.Y.Ceil())
	if box.Empty() {
		return mask{}
	}
	dx, dy := shift-float32(box.Min.X), -float32(box.Min.Y)
	p.raster.Reset(box.Dx(), box.Dy())
	p.raster.DrawOp = draw.Src
	for _, s := range outline {
		at := func(i int) (x, y float32) { return float32(s.Args[i].X)/64 + dx, float32(s.Args[i].Y)/64 + dy }
		ax, ay := at(0)
		bx, by := at(1)
		cx, cy := at(2)
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.raster.ClosePath()
			p.raster.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			p.raster.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			p.raster.QuadTo(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			p.raster.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	p.raster.ClosePath()
	alpha := image.NewAlpha(image.Rectangle{Max: box.Size()})
	p.raster.Draw(alpha, alpha.Rect, image.Opaque, image.Point{})
	return mask{box.Min, alpha}
}

// stamp lays a colour over the image where a mask covers it.
func (p *Painter) stamp(m *image.Alpha, at image.Point, c color.NRGBA) {
	box := m.Rect.Add(at).Intersect(p.clip)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		from := m.PixOffset(box.Min.X-at.X, y-at.Y)
		to := p.dst.PixOffset(box.Min.X, y)
		for _, cover := range m.Pix[from : from+box.Dx()] {
			if cover != 0 {
				mix(p.dst.Pix[to:to+4:to+4], c, (uint32(cover)*uint32(c.A)+127)/255)
			}
			to += 4
		}
	}
}
