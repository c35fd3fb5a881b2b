package chart

import (
	"slices"
	"time"

	"regatta/workloads/recording"
)

// tally adds up the time that many lanes spend in each state, in steps of time. A picture of a thousand lanes of a
// thousand spans as one row then costs as much as it has steps. It follows lanes that grow, come and go: what it has of
// the others stays.
//
// The steps are as many as the spans by the dozen, within limits, so that a view whose columns are shorter than they are
// holds few spans, and the lanes themselves are walked.
type tally struct {
	width time.Duration // of a step
	parts []recording.Times
	edges []change          // how many more lanes are in a state throughout a step than in the one before
	sums  []recording.Times // what lies before each step
	lanes []*recording.Track
	spans []int // of each lane, that were added; its last one may still grow and is not
}

const (
	fewSpans             = 20_000 // are walked faster than added up
	spansAStep           = 64
	leastSteps, maxSteps = 1024, 131072
)

// tallyOf returns what many lanes add up to, nil for those that need none.
func (c *crowd) tallyOf(name recording.LaneID, lanes []*recording.Track) *tally {
	total, end := 0, time.Duration(0)
	for _, t := range lanes {
		total += t.Len()
		end = max(end, t.SeenUntil())
	}
	if total < fewSpans {
		return nil
	}
	if c.tallies == nil {
		c.tallies = map[recording.LaneID]*tally{}
	}
	y := c.tallies[name]
	if y == nil {
		y = &tally{}
		c.tallies[name] = y
	}
	y.follow(lanes, total, end)
	return y
}

// follow brings the tally to what the lanes are now.
func (y *tally) follow(lanes []*recording.Track, total int, end time.Duration) {
	steps := leastSteps
	for steps < min(total/spansAStep, maxSteps) {
		steps *= 2
	}
	if len(y.parts) < steps || end > y.width*time.Duration(len(y.parts)) {
		width := end/time.Duration(steps) + 1
		if y.parts != nil { // the run goes on: not so soon again
			width *= 2
		}
		*y = tally{
			width: width, parts: make([]recording.Times, steps), edges: make([]change, steps+1), sums: make([]recording.Times, steps+1),
		}
	}
	changed := !slices.Equal(y.lanes, lanes)
	if changed {
		y.replace(lanes)
	}
	for i, t := range y.lanes {
		for n := max(t.Len()-1, 0); y.spans[i] < n; y.spans[i]++ {
			y.add(t, y.spans[i], 1)
			changed = true
		}
	}
	if changed {
		y.sumUp()
	}
}

func (y *tally) sumUp() {
	var in change
	for k := range y.parts {
		before, after := &y.sums[k], &y.sums[k+1]
		for s, part := range y.parts[k] {
			in[s] += y.edges[k][s]
			after[s] = before[s] + part + time.Duration(in[s])*y.width
		}
	}
}

// replace takes out the lanes that are no more among those that are asked for.
func (y *tally) replace(lanes []*recording.Track) {
	had := make(map[*recording.Track]int, len(y.lanes))
	for i, t := range y.lanes {
		had[t] = y.spans[i]
	}
	spans := make([]int, len(lanes))
	for i, t := range lanes {
		spans[i] = had[t]
		delete(had, t)
	}
	for t, n := range had {
		for i := range n {
			y.add(t, i, -1)
		}
	}
	y.lanes, y.spans = slices.Clone(lanes), spans
}

// add adds a span, or takes it out with sign -1.
func (y *tally) add(t *recording.Track, i int, sign time.Duration) {
	begin, end := t.Bounds(i)
	s := t.State(i)
	first, last := begin/y.width, end/y.width
	if first == last {
		y.parts[first][s] += sign * (end - begin)
		return
	}
	y.parts[first][s] += sign * ((first+1)*y.width - begin)
	if rest := end - last*y.width; rest > 0 {
		y.parts[last][s] += sign * rest
	}
	y.edges[first+1][s] += int32(sign)
	y.edges[last][s] -= int32(sign)
}

// addTo gives the steps to a crowd's columns, which are at least as wide. A step that an edge of a column cuts is
// divided as the edge divides it.
func (y *tally) addTo(c *crowd, a axis) {
	for _, t := range y.lanes {
		if n := t.Len(); n > 0 {
			begin, end := t.Bounds(n - 1)
			c.stretch(t.State(n-1), a.column(begin), a.column(end))
		}
	}
	var before, after [mixtureStates]float64
	y.upTo(&before, a, 0)
	for i := range c.columns {
		y.upTo(&after, a, i+1)
		m := &c.columns[i]
		for s := range after {
			if d := after[s] - before[s]; d > 0 {
				m.share[s] += float32(d * a.perNs)
				m.spans += spansAStep // that is many
			}
		}
		before = after
	}
}

// upTo is the time in each state before the left edge of a column.
func (y *tally) upTo(sums *[mixtureStates]float64, a axis, column int) {
	at := (float64(column)-a.shift)*a.each + float64(a.from)
	at = min(max(at/float64(y.width), 0), float64(len(y.parts))) // in steps
	k := min(int(at), len(y.parts)-1)
	part := at - float64(k)
	for s, d := range y.sums[k] {
		sums[s] = float64(d) + part*float64(y.sums[k+1][s]-d)
	}
}
