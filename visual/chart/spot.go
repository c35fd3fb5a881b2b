package chart

import (
	"time"

	"regatta/workloads/recording"
)

// Area is a part of the picture.
type Area uint8

// The areas.
const (
	Nowhere Area = iota
	OnLegend
	OnRuler
	OnLabels
	OnLanes
	OnCores
	OnMemory
)

// Spot is what there is to click on at a point.
type Spot struct {
	Area  Area
	At    time.Duration    // within the time axis; its nearer end beside it
	State recording.State  // in the legend
	Track *recording.Track // whose row it is, or nil
	Folds bool             // the point lies on the triangle of a group
	Rest  bool             // the row that stands for the lanes that there is no room for
}

// Spot tells what is at a point of a view.
func (c *Chart) Spot(v View, x, y float64) Spot {
	c.census.count(c.rec)
	l := c.layout(v, 0, 0)
	s := Spot{At: l.axis.time(min(max((x-l.plot.X)*l.scale, 0), float64(l.axis.columns)))}
	for _, e := range l.legendEntries(c.census.states) {
		if e.Contains(x, y) {
			s.Area, s.State = OnLegend, e.state
			return s
		}
	}
	inPlot := x >= l.plot.X && x < l.plot.Right()
	row := -1
	if y >= l.rowTop(0) && y < l.rowsBottom() {
		row = int((y - l.rowTop(0)) / l.pitch)
	}
	switch {
	case x < l.card.X || x >= l.card.Right() || y >= l.card.Bottom():
		return s
	case inPlot && y >= l.card.Y+tickMid-12 && y < l.rowTop(0):
		s.Area = OnRuler
	case row >= 0 && inPlot:
		s.Area = OnLanes
	case row >= 0 && x < l.plot.X:
		s.Area = OnLabels
	case l.memoryRule > 0 && y >= l.memoryRule && inPlot:
		s.Area = OnMemory
	case l.coresRule > 0 && y >= l.coresRule && inPlot && (l.memoryRule == 0 || y < l.memoryRule):
		s.Area = OnCores
	}
	switch {
	case row >= 0 && row < len(l.rows):
		s.Track = l.rows[row].track
		s.Folds = l.rows[row].inside > 0 && s.Area == OnLabels && x < l.labelX(l.rows[row])
	case row >= 0 && row == len(l.rows):
		s.Rest = len(l.rest) > 0
	}
	return s
}

// TipAt says what is at a point of a view, ok false where there is nothing to say.
func (c *Chart) TipAt(v View, x, y float64) (t Tip, ok bool) {
	s := c.Spot(v, x, y)
	l := c.layout(v, 0, 0)
	resolution := max(time.Duration(1/l.axis.perNs), 1)
	if v.Until > 0 && s.At > v.Until && s.Area >= OnLanes {
		return Tip{}, false
	}
	switch s.Area {
	case OnLanes:
		h, hit := c.Hit(v, x, y)
		if !hit {
			return Tip{}, false
		}
		return c.Tip(h, resolution)
	case OnLabels:
		return c.labelTip(l, s)
	case OnCores:
		for _, p := range l.strips {
			if p.Contains(x, y) {
				return c.coreTip(p, s.At, resolution), true
			}
		}
	case OnMemory:
		if l.memoryPlot.Contains(x, y) {
			return c.memoryTip(s.At, resolution)
		}
	case OnLegend:
		if s.State == v.Lanes.State {
			return Tip{Title: "Click for all lanes again"}, true
		}
		return Tip{Title: s.State.Label(), Lines: []string{"click for the lanes that were in it"}}, true
	}
	return Tip{}, false
}
