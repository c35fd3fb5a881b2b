package chart

import (
	"image/color"

	"regatta/visual/palette"
	"regatta/visual/scene"
)

// thin keeps of a line's points what can be seen: of all points in a column the first, the lowest, the highest and the
// last. Points come from left to right.
func thin(points []scene.Point, scale float64) []scene.Point {
	var kept []scene.Point
	for i := 0; i < len(points); {
		column := int(points[i].X * scale)
		end, low, high := i, i, i
		for ; end < len(points) && int(points[end].X*scale) == column; end++ {
			if points[end].Y < points[low].Y {
				low = end
			}
			if points[end].Y > points[high].Y {
				high = end
			}
		}
		before := -1
		for _, k := range [4]int{i, min(low, high), max(low, high), end - 1} {
			if k != before {
				kept = append(kept, points[k])
				before = k
			}
		}
		i = end
	}
	return kept
}

// area draws a line and fills what is between it and a floor. A single point is drawn as a short dash.
func area(s []scene.Shape, points []scene.Point, floor float64, c color.NRGBA) []scene.Shape {
	switch len(points) {
	case 0:
		return s
	case 1:
		p := points[0]
		return append(s, scene.Rect{Box: scene.Box{X: p.X - 1, Y: p.Y - 1, W: 2, H: 2}, Fill: c})
	}
	return append(s,
		scene.Polygon{Points: closed(points, floor), Fill: palette.Faint(c)},
		scene.Polyline{Points: points, Width: 1.5, Color: c})
}

// closed is the outline of what lies between a line and a floor.
func closed(points []scene.Point, floor float64) []scene.Point {
	outline := make([]scene.Point, 0, len(points)+2)
	outline = append(outline, points...)
	return append(outline, scene.Point{X: points[len(points)-1].X, Y: floor}, scene.Point{X: points[0].X, Y: floor})
}
