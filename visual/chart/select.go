package chart

import (
	"math"
	"time"

	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// Selection is a lane that the user asks about and, where At is in its life, the span that the lane is in then. The zero
// value is none.
type Selection struct {
	Lane recording.LaneID
	At   time.Duration // -1 for the lane as a whole
}

// span is what is selected: the lane and, ok, a span of it.
func (sel Selection) span(rec *recording.Recording) (t *recording.Track, s recording.Span, ok bool) {
	if rec == nil {
		return nil, s, false
	}
	if t = rec.Track(sel.Lane); t == nil || sel.At < 0 {
		return t, s, false
	}
	i := t.Search(sel.At)
	if i >= t.Len() {
		return t, s, false
	}
	s = t.Span(i)
	return t, s, s.Start <= sel.At
}

// Step is the selection of the span after the selected one, or before it. Without a selection it is the first row's at
// the beginning of the view.
func (c *Chart) Step(v View, forward bool) Selection {
	if c.rec == nil {
		return Selection{}
	}
	t, at := c.rec.Track(v.Selected.Lane), v.Selected.At
	if t == nil {
		at = -1
		id, _ := c.Neighbour(v, recording.NoLane, 0)
		if t = c.rec.Track(id); t == nil {
			return Selection{}
		}
	}
	if t.Len() == 0 {
		return Selection{t.ID, -1}
	}
	if at < 0 {
		return Selection{t.ID, t.Span(min(t.Search(v.From), t.Len()-1)).Start}
	}
	i := t.Search(at)
	if forward {
		i++
	} else {
		i--
	}
	i = min(max(i, 0), t.Len()-1)
	return Selection{t.ID, t.Span(i).Start}
}

// SelectedSpan is the selected span, ok false where none is.
func (c *Chart) SelectedSpan(sel Selection) (t *recording.Track, s recording.Span, ok bool) {
	return sel.span(c.rec)
}

// selectedRow lays a ground under the selected lane.
func (l *layout) selectedRow(s *scene.Scene) {
	if i := l.shownRow(l.view.Selected.Lane); i >= 0 {
		box := scene.Box{X: l.card.X + 1, Y: l.snap(l.rowTop(i)), W: l.plot.Right() + 4 - l.card.X, H: l.snap(l.pitch)}
		s.Add(scene.Rect{Box: box, Fill: l.view.theme().Selected})
	}
}

// shownRow is the row in the picture that shows a lane, -1 where none does.
func (l *layout) shownRow(id recording.LaneID) int {
	if id == recording.NoLane {
		return -1
	}
	if i := l.rowOf(id) - l.first; i >= 0 && i < len(l.rows) {
		return i
	}
	return -1
}

// selection frames the selected span, and points from a wait to the lane that it waited for.
func (l *layout) selection(s *scene.Scene) {
	_, span, ok := l.view.Selected.span(l.rec)
	row := l.shownRow(l.view.Selected.Lane)
	if !ok || row < 0 || span.End < l.axis.from || span.Start > l.axis.to {
		return
	}
	t := l.view.theme()
	x0, x1 := l.inPlot(span.Start), l.inPlot(span.End)
	h := float64(l.barHeight()) / l.scale
	if x1-x0 < 3 {
		x0, x1 = (x0+x1)/2-1.5, (x0+x1)/2+1.5
	}
	frame(s, scene.Box{X: x0 - 2, Y: l.rowMid(row) - h/2 - 3, W: x1 - x0 + 4, H: h + 6}, t)
	if l.rec.Track(span.Blocker) == nil {
		return
	}
	to := l.shownRow(span.Blocker)
	if to < 0 { // it is not shown: the last row stands for it
		if to = len(l.rows); len(l.rest) == 0 {
			return
		}
	}
	if to != row {
		arrow(s, l.inPlot(workedWithin(l.rec.Track(span.Blocker), span)), l.rowMid(row), l.rowMid(to), h/2, t)
	}
}

// workedWithin is a moment at which a lane worked while another one waited for it, the middle of the wait where none is
// known.
func workedWithin(t *recording.Track, wait recording.Span) time.Duration {
	for i := t.Search(wait.Start); i < t.Len(); i++ {
		start, end := t.Bounds(i)
		if start >= wait.End {
			break
		}
		if t.State(i).Working() {
			start, end = max(start, wait.Start), min(end, wait.End)
			return start + (end-start)/2
		}
	}
	return wait.Start + (wait.End-wait.Start)/2
}

// frame draws the outline of a box.
func frame(s *scene.Scene, b scene.Box, t *palette.Theme) {
	const w = 1.5
	for _, side := range []scene.Box{
		{X: b.X, Y: b.Y, W: b.W, H: w},
		{X: b.X, Y: b.Bottom() - w, W: b.W, H: w},
		{X: b.X, Y: b.Y, W: w, H: b.H},
		{X: b.Right() - w, Y: b.Y, W: w, H: b.H},
	} {
		s.Add(scene.Rect{Box: side, Fill: t.Ink})
	}
}

// arrow points from one row's middle to another's, from edge to edge of their bars, with a rim of the card around it.
func arrow(s *scene.Scene, x, from, to, half float64, t *palette.Theme) {
	const width, head = 2.0, 8.0
	down := math.Copysign(1, to-from)
	start, tip := from+down*(half+3), to-down*half*0.3
	neck := tip - down*head
	for _, rim := range []float64{1.5, 0} {
		c := t.Ink
		if rim > 0 {
			c = t.Card
		}
		s.Add(scene.Line{From: scene.Point{X: x, Y: start}, To: scene.Point{X: x, Y: neck}, Width: width + 2*rim, Color: c},
			scene.Polygon{Fill: c, Points: []scene.Point{
				{X: x, Y: tip + down*1.6*rim}, {X: x - head/2 - 1.4*rim, Y: neck - down*rim}, {X: x + head/2 + 1.4*rim, Y: neck - down*rim},
			}})
	}
}
