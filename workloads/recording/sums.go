package recording

import "time"

// How the time in each state is added up
//
// A picture of a million spans asks for the time in each state of every column, a table for that of whole lanes. Walking
// the spans makes both as slow as the recording is long. So each track keeps running sums: what the spans before every
// 16th one add up to, by state. A stretch is then the difference of two rows and the few spans at its ends, whatever it
// holds. A track only grows at its end, and only its last span can still change, so the rows are added as the spans
// come and never looked at again.
//
// 16 spans a row cost 6 bytes a span. Rejected: 32 of them (a column of some twenty spans is walked for the most part, and
// with very many the nearest row is too far), a tree over the rows (the sums are linear already, so two rows are enough),
// sums over steps of time (a lane of two spans would pay for an hour of them, and the steps would show when the view is
// zoomed in), and building the rows when they are first asked for (then the first picture is late).

// Times is the time in each state, by state.
type Times [numStates]time.Duration

const blockSpans = 16

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

// Advance takes times from what the spans before span i add up to, 0 <= i < Len, to what those before another one do: the
// first from i on that ends after until, which it returns. It takes as long for many spans as for a few. Before span 0 are
// none, so that zero times and i = 0 are where to begin.
func (t *Track) Advance(times *Times, i int, until time.Duration) int {
	if row := t.lastRow(i/blockSpans, until); row > i/blockSpans {
		*times = t.sums.rows[row]
		i = row * blockSpans
	}
	// The next row begins after until, so that these are few.
	starts := t.starts[i:]
	states := t.states[i:][:len(starts)]
	start := starts[0]
	for k, end := range starts[1:] {
		if end > until {
			return i + k
		}
		times[states[k]] += end - start
		start = end
	}
	last := len(starts) - 1
	if t.end > until {
		return i + last
	}
	times[states[last]] += t.end - start
	return i + last + 1
}

// AdvanceRows is Advance for those who need not know exactly where it stops: it stops where the row of sums begins that
// until lies in, be that before span i, and says when that is. It looks at no span at all. It is for very many spans.
func (t *Track) AdvanceRows(times *Times, i int, until time.Duration) (next int, begin time.Duration) {
	row := t.lastRow(i/blockSpans, until)
	*times = t.sums.rows[row]
	return row * blockSpans, t.sums.begin[row]
}

// lastRow is the last row, from or after it, whose spans before it all end at or before until. Rows that are asked for one
// after the other are near to each other: it looks at the next few, then in strides that double, then between the last two.
func (t *Track) lastRow(from int, until time.Duration) int {
	begin := t.sums.begin
	low := from
	for range 4 {
		if low+1 >= len(begin) || begin[low+1] > until {
			return low
		}
		low++
	}
	stride := 1
	for low+stride < len(begin) && begin[low+stride] <= until {
		low += stride
		stride *= 2
	}
	high := min(low+stride, len(begin))
	for high-low > 1 {
		if middle := int(uint(low+high) / 2); begin[middle] <= until {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// Between adds up the time in each state between from and to.
func (t *Track) Between(from, to time.Duration) Times {
	var before, times Times
	if t.Len() == 0 || from >= t.end || to <= from {
		return times
	}
	i := t.Advance(&times, 0, from)
	before = times
	if start := t.starts[i]; start < from { // only its rest counts
		before[t.states[i]] += from - start
	}
	if i = t.Advance(&times, i, to); i < t.Len() && t.starts[i] < to {
		times[t.states[i]] += to - t.starts[i]
	}
	for s := range times {
		times[s] -= before[s]
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
