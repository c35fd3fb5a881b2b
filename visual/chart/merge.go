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

// cells is what a lane's columns are given to, from left to right.
type cells interface {
	// run is the columns from first up to but not including last, all of them in one state.
	run(s recording.State, first, last int)
	// mixed is one column that several spans share, or that one span fills only in part.
	mixed(column int, m *mixture)
}

// merge gives the columns from first up to but not including last to out.
func merge(t *recording.Track, a axis, first, last int, out cells) {
	new(walk).merge(t, a, first, last, out)
}

// walk goes along a lane's spans and makes its columns. Its memory is used again for the next lane.
type walk struct {
	*recording.Track
	axis
	m mixture // of the column in work
	// before is what the spans before span at add up to, after the same for those before the column's last one. They are
	// equal but while a column is added up. (Each is kept up by itself: a copy would wait for what was just written.)
	before, after recording.Times
	at            int
	has           []recording.State // those of the lane
	// row is the span that the last column ended before, and when that one begins, if a row of the track's sums does.
	row      int
	rowBegin time.Duration
}

func (w *walk) merge(t *recording.Track, a axis, first, last int, out cells) {
	w.Track, w.axis, w.has = t, a, w.has[:0]
	w.before, w.after, w.at, w.row = recording.Times{}, recording.Times{}, 0, -1
	for s, d := range t.Total() {
		if d > 0 {
			w.has = append(w.has, recording.State(s))
		}
	}
	i := t.Search(a.time(float64(first)))
	dense := 0 // how many spans the columns before had, the last one half of it
	for column := first; column < last && i < t.Len(); {
		left, right := float64(column), float64(column+1)
		if dense >= veryMany && i == w.row {
			if next, ok := w.rows(i, w.rowBegin, left, right); ok {
				out.mixed(column, &w.m)
				i = next
				column++
				continue
			}
		}
		begin, finish := t.Bounds(i)
		start, end := w.column(begin), w.column(finish)
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
			w.m = mixture{}
			w.m.add(t.State(i), right-start)
			out.mixed(column, &w.m)
			column++
		default: // it ends here
			i = w.fill(i, dense, start, end, left, right)
			dense = (dense + w.m.spans + 1) / 2
			out.mixed(column, &w.m)
			column++
		}
	}
}

// few spans in a column are added up one by one. veryMany are added up only to the nearest row of the track's sums: the
// column's edges are where rows begin, a fifth of it away at most.
const (
	few      = 14
	veryMany = 80
	nearRow  = 0.2 // of a column
)

// fill makes a column in which span i ends, and returns the span that goes on at its right edge. dense is how many spans
// there may be.
func (w *walk) fill(i, dense int, start, end, left, right float64) int {
	until := w.edge(right)
	if dense >= veryMany {
		if next, ok := w.rows(i, w.Begin(i), left, right); ok {
			return next
		}
	}
	w.m = mixture{}
	inside := start
	if inside < left {
		inside = left
	}
	if w.m.add(w.State(i), end-inside); end-start < 1 {
		w.m.short = w.m.seen
	}
	i++
	if dense <= few {
		var done bool
		if i, done = w.oneByOne(i, until); done {
			return w.goesOn(i, right)
		}
	}
	if i == w.Len() {
		return i
	}
	w.sumTo(i)
	next := w.Advance(&w.after, i, until)
	w.addSums(next, w.perNs)
	return w.goesOn(next, right)
}

// oneByOne adds the spans from i on that end at or before until, if they are not many more than a few.
func (w *walk) oneByOne(i int, until time.Duration) (next int, done bool) {
	bits := uint16(0)
	first, last := i, min(i+few+few/2, w.Len())
	for ; i < last; i++ {
		begin, end := w.Bounds(i)
		if end > until {
			break
		}
		s := w.State(i) & (mixtureStates - 1)
		w.m.share[s] += float32(float64(end-begin) * w.perNs)
		bits |= 1 << s
	}
	w.m.seen |= bits
	w.m.short |= bits
	w.m.spans += i - first
	return i, i < last || i == w.Len()
}

// goesOn adds the part of a span that lies before right.
func (w *walk) goesOn(i int, right float64) int {
	if i < w.Len() {
		if start := w.column(w.Begin(i)); start < right {
			w.m.add(w.State(i), right-start)
		}
	}
	return i
}

// rows makes a column of very many spans out of whole rows, span i and when it begins being what is known of its left
// edge. ok is false where none begins near to its right edge.
func (w *walk) rows(i int, begin time.Duration, left, right float64) (next int, ok bool) {
	next, finish := w.AdvanceRows(&w.after, i, w.edge(right))
	start, end := w.column(begin), w.column(finish)
	if next-i < veryMany/2 || right-end > nearRow || left-start > nearRow || start > left {
		w.after = w.before
		return i, false
	}
	w.sumTo(i)
	w.m = mixture{}
	w.addSums(next, w.perNs/(end-start))
	w.row, w.rowBegin = next, finish
	return next, true
}

// sumTo brings before to span i.
func (w *walk) sumTo(i int) {
	if i == w.at {
		return
	}
	if i != w.at+1 { // else the sums differ by one span only
		w.at = w.Advance(&w.before, w.at, w.Begin(i-1))
		w.after = w.before
	}
	s := w.State(i - 1)
	w.before[s] += w.Begin(i) - w.Begin(i-1)
	w.after[s] = w.before[s]
	w.at = i
}

// addSums adds the spans between before and after, which becomes the next before. All of them lie wholly in the column.
func (w *walk) addSums(next int, perNs float64) {
	bits := uint16(0)
	for _, s := range w.has {
		s &= mixtureStates - 1
		sum := w.after[s]
		if d := sum - w.before[s]; d > 0 {
			w.m.share[s] += float32(float64(d) * perNs)
			bits |= 1 << s
			w.before[s] = sum
		}
	}
	w.m.seen |= bits
	w.m.short |= bits
	w.m.spans += next - w.at
	w.at = next
}

// edge is the last whole nanosecond before a column's edge.
func (w *walk) edge(column float64) time.Duration {
	return w.from + time.Duration((column-w.shift)*w.each)
}
