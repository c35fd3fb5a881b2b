package recording

import "time"

// How the time in each state is added up
//
// A picture of a million spans asks for the time in each state of every column, a table for that of whole lanes. Walking
// the spans makes both as slow as the recording is long. So each track keeps running sums: what the spans before every
// 32nd one add up to, by state. A stretch is then the difference of two rows and the few spans at its ends, whatever it
// holds. A track only grows at its end, and only its last span can still change, so the rows are added as the spans
// come and never looked at again.
//
// 32 spans a row cost 3 bytes a span. Rejected: a tree over the rows (the sums are linear already, so two rows are
// enough), sums over steps of time (a lane of two spans would pay for an hour of them, and the steps would show when
// the view is zoomed in), and building the rows when they are first asked for (then the first picture is late).

// Times is the time in each state, by state.
type Times [numStates]time.Duration

const blockSpans = 32

// sums is the running sums of a track.
type sums struct {
	rows  []Times         // rows[k] is what the spans before span k*blockSpans add up to
	begin []time.Duration // where the first span after each row begins: near to each other, for searching
	total Times           // of all spans but the last, which may still grow
}

// close adds the span that was the last one, when the n-th span begins after it. Span 0 has none before it: d is 0.
func (s *sums) close(state State, d time.Duration, n int, start time.Duration) {
	s.total[state] += d
	if n%blockSpans == 0 {
		s.rows = append(s.rows, s.total)
		s.begin = append(s.begin, start)
	}
}

// Total is the time in each state over the whole track.
func (t *Track) Total() Times {
	total := t.sums.total
	if n := len(t.starts); n > 0 {
		total[t.states[n-1]] += t.end - t.starts[n-1]
	}
	return total
}

// Sum adds the spans from i on that end at or before until to times, and returns the first span that does not. It takes
// as long for many spans as for a few.
func (t *Track) Sum(times *Times, i int, until time.Duration) int {
	n := len(t.starts)
	if i = t.sumUpTo(times, i, min((i+blockSpans-1)/blockSpans*blockSpans, n), until); i%blockSpans != 0 || i == n {
		return i
	}
	i = t.sumRows(times, i, until)
	return t.sumUpTo(times, i, min(i+blockSpans, n), until)
}

// SumRows is Sum for those who need not know exactly where it stops: it stops at most one row of sums before until, and
// looks at no span of that row. It is for very many spans.
func (t *Track) SumRows(times *Times, i int, until time.Duration) int {
	if i = t.sumUpTo(times, i, min((i+blockSpans-1)/blockSpans*blockSpans, len(t.starts)), until); i%blockSpans != 0 || i == len(t.starts) {
		return i
	}
	return t.sumRows(times, i, until)
}

// Rows is SumRows from a span where a row begins, ok false where none does. It looks at no span at all, and tells where
// the first and the next begin.
func (t *Track) Rows(times *Times, i int, until time.Duration) (next int, begin, end time.Duration, ok bool) {
	if i%blockSpans != 0 || i/blockSpans >= len(t.sums.begin) {
		return i, 0, 0, false
	}
	next = t.sumRows(times, i, until)
	return next, t.sums.begin[i/blockSpans], t.sums.begin[next/blockSpans], next > i
}

// sumRows adds the rows from span i on, where one begins, that end at or before until.
func (t *Track) sumRows(times *Times, i int, until time.Duration) int {
	from := i / blockSpans
	to := t.lastRow(from, until)
	if to > from {
		a, b := &t.sums.rows[from], &t.sums.rows[to]
		for s := range times {
			times[s] += b[s] - a[s]
		}
	}
	return to * blockSpans
}

// sumUpTo is Sum for few spans: it stops before span last.
func (t *Track) sumUpTo(times *Times, i, last int, until time.Duration) int {
	if i >= last {
		return i
	}
	start := t.starts[i]
	for ; i+1 < len(t.starts) && i < last; i++ {
		end := t.starts[i+1]
		if end > until {
			return i
		}
		times[t.states[i]] += end - start
		start = end
	}
	if i < last && t.end <= until {
		times[t.states[i]] += t.end - start
		i++
	}
	return i
}

// lastRow is the last row, from or after it, whose spans all end at or before until. Rows that are asked for one after
// the other are near to each other: it looks in strides that double, then between the last two.
func (t *Track) lastRow(from int, until time.Duration) int {
	before := func(row int) bool { return row < len(t.sums.begin) && t.sums.begin[row] <= until }
	if !before(from + 1) {
		return from
	}
	low, stride := from+1, 1
	for before(low + stride) {
		low += stride
		stride *= 2
	}
	high := low + stride
	for high-low > 1 {
		if middle := int(uint(low+high) / 2); before(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// Between adds up the time in each state between from and to.
func (t *Track) Between(from, to time.Duration) Times {
	var times Times
	i := t.Search(from)
	if i == t.Len() || t.starts[i] >= to || to <= from {
		return times
	}
	if start := t.starts[i]; start < from { // only its rest counts
		end := min(t.spanEnd(i), to)
		times[t.states[i]] += end - from
		i++
	}
	if i = t.Sum(&times, i, to); i < t.Len() && t.starts[i] < to {
		times[t.states[i]] += to - t.starts[i]
	}
	return times
}

// StateTimes is Between as a map, without the states that did not occur.
func (t *Track) StateTimes(from, to time.Duration) map[State]time.Duration {
	times := map[State]time.Duration{}
	for s, d := range t.Between(from, to) {
		if d > 0 {
			times[State(s)] = d
		}
	}
	return times
}
