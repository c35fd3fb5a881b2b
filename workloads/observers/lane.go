package observers

import (
	"time"

	"regatta/workloads/recording"
)

// lane is a lane under observation. What is seen of it is kept for a while before it is written, since what is learned
// later can change it: that the interpreter was still starting, that the thread only waited for a core.
type lane struct {
	recording.Lane
	known   []recording.Span // consecutive, not yet written
	wrote   time.Duration    // the end of the last span that was written
	until   time.Duration    // the end of the last span, known or written
	state   recording.State  // as it was seen last
	blocker recording.LaneID // likewise
	label   string           // the function that it is in, as far as that is known
	stays   stays            // on cores
	counted counted          // by the kernel
	told    time.Duration    // when it ended according to the probe, 0 while that is not known
	started time.Duration    // everything before is start-up; notYet while its end is not known
	inStart bool             // it has a start-up of its own
}

// notYet is a time that is not known so far.
const notYet time.Duration = -1

// saw notes that the lane was in a state at a moment. A change of state is put in the middle between two samples.
func (l *lane) saw(at time.Duration, state recording.State, blocker recording.LaneID) {
	before := l.state
	l.state, l.blocker = state, blocker
	s := recording.Span{Start: l.until, End: at, State: state, Blocker: blocker, Label: l.label}
	if n := len(l.known); n > 0 {
		last := &l.known[n-1]
		if last.State == state && last.Blocker == blocker && last.Label == l.label {
			last.End = at
			l.until = at
			return
		}
		if last.State == before { // else the span was corrected up to its very end
			last.End += (at - last.End) / 2
		}
		s.Start = last.End
	}
	l.known = append(l.known, s)
	l.until = at
}

// still notes that the lane is in the wait in which it was seen last.
func (l *lane) still(at time.Duration) {
	l.saw(at, l.state, l.blocker)
	l.stays.saw(at, nowhere)
	l.waits(at)
}

// missed notes that nothing is known of the lane up to a moment.
func (l *lane) missed(at time.Duration) {
	if at > l.until {
		l.known = append(l.known, recording.Span{Start: l.until, End: at, State: recording.Unknown})
		l.until = at
	}
}

// queued notes that the thread was taken off its core since a moment at which it was ready, and waited so long for one, up
// to another moment. Since that looks like being on it, so much of what was taken for work was waiting.
func (l *lane) queued(since, end, waited time.Duration) {
	for i := len(l.known) - 1; i >= 0 && l.known[i].Start > since && !l.known[i].State.Working(); i-- {
		end = l.known[i].Start // it waits for something else since then
	}
	l.queuedUpTo(end, waited)
}

// woken notes that the thread was woken since a moment, and waited so long for a core. While it did, it was taken to be in
// the wait that it was woken from. Its work follows.
func (l *lane) woken(since, waited time.Duration) {
	end := l.until
	if first, _, worked, ok := l.workSince(since); ok && worked > 0 {
		end = max(l.known[first].Start, since)
	} else if n := len(l.known); n > 0 && l.known[n-1].Start > since {
		end = l.known[n-1].Start
	}
	l.queuedUpTo(end, waited)
}

// queuedUpTo turns so much of the latest time before a moment into waiting for a core.
func (l *lane) queuedUpTo(end, waited time.Duration) {
	for i := len(l.known) - 1; i >= 0 && waited > 0; i-- {
		s := l.known[i]
		to := min(s.End, end)
		switch {
		case s.Start >= end || s.State == recording.Core: // later, or another time
		case s.State == recording.Unknown || s.State == recording.Start:
			return
		default:
			from := max(s.Start, to-waited)
			waited -= to - from
			l.stays.cut(from, to)
			l.relabel(from, to, func(recording.State) recording.State { return recording.Core })
		}
	}
}

// relabel changes the states of what is not yet written between from and to, splitting spans at the edges.
func (l *lane) relabel(from, to time.Duration, change func(recording.State) recording.State) {
	for i := 0; i < len(l.known); i++ {
		s := l.known[i]
		start, end := max(s.Start, from), min(s.End, to)
		state := change(s.State)
		if start >= end || state == s.State {
			continue
		}
		if start == s.Start && end == s.End {
			l.known[i].State, l.known[i].Blocker = state, recording.NoLane
			continue
		}
		var parts []recording.Span
		if s.Start < start {
			before := s
			before.End = start
			parts = append(parts, before)
		}
		parts = append(parts, recording.Span{Start: start, End: end, State: state, Label: s.Label})
		if end < s.End {
			after := s
			after.Start = end
			parts = append(parts, after)
		}
		l.known = append(l.known[:i], append(parts, l.known[i+1:]...)...)
		i += len(parts) - 1
	}
}

// take returns what is known up to a moment and forgets it. The spans are consecutive.
func (l *lane) take(upTo time.Duration) []recording.Span {
	var taken []recording.Span
	for len(l.known) > 0 && l.known[0].Start < upTo {
		s := l.known[0]
		if s.End > upTo {
			l.known[0].Start = upTo
			s.End = upTo
			taken = append(taken, s)
			break
		}
		taken = append(taken, s)
		l.known = l.known[1:]
	}
	return taken
}
