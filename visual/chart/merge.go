package chart

import "regatta/workloads/recording"

// How spans become columns
//
// A lane is drawn column by column, a column being one device pixel wide. Where one span covers whole columns they are
// one run in its colour. A column that several spans share becomes a mixture: how much of the column each state has.
// The mixture is drawn as what a perfect lens would see from far away (mix.go), so that a picture that is zoomed out is
// the average of the picture zoomed in, and zooming in resolves it without a jump. Edges of long spans come out smooth
// by the same rule.
//
// The walk starts at the first visible span (binary search) and ends at the last, so its cost is that of the visible
// spans, and the cost of the drawing that of the columns. A lane with far more spans than columns is walked through all
// the same; sums over blocks of spans would bound that too. Rejected: drawing each span over the others (the last one
// wins, which is noise), the state with the largest share (a lane that works 40 % of the time would look idle), and
// stacking shares within the lane's height (then thick would not be working any more).

// mixture is what the spans in one column add up to.
type mixture struct {
	share [int(recording.Ready) + 1]float32 // of the column's width, by state
	whole uint16                            // a bit for each state of which a span lies wholly in this column
	spans int
}

func (m *mixture) add(s recording.State, share float64, whole bool) {
	if int(s) >= len(m.share) {
		return
	}
	m.share[s] += float32(share)
	m.spans++
	if whole {
		m.whole |= 1 << s
	}
}

// cells is what a lane's columns are given to, from left to right.
type cells interface {
	// run is the columns from first up to but not including last, all of them in one state.
	run(s recording.State, first, last int)
	// mixed is one column that several spans share, or that one span fills only in part.
	mixed(column int, m *mixture)
}

// merge gives the columns from first up to but not including last to out.
func merge(t *recording.Track, a axis, first, last int, out cells) {
	var m mixture
	column := first // the one that m is about
	flush := func() {
		if m.spans > 0 {
			out.mixed(column, &m)
			m = mixture{}
		}
	}
	left, right := float64(first), float64(last)
	for i := t.Search(a.time(left)); i < t.Len(); i++ {
		s := t.Span(i)
		start, end := a.column(s.Start), a.column(s.End)
		if start >= right {
			break
		}
		x0, x1 := max(start, left), min(end, right)
		if x1 <= x0 {
			continue
		}
		c0, c1 := int(x0), int(x1)
		if c0 != column {
			flush()
			column = c0
		}
		if c0 == c1 || x1 == float64(c0+1) && x0 > float64(c0) { // it ends in the column where it begins
			m.add(s.State, x1-x0, start >= left && end <= right)
			continue
		}
		if x0 > float64(c0) || m.spans > 0 {
			m.add(s.State, float64(c0+1)-x0, false)
			flush()
			c0++
		}
		if c0 < c1 {
			out.run(s.State, c0, c1)
		}
		if column = c1; x1 > float64(c1) {
			m.add(s.State, x1-float64(c1), false)
		}
	}
	flush()
}
