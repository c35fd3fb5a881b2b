package chart

import (
	"time"

	"regatta/workloads/recording"
)

// How spans become columns
//
// A lane is drawn column by column, a column being one device pixel wide. Where one span covers whole columns they are
// one run in its colour. A column that several spans share becomes a mixture: how much of the column each state has.
// The mixture is drawn as what a perfect lens would see from far away (mix.go), so that a picture that is zoomed out is
// the average of the picture zoomed in, and zooming in resolves it without a jump. Edges of long spans come out smooth
// by the same rule.
//
// Columns stand still in time: newAxis begins them at a whole number of columns from the start of the recording. Panning
// by less than a pixel shows the same columns, and by more the same ones at another place, so that nothing flickers.
//
// What lies within a column is the difference of two sums that the track keeps (recording/sums.go), so the cost is that
// of the columns, however many spans there are. Rejected: drawing each span over the others (the last one wins, which
// is noise), the state with the largest share (a lane that works 40 % of the time would look idle), and stacking shares
// within the lane's height (then thick would not be working any more).

// mixtureStates is room for every state; a power of two, so that an index can be cut to it.
const mixtureStates = 16

// mixture is what the spans in one column add up to.
type mixture struct {
	share [mixtureStates]float32 // of the column's width, by state
	seen  uint16                 // a bit for each state that has a share
	short uint16                 // a bit for each state of which a span shorter than the column ends here
	spans int
}

// add adds a part of the column's width.
func (m *mixture) add(s recording.State, share float64) {
	s &= mixtureStates - 1
	m.share[s] += float32(share)
	m.seen |= 1 << s
	m.spans++
}

// addWhole adds a span that lies wholly in the column.
func (m *mixture) addWhole(s recording.State, share float64) {
	m.add(s, share)
	m.short |= 1 << (s & (mixtureStates - 1))
}

// addAll adds many spans that lie wholly in the column.
func (m *mixture) addAll(times *recording.Times, perNs float64, spans int) {
	for s, d := range times {
		if d > 0 {
			m.addWhole(recording.State(s), float64(d)*perNs)
			m.spans--
		}
	}
	m.spans += spans
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
	mergeBy(new(mixture), t, a, first, last, out)
}

// mergeBy is merge with memory for a column.
func mergeBy(m *mixture, t *recording.Track, a axis, first, last int, out cells) {
	i := t.Search(a.time(float64(first)))
	dense := 0 // how many spans the column before had
	for column := first; column < last && i < t.Len(); {
		if dense >= veryMany {
			if next, ok := mixRows(m, t, i, a, column); ok {
				out.mixed(column, m)
				i = next
				column++
				continue
			}
		}
		begin, finish := t.Bounds(i)
		start, end := a.column(begin), a.column(finish)
		left, right := float64(column), float64(column+1)
		switch {
		case end <= left:
			i++
		case start >= right:
			column = int(min(start, float64(last)))
		case start <= left && end >= right:
			until := int(min(end, float64(last)))
			out.run(t.State(i), column, until)
			column = until
		case end > right: // it begins here and goes on
			*m = mixture{}
			m.add(t.State(i), right-start)
			out.mixed(column, m)
			column++
		default: // it ends here
			*m = mixture{}
			inside := start
			if inside < left {
				inside = left
			}
			if m.add(t.State(i), end-inside); end-start < 1 {
				m.short = m.seen
			}
			if dense < veryMany {
				i = fill(m, t, i+1, a, right, dense)
			} else {
				i = fillRows(m, t, i, a, left, right)
			}
			dense = m.spans
			out.mixed(column, m)
			column++
		}
	}
}

// veryMany spans in a column are added up only to the nearest row of the track's sums: the column's edges are where rows
// begin, a fifth of it away at most.
const (
	veryMany = 160
	nearRow  = 0.2 // of a column
)

// mixRows makes a column of whole rows, without a look at their spans; ok is false where its edges are not near to rows'.
func mixRows(m *mixture, t *recording.Track, i int, a axis, column int) (next int, ok bool) {
	var times recording.Times
	right := float64(column + 1)
	next, begin, finish, ok := t.Rows(&times, i, a.from+time.Duration((right-a.shift)*a.each))
	start, end := a.column(begin), a.column(finish)
	if !ok || right-end > nearRow || float64(column)-start > nearRow || start > float64(column) {
		return i, false
	}
	*m = mixture{}
	m.addAll(&times, a.perNs/(end-start), next-i)
	return next, true
}

// fillRows is fill for very many spans, span i among them. Where a row is too long for that it is fill.
func fillRows(m *mixture, t *recording.Track, i int, a axis, left, right float64) int {
	var times recording.Times
	next := t.SumRows(&times, i, a.from+time.Duration((right-a.shift)*a.each))
	begin, _ := t.Bounds(i)
	start, end := a.column(begin), 0.0
	if next < t.Len() {
		begin, _ = t.Bounds(next)
		end = a.column(begin)
	}
	if right-end > nearRow || left-start > nearRow || next-i < veryMany/2 {
		return fill(m, t, i+1, a, right, veryMany)
	}
	*m = mixture{}
	m.addAll(&times, a.perNs/(end-start), next-i)
	return next
}

// fill adds the spans from i on to a column that ends at right, and returns the one that goes on there. dense is how many
// there may be.
func fill(m *mixture, t *recording.Track, i int, a axis, right float64, dense int) int {
	few := 12 // that are added one by one
	if dense > few {
		few = 0
	}
	until := a.from + time.Duration((right-a.shift)*a.each)
	for last := min(i+few, t.Len()); i < last; i++ {
		begin, finish := t.Bounds(i)
		if finish > until {
			if start := a.column(begin); start < right {
				m.add(t.State(i), right-start)
			}
			return i
		}
		m.addWhole(t.State(i), float64(finish-begin)*a.perNs)
	}
	if i == t.Len() {
		return i
	}
	var times recording.Times
	next := t.Sum(&times, i, until)
	m.addAll(&times, a.perNs, next-i)
	if next < t.Len() {
		begin, _ := t.Bounds(next)
		if start := a.column(begin); start < right {
			m.add(t.State(next), right-start)
		}
	}
	return next
}
