package scene

import "math"

// Dashes hands on the parts of the line that are drawn: all of it where it is not dashed.
func (l Line) Dashes(draw func(from, to Point)) {
	if l.Dash[0] <= 0 {
		draw(l.From, l.To)
		return
	}
	dx, dy := l.To.X-l.From.X, l.To.Y-l.From.Y
	length := math.Hypot(dx, dy)
	step := l.Dash[0] + max(l.Dash[1], 0)
	if !(length > 0) || length/step > 1e5 {
		return
	}
	at := func(along float64) Point { return Point{X: l.From.X + dx*along/length, Y: l.From.Y + dy*along/length} }
	for along := 0.0; along < length; along += step {
		draw(at(along), at(min(along+l.Dash[0], length)))
	}
}
