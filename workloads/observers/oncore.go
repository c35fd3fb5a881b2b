package observers

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"regatta/workloads/recording"
)

// coreLanes turns the stays of all threads into a lane for each core.
type coreLanes struct {
	w     *recording.Writer
	lanes map[int]*coreLane
}

// coreLane is the lane of one core.
type coreLane struct {
	recording.Lane
	until   time.Duration    // up to where it is written
	pending []recording.Span // in no order
}

func newCoreLanes(w *recording.Writer) *coreLanes { return &coreLanes{w, map[int]*coreLane{}} }

// lane returns the lane of a core, which is as long as the run.
func (c *coreLanes) lane(core int) *coreLane {
	l, known := c.lanes[core]
	if !known {
		l = &coreLane{Lane: recording.Lane{Kind: recording.CoreLane, Name: fmt.Sprintf("Core %d", core), Core: core, End: recording.StillAlive}}
		l.ID = c.w.AddLane(l.Lane)
		c.lanes[core] = l
	}
	return l
}

// collect takes the stays of a lane during spans that are settled. What the thread did on the core is the span's state. How
// long it worked the spans know better: the stays are stretched to that.
func (c *coreLanes) collect(l *lane, spans []recording.Span) {
	if len(spans) == 0 {
		return
	}
	next := 0
	for _, s := range spans {
		if !s.State.Working() {
			continue
		}
		for next > 0 && l.stays.known[next-1].end > s.Start {
			next--
		}
		for next < len(l.stays.known) && l.stays.known[next].end <= s.Start {
			next++
		}
		for from := s.Start; next < len(l.stays.known) && l.stays.known[next].start < s.End; next++ {
			to := s.End
			if more := next + 1; more < len(l.stays.known) && l.stays.known[more].start < s.End {
				to = l.stays.known[next].end
			}
			on := c.lane(l.stays.known[next].place)
			on.pending = append(on.pending, recording.Span{Start: from, End: to, State: s.State, Blocker: l.ID, Label: s.Label})
			from = to
		}
	}
	l.stays.forget(spans[len(spans)-1].End)
}

// write writes what happened on the cores up to a moment, before which every lane is settled.
func (c *coreLanes) write(upTo time.Duration) {
	for _, l := range c.lanes {
		slices.SortFunc(l.pending, func(a, b recording.Span) int { return cmp.Compare(a.Start, b.Start) })
		later := l.pending[:0]
		for _, s := range l.pending {
			// No two threads are sampled at the same moment: where one's stay seems to begin before another's ends, it is cut.
			s.Start = max(s.Start, l.until)
			if s.End > upTo {
				rest := s
				rest.Start = max(s.Start, upTo)
				later = append(later, rest)
				s.End = upTo
			}
			if s.Start >= s.End {
				continue
			}
			c.w.Span(l.ID, recording.Span{Start: l.until, End: s.Start, State: recording.Unknown})
			c.w.Span(l.ID, s)
			l.until = s.End
		}
		l.pending = later
	}
}

// finish ends the lanes.
func (c *coreLanes) finish(at time.Duration) {
	c.write(at)
	for _, l := range c.lanes {
		c.w.Span(l.ID, recording.Span{Start: l.until, End: at, State: recording.Unknown})
		l.End = at
		c.w.UpdateLane(l.Lane)
	}
}
