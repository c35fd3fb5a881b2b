package observers

import (
	"time"

	"regatta/workloads/recording"
)

// Samples say what a thread did; how long it did it they only say to about the time between two of them. The kernel
// counts the time of each thread on the cores to the nanosecond, and while the thread waits, that count stands still. So
// from one wait to the next, the count says how much of the time between was work, and the edges of the work are moved
// until that is so. Work that fell between two samples is put in.

// counted is what the kernel had counted of a thread at a moment at which it waited.
type counted struct {
	at  time.Duration
	ran time.Duration // on cores, since the thread's start
	any bool
}

const (
	// leastWork is the shortest work that is put in where no sample saw any. What is shorter is added to the next.
	leastWork = 50 * time.Microsecond
	// leastWithGIL is the same during a wait for the GIL, in which a thread wakes up every 5 ms only to look.
	leastWithGIL = 200 * time.Microsecond
)

// account holds what is known of the lane since the wait before against what the kernel has counted up to at, at which the
// thread waits again. Where work is put in that no sample saw, it tells from when to when.
func (l *lane) account(at, ran time.Duration) (from, to time.Duration) {
	before := l.counted
	l.counted = counted{at, ran, true}
	should := ran - before.ran
	first, last, worked, ok := l.workSince(before.at)
	switch {
	case !before.any || !ok:
		return 0, 0
	case worked > 0:
		l.moveEdges(first, last, before.at, should-worked)
		return 0, 0
	case should < leastWork || l.state == recording.GIL && should < leastWithGIL:
		l.counted.ran = before.ran
		return 0, 0
	}
	return l.putIn(before.at, at, should)
}

// waits notes that the thread is in the wait still in which it was at the sample before.
func (l *lane) waits(at time.Duration) { l.counted.at = at }

// workSince finds the spans since a moment in which the lane was on a core: the first and the last one, and how long they
// are together. ok is false where not all that happened since then is known and open to correction.
func (l *lane) workSince(from time.Duration) (first, last int, worked time.Duration, ok bool) {
	if len(l.known) == 0 || l.known[0].Start > from {
		return 0, 0, 0, false
	}
	for i := len(l.known) - 1; i >= 0 && l.known[i].End > from; i-- {
		switch s := l.known[i]; s.State {
		case recording.Unknown, recording.Start:
			return 0, 0, 0, false
		case recording.Running, recording.Native:
			if worked == 0 {
				last = i
			}
			first = i
			worked += s.End - max(s.Start, from)
		}
	}
	return first, last, worked, true
}

// moveEdges makes the work from one known span to another longer, or shorter where more is negative, at the cost or to the
// benefit of the waits around it: on both sides alike as far as they allow.
func (l *lane) moveEdges(first, last int, from, more time.Duration) {
	left := l.leftEdge(first, from, more/2)
	right := l.rightEdge(last, more-left)
	l.leftEdge(first, from, more-left-right)
}

// leftEdge moves the start of a span so that it gets longer, and returns by how much it did. A wait for a core before it,
// whose length the kernel has told, moves along.
func (l *lane) leftEdge(i int, from, longer time.Duration) time.Duration {
	wait := i - 1
	for wait >= 0 && l.known[wait].State == recording.Core {
		from = 0 // the thread had been woken by then
		wait--
	}
	if wait < 0 || !waiting(l.known[wait].State) {
		return 0
	}
	room := l.known[wait].End - max(l.known[wait].Start, from) - 1
	longer = max(min(longer, room), -(l.known[i].Duration() - 1))
	for k := wait; k < i; k++ {
		l.known[k].End -= longer
		l.known[k+1].Start -= longer
	}
	return longer
}

// waiting tells whether a lane waits in a state for something other than a core.
func waiting(s recording.State) bool {
	return s != recording.Unknown && s != recording.Core && !s.Working()
}

// rightEdge moves the end of a span so that it gets longer, and returns by how much it did.
func (l *lane) rightEdge(i int, longer time.Duration) time.Duration {
	wait := i + 1
	for wait < len(l.known) && l.known[wait].State == recording.Core {
		wait++
	}
	if wait == len(l.known) || !waiting(l.known[wait].State) {
		return 0
	}
	longer = max(min(longer, l.known[wait].Duration()-1), -(l.known[i].Duration() - 1))
	for k := i; k < wait; k++ {
		l.known[k].End += longer
		l.known[k+1].Start += longer
	}
	return longer
}

// putIn puts work into a stretch without any, between two different waits or in the middle of one, and tells where.
func (l *lane) putIn(from, to, work time.Duration) (start, end time.Duration) {
	work = min(work, to-from)
	middle := from + (to-from)/2
	if at := l.known[len(l.known)-1].Start; at > from {
		middle = at
	}
	start = min(max(middle-work/2, from), to-work)
	l.relabel(start, start+work, func(recording.State) recording.State { return recording.Running })
	return start, start + work
}
