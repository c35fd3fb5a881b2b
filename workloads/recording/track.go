package recording

import (
	"sort"
	"time"
)

// Track is a lane with its spans. The spans cover the lane's life without gap or overlap: what was not seen is a span
// in state Unknown.
//
// Spans are kept as columns, so that a million of them take some 25 MB with their sums and a search touches only the starts: span i lasts
// from starts[i] to starts[i+1], the last one to end.
type Track struct {
	Lane
	starts   []time.Duration
	states   []State
	blockers []LaneID
	labels   []uint32 // index into Recording.labels; 0 is no label
	end      time.Duration
	sums     sums
	rec      *Recording
}

// Len is the number of spans.
func (t *Track) Len() int { return len(t.starts) }

// Span returns span i, 0 <= i < Len.
func (t *Track) Span(i int) Span {
	return Span{
		Start: t.starts[i], End: t.spanEnd(i), State: t.states[i],
		Blocker: t.blockers[i], Label: t.rec.labels[t.labels[i]],
	}
}

// State, Begin and Bounds are parts of span i, for those who look at very many.
func (t *Track) State(i int) State { return t.states[i] }

// Begin is where span i begins.
func (t *Track) Begin(i int) time.Duration { return t.starts[i] }

// Bounds is where span i begins and ends.
func (t *Track) Bounds(i int) (start, end time.Duration) { return t.starts[i], t.spanEnd(i) }

func (t *Track) spanEnd(i int) time.Duration {
	if i+1 < len(t.starts) {
		return t.starts[i+1]
	}
	return t.end
}

// SeenUntil is the end of the last span, or the lane's start where there is none.
func (t *Track) SeenUntil() time.Duration {
	if len(t.starts) == 0 {
		return t.Start
	}
	return t.end
}

// Search returns the index of the first span that ends after at: the span that holds at, or the next one. It is Len
// when every span ends before.
func (t *Track) Search(at time.Duration) int {
	if len(t.starts) == 0 || at >= t.end {
		return len(t.starts)
	}
	i := sort.Search(len(t.starts), func(i int) bool { return t.starts[i] > at })
	return max(i-1, 0)
}

// append adds a span at the end: it joins a neighbour in the same state, fills what nobody saw with Unknown and cuts
// off what was covered already.
func (t *Track) append(s Span, label uint32) {
	if n := len(t.starts); n > 0 {
		s.Start = max(s.Start, t.end)
		if s.End <= s.Start {
			return
		}
		if s.Start > t.end {
			t.push(t.end, Unknown, NoLane, 0)
		}
		if n = len(t.starts); t.states[n-1] == s.State && t.blockers[n-1] == s.Blocker && t.labels[n-1] == label && t.end >= s.Start {
			t.end = s.End
			return
		}
	} else if s.End <= s.Start {
		return
	}
	t.push(s.Start, s.State, s.Blocker, label)
	t.end = s.End
}

func (t *Track) push(start time.Duration, state State, blocker LaneID, label uint32) {
	if n := len(t.starts); n > 0 {
		t.sums.close(t.states[n-1], start-t.starts[n-1], n, start)
	} else {
		t.sums.close(state, 0, 0, start)
	}
	t.starts = append(t.starts, start)
	t.states = append(t.states, state)
	t.blockers = append(t.blockers, blocker)
	t.labels = append(t.labels, label)
}
