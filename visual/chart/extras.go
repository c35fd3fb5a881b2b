package chart

import (
	"time"

	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// veil hides what comes after the moment that a replay has reached.
func (l *layout) veil(s *scene.Scene) {
	if l.view.Until <= 0 || l.view.Until >= l.axis.to {
		return
	}
	t := l.view.theme()
	x := l.inPlot(l.view.Until)
	s.Add(scene.Rect{Box: scene.Box{X: x, Y: l.plot.Y, W: l.plot.Right() - x, H: l.plot.H}, Fill: t.Card})
	for _, k := range l.ticks() {
		if at := l.x(l.axis.column(k.at)); at >= x {
			s.Add(scene.Line{From: scene.Point{X: at, Y: l.plot.Y}, To: scene.Point{X: at, Y: l.plot.Bottom()}, Width: 1, Color: t.Grid})
		}
	}
	for _, rule := range []float64{l.coresRule, l.memoryRule} {
		if rule > 0 {
			s.Add(scene.Rect{Box: scene.Box{X: x, Y: rule, W: l.plot.Right() - x, H: 1}, Fill: t.Rule})
		}
	}
}

// scrollbar tells where the rows that are shown lie among all.
func (l *layout) scrollbar(s *scene.Scene) {
	if len(l.rest) == 0 {
		return
	}
	t := l.view.theme()
	top, height := l.rowTop(0), l.pitch*float64(len(l.rows))
	long := max(height*float64(len(l.rows))/float64(l.total), 12)
	y := top + (height-long)*float64(l.first)/float64(max(l.total-len(l.rows), 1))
	s.Add(scene.Rect{Box: scene.Box{X: l.plot.Right() + 4, Y: y, W: 4, H: long}, Radius: 2, Fill: t.Track})
}

// blocking draws a bracket over each step that kept its event loop from everything else.
func (l *layout) blocking(s *scene.Scene) {
	if l.rec == nil || len(l.rec.Blocking) == 0 {
		return
	}
	t := l.view.theme()
	var bars scene.Bars
	bar := func(x0, y0, x1, y1 float64) {
		bars = append(bars, scene.Bar{X0: float32(x0), Y0: float32(y0), X1: float32(x1), Y1: float32(y1), Fill: t.Ink})
	}
	for _, b := range l.rec.Blocking {
		row := l.shownRow(b.Lane)
		if row < 0 || b.End < l.axis.from || b.Start > l.axis.to {
			continue
		}
		x0, x1 := l.inPlot(b.Start), l.inPlot(b.End)
		if x1-x0 < 3 {
			x0, x1 = x0-1, x0+2
		}
		y := l.bracketY(row)
		bar(x0, y, x1, y+2)
		bar(x0, y, x0+2, y+5)
		bar(x1-2, y, x1, y+5)
	}
	s.Add(bars)
}

// bracketY is the height of brackets over a row.
func (l *layout) bracketY(row int) float64 {
	return l.snap(max(l.rowMid(row)-float64(l.barHeight())/l.scale/2-6, l.rowTop(row)))
}

// blockedAt is the step that blocked its event loop at a time and that is marked on a lane, nil where there is none.
func (c *Chart) blockedAt(t *recording.Track, at, resolution time.Duration) *recording.Blocking {
	for i := range c.rec.Blocking {
		if b := &c.rec.Blocking[i]; b.Lane == t.ID && at >= b.Start-2*resolution && at < b.End+2*resolution {
			return b
		}
	}
	return nil
}

// NextEvent is the time of the first change of any lane after a time, or of the last one before it; at itself where
// there is none.
func (c *Chart) NextEvent(at time.Duration, forward bool) time.Duration {
	best, found := at, false
	if c.rec == nil {
		return at
	}
	consider := func(t time.Duration) {
		if forward && t > at && (!found || t < best) || !forward && t < at && (!found || t > best) {
			best, found = t, true
		}
	}
	for _, t := range c.rec.Tracks() {
		i := t.Search(at)
		for k := max(i-1, 0); k <= i+1 && k < t.Len(); k++ {
			s := t.Span(k)
			consider(s.Start)
			consider(s.End)
		}
	}
	return best
}
