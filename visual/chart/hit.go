package chart

import (
	"slices"
	"time"

	"regatta/workloads/recording"
)

// Hit is what is at a point of the picture.
type Hit struct {
	At    time.Duration
	Track *recording.Track // the lane whose row it is, or nil
	Span  recording.Span   // what the lane does there, valid where OnSpan
	// Shares says what the pixel is a mixture of, the largest first, where it shows more than one span.
	Shares []Share
	Spans  int // how many spans the pixel shows
	OnSpan bool
	Lanes  int // how many lanes the row stands for, whose mean Shares are; 0 where it is one lane
}

// Share is a state's part of a pixel's time, 0 to 1.
type Share struct {
	State recording.State
	Part  float64
}

// TimeAt is the time at a horizontal place of the view. ok is false outside of the plot.
func (c *Chart) TimeAt(v View, x float64) (at time.Duration, ok bool) {
	l := c.layout(v, 0, 0)
	return l.axis.time((x - l.plot.X) * l.scale), x >= l.plot.X && x < l.plot.Right()
}

// Plot is where the time axis begins in a view and how wide it is.
func (c *Chart) Plot(v View) (x, width float64) {
	l := c.layout(v, 0, 0)
	return l.plot.X, l.plot.W
}

// Hit tells what is at a point of a view. ok is false outside of the plot. The pixel that Draw makes there shows what
// Hit names: both take the place from layout and the columns from merge.
func (c *Chart) Hit(v View, x, y float64) (h Hit, ok bool) {
	c.census.count(c.rec)
	l := c.layout(v, 0, 0)
	if !l.plot.Contains(x, y) {
		return Hit{}, false
	}
	exact := (x - l.plot.X) * l.scale
	h.At = l.axis.time(exact)
	i := int((y - l.rowTop(0)) / l.pitch)
	if y < l.rowTop(0) || y >= l.rowsBottom() || l.coresRule > 0 && y >= l.coresRule {
		return h, true
	}
	many := l.rest
	if i < len(l.rows) {
		h.Track, many = l.rows[i].track, l.rows[i].group
	}
	if many != nil {
		h.Lanes = len(many)
		column := min(int(exact), l.axis.columns-1)
		l.crowd.count(many, l.axis, column, column+1)
		var in inColumn
		in.mixed(column, l.crowd.mean(0))
		h.Shares, h.Spans = in.shares, in.spans
		return h, true
	}
	if k := h.Track.Search(h.At); k < h.Track.Len() {
		if s := h.Track.Span(k); s.Start <= h.At {
			h.Span, h.OnSpan = s, true
		}
	}
	column := min(int(exact), l.axis.columns-1)
	var in inColumn
	merge(h.Track, l.axis, column, column+1, &in)
	h.Shares, h.Spans = in.shares, in.spans
	return h, true
}

// inColumn collects what one column shows.
type inColumn struct {
	shares []Share
	spans  int
}

func (c *inColumn) run(s recording.State, _, _ int) {
	c.shares, c.spans = append(c.shares, Share{s, 1}), c.spans+1
}

func (c *inColumn) mixed(_ int, m *mixture) {
	c.spans += m.spans
	for s, part := range m.share {
		if part > 0 {
			c.shares = append(c.shares, Share{recording.State(s), float64(part)})
		}
	}
	slices.SortStableFunc(c.shares, func(a, b Share) int {
		switch {
		case a.Part > b.Part:
			return -1
		case a.Part < b.Part:
			return 1
		}
		return 0
	})
}
