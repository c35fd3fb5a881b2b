package chart

import "regatta/visual/scene"

// moved makes shapes k times as large and moves them then. It changes the slice and what its shapes point to, but for
// points that several shapes may share, which are copied.
func moved(shapes []scene.Shape, k, dx, dy float64) {
	point := func(p scene.Point) scene.Point { return scene.Point{X: k*p.X + dx, Y: k*p.Y + dy} }
	points := func(all []scene.Point) []scene.Point {
		out := make([]scene.Point, len(all))
		for i, p := range all {
			out[i] = point(p)
		}
		return out
	}
	box := func(b scene.Box) scene.Box { return scene.Box{X: k*b.X + dx, Y: k*b.Y + dy, W: k * b.W, H: k * b.H} }
	for i, shape := range shapes {
		switch s := shape.(type) {
		case scene.Rect:
			s.Box, s.Radius = box(s.Box), k*s.Radius
			shapes[i] = s
		case scene.Bars:
			out := make(scene.Bars, len(s))
			for j, b := range s {
				b.X0, b.Y0 = float32(k*float64(b.X0)+dx), float32(k*float64(b.Y0)+dy)
				b.X1, b.Y1 = float32(k*float64(b.X1)+dx), float32(k*float64(b.Y1)+dy)
				out[j] = b
			}
			shapes[i] = out
		case *scene.Cells:
			s.X, s.Width = k*s.X+dx, k*s.Width
			bands := make([]scene.Band, len(s.Bands))
			for j, b := range s.Bands {
				bands[j] = scene.Band{Top: float32(k*float64(b.Top) + dy), Bottom: float32(k*float64(b.Bottom) + dy)}
			}
			s.Bands = bands
		case scene.Line:
			s.From, s.To, s.Width = point(s.From), point(s.To), k*s.Width
			s.Dash = [2]float64{k * s.Dash[0], k * s.Dash[1]}
			shapes[i] = s
		case scene.Polyline:
			s.Points, s.Width = points(s.Points), k*s.Width
			shapes[i] = s
		case scene.Polygon:
			s.Points = points(s.Points)
			shapes[i] = s
		case scene.Text:
			s.X, s.Y, s.Size = k*s.X+dx, k*s.Y+dy, k*s.Size
			shapes[i] = s
		case *scene.Clip:
			s.Box = box(s.Box)
			moved(s.Shapes, k, dx, dy)
		}
	}
}
