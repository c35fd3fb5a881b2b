package chart

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// coresOf lists the cores by number. Before the first sample they come from what is known of the machine.
func coresOf(rec *recording.Recording) []strip {
	if rec == nil {
		return nil
	}
	var cores []strip
	for _, s := range rec.Series(recording.CoreUse) {
		cores = append(cores, strip{core: s.Core, series: s})
	}
	if len(cores) == 0 {
		cores = make([]strip, min(max(rec.Header.Machine.Cores, 0), 4096))
		for i := range cores {
			cores[i].core = i
		}
	}
	for _, t := range rec.Cores() {
		if i := slices.IndexFunc(cores, func(p strip) bool { return p.core == t.Core }); i >= 0 {
			cores[i].track = t
		} else {
			cores = append(cores, strip{core: t.Core, track: t})
		}
	}
	slices.SortStableFunc(cores, func(a, b strip) int { return a.core - b.core })
	return cores
}

// coresHeight is how tall the section for n cores is, with its title. Where lanes are crowded it takes less.
func (l *layout) coresHeight(n int, crowded bool) float64 {
	if n == 0 {
		return 0
	}
	most := 0.3*l.card.H - titleSpace - sectionGap
	each := 46.0
	if crowded {
		most = 0.22*l.card.H - titleSpace - sectionGap
	}
	if n > maxStrips {
		each = 10
	}
	return titleSpace + sectionGap + min(most, float64(n)*each)
}

// placeStrips divides a height among the cores.
func (l *layout) placeStrips(cores []strip, top, height float64) {
	pitch := height / float64(len(cores))
	gap := 0.0
	switch {
	case pitch >= 30:
		gap = 8
	case pitch >= 14:
		gap = 4
	case pitch >= 6 && len(cores) <= maxStrips:
		gap = 2
	}
	for i := range cores {
		y := l.snap(top + float64(i)*pitch)
		next := l.snap(top + float64(i+1)*pitch)
		cores[i].Box = scene.Box{X: l.plot.X, Y: y, W: l.plot.W, H: max(next-y-gap, 0)}
	}
	l.strips = cores
	l.workers = slices.ContainsFunc(cores, func(p strip) bool { return p.track != nil })
}

func (l *layout) cores(s *scene.Scene) {
	if len(l.strips) == 0 {
		return
	}
	if l.workers {
		defer l.coresLegend(s)
	}
	if len(l.strips) > maxStrips {
		l.heatMap(s)
		for _, p := range l.strips {
			if p.track != nil {
				l.onCore(s, p)
			}
		}
		return
	}
	for i, p := range l.strips {
		l.coreLabel(s, i)
		s.Add(scene.Rect{Box: p.Box, Fill: l.view.theme().Strip})
		if p.track != nil {
			l.onCore(s, p)
		}
		if p.series != nil {
			s.Add(&scene.Clip{Box: p.Box, Shapes: l.coreLine(p)})
		}
		if p.H >= 30 || i == 0 && p.H >= 12 { // narrow ones say it once
			label := scene.Text{X: p.Right() - 4, Text: "100 %", Size: smallSize, Anchor: scene.End, Color: l.view.theme().Muted}
			label = label.CenteredAt(p.Y + min(9, p.H/2))
			ground := plate(label, p.Y+min(9, p.H/2), l.view.theme())
			ground.Fill = palette.Alpha(l.view.theme().Strip, 0.8)
			s.Add(&scene.Clip{Box: p.Box, Shapes: []scene.Shape{ground}}, label)
		}
	}
}

// coreLabel names a core, where there is room for its name.
func (l *layout) coreLabel(s *scene.Scene, i int) {
	p := l.strips[i]
	text := scene.Text{X: l.card.X + pad, Text: fmt.Sprintf("Core %d", p.core), Size: nameSize, Color: l.view.theme().Ink}
	if p.H < 18 {
		text.Size = smallSize
	}
	if len(l.strips) > 1 {
		const line = 12.0
		pitch := l.strips[1].Y - l.strips[0].Y
		if every := int(line/max(pitch, 1)) + 1; pitch < line && i%every != 0 {
			return
		}
	}
	s.Add(text.CenteredAt(p.Y + p.H/2))
}

// coreLine draws one core's use. A value is the mean since the point before, so it stands in the middle of that time;
// before the first and after the last one the line stays level to the end of their times.
func (l *layout) coreLine(p strip) []scene.Shape {
	var shapes []scene.Shape
	var line []scene.Point
	place := func(column, value float64) scene.Point {
		return scene.Point{X: l.x(column), Y: p.Bottom() - min(max(value, 0), 1)*(p.H-1)}
	}
	finish := func(end float64) {
		if n := len(line); n > 0 {
			line = append(line, scene.Point{X: l.x(end), Y: line[n-1].Y})
			if line = thin(line, l.scale); l.workers { // the colour belongs to our own workers
				shapes = append(shapes, scene.Polyline{Points: line, Width: 1.25, Color: l.view.theme().Ink})
			} else {
				shapes = area(shapes, line, p.Bottom(), l.view.theme().Core)
			}
		}
		line = nil
	}
	points := p.series.Points
	for i := l.firstPoint(points); i < len(points); i++ {
		start := l.intervalStart(points, i)
		if points[i].Missing() {
			finish(start)
			continue
		}
		end := l.axis.column(points[i].At)
		if len(line) == 0 {
			line = append(line, place(start, points[i].Value))
		}
		line = append(line, place((start+end)/2, points[i].Value))
		if start > float64(l.axis.columns) || i == len(points)-1 {
			finish(end)
			break
		}
	}
	return shapes
}

// firstPoint is the index of the first point that matters: two before the first that is shown, so that lines come in
// from where they belong.
func (l *layout) firstPoint(points []recording.Point) int {
	i, _ := slices.BinarySearchFunc(points, l.axis.from, func(p recording.Point, at time.Duration) int { return cmp.Compare(p.At, at) })
	return max(i-2, 0)
}

// intervalStart is the column where the time begins that a point is the mean of.
func (l *layout) intervalStart(points []recording.Point, i int) float64 {
	if i == 0 {
		return l.axis.column(0)
	}
	return l.axis.column(points[i-1].At)
}
