package observers

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"regatta/workloads/recording"
)

// stay is a stretch of time that a thread spent on one core.
type stay struct {
	start, end time.Duration
	core       int
}

// offCore stands for the core of a thread that is on none.
const offCore = -1

// stays are a thread's latest stays on cores, as the samples show them.
type stays struct {
	known []stay
	open  bool          // at the sample before, the thread was on the core of the last stay
	at    time.Duration // of that sample
}

// saw notes which core the thread was on at a sample, or offCore. As with a lane's states, a change is put in the middle
// between two samples.
func (s *stays) saw(at time.Duration, core int) {
	half := at - (at-s.at)/2
	same := false
	if s.open {
		last := &s.known[len(s.known)-1]
		if same = last.core == core; same {
			last.end = at
		} else {
			last.end = half
		}
	}
	s.open, s.at = core != offCore, at
	if s.open && !same {
		s.known = append(s.known, stay{half, at, core})
	}
}

// cut takes out the time in which the thread turned out to have waited for the core.
func (s *stays) cut(from, to time.Duration) {
	var left []stay
	for i, k := range s.known {
		if k.end <= from || k.start >= to {
			left = append(left, k)
			continue
		}
		if k.start < from {
			left = append(left, stay{k.start, from, k.core})
		}
		// The next sample makes the open one longer, even where nothing is left of it now.
		if k.end > to || s.open && i == len(s.known)-1 {
			left = append(left, stay{min(to, k.end), k.end, k.core})
		}
	}
	s.known = left
}

// add adds a stay between two samples that did not see it.
func (s *stays) add(start, end time.Duration, core int) {
	if n := len(s.known); core != offCore && !s.open && (n == 0 || s.known[n-1].end <= start) {
		s.known = append(s.known, stay{start, end, core})
	}
}

// forget drops what ended before a moment.
func (s *stays) forget(upTo time.Duration) {
	n := len(s.known)
	if s.open {
		n--
	}
	done := 0
	for done < n && s.known[done].end <= upTo {
		done++
	}
	s.known = slices.Delete(s.known, 0, done)
}

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
			on := c.lane(l.stays.known[next].core)
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
