package observers

import (
	"sort"
	"time"

	"regatta/workloads/recording"
)

// What keeps a task waiting are the turns of others in its loop meanwhile. To name every one would take a span for each
// turn and each waiting task: a hundred million when ten thousand tasks wake up together. So a turn is named where it is
// at least a 64th of the wait; shorter ones together count as the loop's thread, which was busy with many. Turns are kept
// by length, so that only those long enough are looked at, and the shorter are forgotten the sooner.
const (
	share  = 64
	levels = 10
	// between is how long a loop may take from one turn to the next without a word about it.
	between = 50 * time.Microsecond
)

// turns are the turns of a loop: level n has those of at least shortest(n), in the order of time.
type turns [levels][]turn

// shortest is the length of the shortest turn of a level: 0, 64 µs, 256 µs, 1 ms, ... 4 s.
func shortest(level int) time.Duration {
	if level == 0 {
		return 0
	}
	return 64 * time.Microsecond << (2 * (level - 1))
}

func (ts *turns) add(t turn) {
	for level := range ts {
		if t.duration() < shortest(level) {
			break
		}
		ts[level] = append(ts[level], t)
	}
}

// forget drops the turns that no wait asks for any more: one that is not written up to then and reaches back to them is so
// long that it looks for longer ones.
func (ts *turns) forget(upTo time.Duration) {
	for level := range levels - 1 {
		before := upTo - share*shortest(level+1)
		n := sort.Search(len(ts[level]), func(i int) bool { return ts[level][i].end >= before })
		ts[level] = ts[level][n:]
	}
}

// in lists the turns between two moments, all those of at least a length and some shorter ones. all is true where none was
// left out.
func (ts *turns) in(from, to, least time.Duration) (found []turn, all bool) {
	level := 0
	for level+1 < levels && shortest(level+1) <= least {
		level++
	}
	found = ts[level]
	first := sort.Search(len(found), func(i int) bool { return found[i].end > from })
	last := sort.Search(len(found), func(i int) bool { return found[i].start >= to })
	return found[first:max(first, last)], level == 0
}

// blame parts a stretch in which a task of the loop was ready, since a moment at or before its start, by who kept it
// waiting. Where nobody did, since the loop only woke up late, there is no blocker.
func (l *eventLoop) blame(s recording.Span, since time.Duration, task recording.LaneID) []recording.Span {
	least := (s.End - since) / share
	found, all := l.turns.in(s.Start, s.End, least)
	var parts []recording.Span
	at, others := s.Start, !all
	add := func(to time.Duration, blocker recording.LaneID) {
		if to > at {
			parts = append(parts, recording.Span{Start: at, End: to, State: s.State, Blocker: blocker})
			at = to
		}
	}
	rest := func(to time.Duration) {
		if others {
			add(to, l.thread.ID)
		} else {
			add(to, recording.NoLane)
		}
		others = !all
	}
	tell := func(t turn) {
		start, end := max(t.start, at), min(t.end, s.End)
		switch {
		case start >= end || t.lane == task:
		case t.duration() < least:
			others = true
		default:
			if gap := start - at; gap >= between || gap >= end-start {
				rest(start)
			}
			add(end, t.lane)
		}
	}
	for _, t := range found {
		tell(t)
	}
	if l.busy && l.now.start < s.End {
		tell(turn{l.now.start, s.End, l.now.lane})
	}
	if n := len(parts); n > 0 && s.End-at < min(between, parts[n-1].Duration()) {
		parts[n-1].End, at = s.End, s.End
	}
	rest(s.End)
	return parts
}
