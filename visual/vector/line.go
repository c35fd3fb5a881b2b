package vector

import (
	"math"

	"regatta/visual/scene"
)

func (d drawing) line(s scene.Line) { s.Dashes(func(a, b scene.Point) { d.segment(s, a, b) }) }

// segment draws a part of a straight line. One that is level or upright becomes a box on whole pixels.
func (d drawing) segment(s scene.Line, a, b scene.Point) {
	w := max(math.Round(s.Width*d.scale), 1)
	switch {
	case a.X == b.X:
		x := math.Round(d.at(a.X) - w/2)
		d.boxes(s.Color, Box{x, d.at(min(a.Y, b.Y)), x + w, d.at(max(a.Y, b.Y))})
	case a.Y == b.Y:
		y := math.Round(d.at(a.Y) - w/2)
		d.boxes(s.Color, Box{d.at(min(a.X, b.X)), y, d.at(max(a.X, b.X)), y + w})
	default:
		d.polyline(scene.Polyline{Points: []scene.Point{a, b}, Width: s.Width, Color: s.Color})
	}
}

func (d drawing) polyline(s scene.Polyline) {
	if points := d.points(s.Points); len(points) >= 2 && s.Color.A > 0 {
		d.sink.Polyline(points, max(d.at(s.Width), 1), s.Color)
	}
}
