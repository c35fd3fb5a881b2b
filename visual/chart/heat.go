package chart

import (
	"fmt"

	"regatta/visual/palette"
	"regatta/visual/scene"
)

// heatMap draws a row a core, the stronger the busier.
func (l *layout) heatMap(s *scene.Scene) {
	t := l.view.theme()
	first, last := l.strips[0], l.strips[len(l.strips)-1]
	var bars scene.Bars
	for _, p := range l.strips {
		bars = l.heatRow(bars, p, t)
	}
	s.Add(bars)
	label := func(p strip, mid float64) {
		s.Add(scene.Text{X: l.card.X + pad, Text: fmt.Sprintf("Core %d", p.core), Size: smallSize, Color: t.Ink}.CenteredAt(mid))
	}
	label(first, first.Y+5)
	label(last, last.Bottom()-5)
	if mid := (first.Y + last.Bottom()) / 2; last.Bottom()-first.Y > 50 {
		text := fmt.Sprintf("%d cores", len(l.strips))
		s.Add(scene.Text{X: l.card.X + pad, Text: text, Size: smallSize, Color: t.Muted}.CenteredAt(mid))
	}
}

// heatRow draws one core's use as strength of a colour. Points that end within one column are drawn as their mean. What
// was not measured has not even the ground of an idle core.
func (l *layout) heatRow(bars scene.Bars, p strip, t *palette.Theme) scene.Bars {
	if p.series == nil {
		return bars
	}
	points := p.series.Points
	sum, n, x0, x1 := 0.0, 0, 0.0, 0.0
	flush := func() {
		if from, to := max(x0, 0), min(x1, float64(l.axis.columns)); n > 0 && to > from {
			bar := scene.Bar{X0: float32(l.x(from)), Y0: float32(p.Y), X1: float32(l.x(to)), Y1: float32(p.Bottom()), Fill: t.Strip}
			bars = append(bars, bar)
			bar.Fill = palette.Alpha(l.heatInk(), sum/float64(n))
			bars = append(bars, bar)
		}
		sum, n = 0, 0
	}
	for i := l.firstPoint(points); i < len(points) && x1 <= float64(l.axis.columns); i++ {
		if points[i].Missing() {
			flush()
			continue
		}
		if n == 0 {
			x0 = l.intervalStart(points, i)
		}
		sum, n, x1 = sum+points[i].Value, n+1, l.axis.column(points[i].At)
		if x1-x0 >= 1 {
			flush()
		}
	}
	flush()
	return bars
}
