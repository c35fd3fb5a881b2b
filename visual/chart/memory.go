package chart

import (
	"image/color"
	"strings"
	"time"

	"regatta/visual/number"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// memorySteps are the leading figures that the axis of memory may end at.
var memorySteps = []float64{1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10}

// memory draws resident memory stacked by process, and the shares of shared pages (PSS) as a line where they were
// measured. Its axis starts at 0.
func (l *layout) memory(s *scene.Scene) {
	if l.memoryRule == 0 || l.rec == nil {
		return
	}
	l.memoryMetric(s)
	rss, pss := l.rec.Series(recording.RSS), l.rec.Series(recording.PSS)
	st := l.stackOf(rss)
	shares := l.stackOf(pss)
	scale := nice(max(l.peak.rss, l.peak.pss)*1.12, memorySteps)
	if scale == 0 {
		return
	}
	var shapes []scene.Shape
	st.stretches(func(first, last int) { shapes = l.stacked(shapes, st, first, last, scale) })
	shares.stretches(func(first, last int) {
		shapes = append(shapes, l.totalLine(shares, first, last, scale, 1.25, l.view.theme().Ink))
	})
	clip := l.memoryPlot
	clip.Y, clip.H = clip.Y-3, clip.H+3
	s.Add(&scene.Clip{Box: clip, Shapes: shapes})
	l.memoryLabels(s, shares, scale)
}

func (l *layout) stackOf(series []*recording.Series) stack {
	return stackOf(l.rec, series, l.axis.from, l.axis.to, time.Duration(0.25/l.axis.perNs))
}

func (l *layout) memoryY(value, scale float64) float64 {
	return l.memoryPlot.Bottom() - value/scale*l.memoryPlot.H
}

func (l *layout) heights(times []time.Duration, values []float64, scale float64) []scene.Point {
	points := make([]scene.Point, len(times))
	for i, at := range times {
		points[i] = scene.Point{X: l.x(l.axis.column(at)), Y: l.memoryY(values[i], scale)}
	}
	return points
}

// stacked draws one stretch: an area a process on top of the one before, and the line of their sum.
func (l *layout) stacked(shapes []scene.Shape, st stack, first, last int, scale float64) []scene.Shape {
	c := l.view.theme().Memory
	if last-first == 1 { // a lone sample between two missing ones
		p := l.heights(st.times[first:last], st.total[first:last], scale)[0]
		box := scene.Box{X: p.X - 1, Y: p.Y, W: 2, H: l.memoryPlot.Bottom() - p.Y}
		return append(shapes, scene.Rect{Box: box, Fill: palette.Faint(c)}, scene.Rect{Box: scene.Box{X: box.X, Y: box.Y - 1, W: 2, H: 2}, Fill: c})
	}
	lower := make([]float64, last-first)
	for i, row := range st.values {
		upper := make([]float64, len(lower))
		for k := range upper {
			upper[k] = lower[k] + row[first+k]
		}
		top := l.heights(st.times[first:last], upper, scale)
		outline := append([]scene.Point{}, top...)
		under := l.heights(st.times[first:last], lower, scale)
		for k := len(under) - 1; k >= 0; k-- {
			outline = append(outline, under[k])
		}
		strength := 0.26 - 0.09*float64(i%2) // neighbours differ
		shapes = append(shapes, scene.Polygon{Points: outline, Fill: palette.Alpha(c, strength)})
		if i < len(st.values)-1 {
			shapes = append(shapes, scene.Polyline{Points: top, Width: 1, Color: palette.Alpha(c, 0.35)})
		}
		lower = upper
	}
	return append(shapes, l.totalLine(st, first, last, scale, 1.5, c))
}

// totalLine draws the sum of a stretch while there is anything: a process that begins or ends alone is no edge.
func (l *layout) totalLine(st stack, first, last int, scale, width float64, c color.NRGBA) scene.Shape {
	for first < last && st.total[first] == 0 {
		first++
	}
	for last > first && st.total[last-1] == 0 {
		last--
	}
	return scene.Polyline{Points: l.heights(st.times[first:last], st.total[first:last], scale), Width: width, Color: c}
}

// memoryMetric says below the title what is measured. Sums of resident memory are larger than what is really used.
func (l *layout) memoryMetric(s *scene.Scene) {
	t := l.view.theme()
	text := "resident (RSS), shared pages counted in each process"
	if len(l.rec.Series(recording.PSS)) > 0 {
		text += "; line: shared pages divided (PSS)"
	}
	width := l.plot.X - l.card.X - pad - labelGap
	y := l.memoryRule + titleMid + 24
	lines := wrap(text, width, smallSize)
	if last := y + 14*float64(len(lines)-1); last > l.memoryPlot.Bottom()+4 {
		lines = []string{"resident (RSS)"} // half a sentence is worse
	}
	for _, line := range lines {
		s.Add(scene.Text{X: l.card.X + pad, Y: y, Text: line, Size: smallSize, Color: t.Muted})
		y += 14
	}
}

// memoryLabels writes the axis's end, the peak and the last PSS.
func (l *layout) memoryLabels(s *scene.Scene, shares stack, scale float64) {
	t := l.view.theme()
	end := scene.Text{X: l.plot.Right() - 4, Text: number.RoundBytes(scale), Size: smallSize, Anchor: scene.End, Color: t.Muted}
	end = end.CenteredAt(l.memoryPlot.Y + 5)
	s.Add(plate(end, l.memoryPlot.Y+5, t), end)
	if at := l.peak.at; l.peak.rss > 0 && at >= l.axis.from && at <= l.axis.to {
		p := l.heights([]time.Duration{at}, []float64{l.peak.rss}, scale)[0]
		s.Add(scene.Rect{Box: scene.Box{X: p.X - 3, Y: p.Y - 3, W: 6, H: 6}, Radius: 3, Fill: t.Memory})
		text := scene.Text{X: p.X, Y: p.Y - 7, Text: "peak " + number.Bytes(l.peak.rss), Size: smallSize, Anchor: scene.Middle, Color: t.Ink}
		half := text.Width() / 2
		text.X = min(max(p.X, l.plot.X+half+4), l.plot.Right()-half-4)
		if text.X+half > end.Left()-8 && text.Y < end.Y+12 { // they would touch
			text.X = end.Left() - 8 - half
		}
		s.Add(text)
	}
	if i := shares.peak(); i >= 0 {
		p := l.heights(shares.times[i:i+1], shares.total[i:i+1], scale)[0]
		text := scene.Text{X: p.X + 8, Text: "PSS " + number.Bytes(shares.total[i]), Size: smallSize, Color: t.Ink}.CenteredAt(p.Y + 13)
		if text.X+text.Width() > l.plot.Right()-8 {
			text.X, text.Anchor = p.X-8, scene.End
		}
		s.Add(plate(text, p.Y+13, t), text)
	}
}

// wrap breaks a text into lines of at most a width.
func wrap(text string, width, size float64) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && (scene.Text{Text: longer, Size: size}).Width() > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
}
