// Package vector takes scenes apart into the few shapes that vector formats have, at the places where the painter of
// pixels puts them: with the same rounding to device pixels, so that all pictures of a scene are one picture.
package vector

import (
	"image/color"
	"math"
	"slices"

	"regatta/visual/paint"
	"regatta/visual/scene"
	"regatta/visual/typeface"
)

// Sink is a picture in a vector format. All lengths are device pixels, y grows downwards. No box is empty, no colour
// wholly transparent, no number infinite.
type Sink interface {
	// Boxes fills boxes of one colour. Where they overlap the colour hides what is under it.
	Boxes(boxes []Box, c color.NRGBA)
	// Round fills a box with round corners.
	Round(b Box, radius float64, c color.NRGBA)
	// Polygon fills an area; at least three points.
	Polygon(points []scene.Point, c color.NRGBA)
	// Polyline joins at least two points, with bevelled joints and butt ends.
	Polyline(points []scene.Point, width float64, c color.NRGBA)
	Text(t Text)
	// Clip shows what comes until the matching Unclip only inside of a box, which may be empty.
	Clip(b Box)
	Unclip()
}

// Box is a box by its edges.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Text is one line of text. Letter i stands at X + Letters[i].X ems.
type Text struct {
	X, Y    float64 // where it begins, on the baseline
	Text    string
	Letters []typeface.Shaped // one for each rune
	Size    float64           // of an em
	Weight  typeface.Weight
	Color   color.NRGBA
}

// Draw gives a scene to a sink, scale device pixels for each logical one.
func Draw(s *scene.Scene, scale float64, sink Sink) {
	d := drawing{sink, scale}
	size := paint.Size(s, scale)
	d.boxes(s.Ground, Box{0, 0, float64(size.X), float64(size.Y)})
	d.draw(s.Shapes)
}

type drawing struct {
	sink  Sink
	scale float64
}

func (d drawing) draw(shapes []scene.Shape) {
	for _, s := range shapes {
		switch s := s.(type) {
		case scene.Bars:
			d.bars(s)
		case *scene.Cells:
			d.bars(slices.Collect(s.Bars()))
		case scene.Rect:
			d.rect(s)
		case scene.Line:
			d.line(s)
		case scene.Polyline:
			d.polyline(s)
		case scene.Polygon:
			if points := d.points(s.Points); len(points) >= 3 && s.Fill.A > 0 {
				d.sink.Polygon(points, s.Fill)
			}
		case scene.Text:
			d.text(s)
		case *scene.Clip:
			d.sink.Clip(Box{
				math.Round(d.at(s.X)), math.Round(d.at(s.Y)), math.Round(d.at(s.Right())), math.Round(d.at(s.Bottom())),
			})
			d.draw(s.Shapes)
			d.sink.Unclip()
		}
	}
}

// boxes fills those of the boxes that have an area.
func (d drawing) boxes(c color.NRGBA, boxes ...Box) {
	kept := boxes[:0]
	for _, b := range boxes {
		if b.X0 < b.X1 && b.Y0 < b.Y1 { // not where one is not a number either
			kept = append(kept, b)
		}
	}
	if len(kept) > 0 && c.A > 0 {
		d.sink.Boxes(kept, c)
	}
}

// bars joins neighbours of one colour, as long as it hides what is under it: lanes are made of tens of thousands.
func (d drawing) bars(bars scene.Bars) {
	for first := 0; first < len(bars); {
		c, last := bars[first].Fill, first+1
		for last < len(bars) && c.A == 0xff && bars[last].Fill == c {
			last++
		}
		boxes := make([]Box, 0, last-first)
		for _, b := range bars[first:last] {
			boxes = append(boxes, Box{d.at(float64(b.X0)), d.at(float64(b.Y0)), d.at(float64(b.X1)), d.at(float64(b.Y1))})
		}
		d.boxes(c, boxes...)
		first = last
	}
}

func (d drawing) rect(s scene.Rect) {
	b := Box{d.at(s.X), d.at(s.Y), d.at(s.Right()), d.at(s.Bottom())}
	r := min(s.Radius*d.scale, (b.X1-b.X0)/2, (b.Y1-b.Y0)/2)
	switch {
	case !(r > 0):
		d.boxes(s.Fill, b)
	case s.Fill.A > 0:
		d.sink.Round(b, r, s.Fill)
	}
}

func (d drawing) text(s scene.Text) {
	t := Text{
		X: d.at(s.Left()), Y: math.Round(d.at(s.Y)), Text: s.Text, Letters: typeface.Shape(nil, s.Text, s.Weight),
		Size: s.Size * d.scale, Weight: s.Weight, Color: s.Color,
	}
	if len(t.Letters) > 0 && t.Size > 0 && t.Color.A > 0 {
		d.sink.Text(t)
	}
}

// at is a coordinate in device pixels, kept where the painter keeps it. What is that far outside cannot be seen.
func (d drawing) at(v float64) float64 {
	const far = 1 << 14
	v *= d.scale
	if math.IsNaN(v) {
		return 0
	}
	return min(max(v, -far), far)
}

func (d drawing) points(points []scene.Point) []scene.Point {
	placed := make([]scene.Point, len(points))
	for i, p := range points {
		placed[i] = scene.Point{X: d.at(p.X), Y: d.at(p.Y)}
	}
	return placed
}
