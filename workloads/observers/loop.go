package observers

import (
	"time"

	"regatta/workloads/recording"
)

// eventLoop is a thread that runs event loops, as the probe tells it: what it runs, one after the other.
type eventLoop struct {
	thread   *lane
	blocking time.Duration // how long a turn must be to be noted; 0 is for ever
	lost     bool          // there was no room for more events
	over     bool          // the thread has ended

	now    slow // the present turn, where busy says that there is one
	busy   bool
	ended  time.Duration // the turn before
	rested time.Duration // all that was due by then has been seen to run

	turns turns
	slow  []slow           // that are not written yet
	wrote []recording.Span // of the thread, as it was settled last

	idleIn map[string]time.Duration // which function the thread is in while the loop runs nothing: the one that called it
}

// turn is a stretch of time in which the loop belonged to a step of one task, or to one callback that is none.
type turn struct {
	start, end time.Duration
	lane       recording.LaneID // the task's, or the thread's
}

func (t turn) duration() time.Duration { return t.end - t.start }

const (
	// rest is how long a loop must run nothing for it to be certain that all its timers that were due have fired.
	rest = time.Millisecond
	// lateTimer is how late a timer may fire by itself.
	lateTimer = 50 * time.Millisecond
)

// begin notes that the loop runs something from now on. name is what it is called where no function is known of it.
func (l *eventLoop) begin(at time.Duration, lane recording.LaneID, name string) {
	if l.lost {
		return
	}
	if l.isCallback() {
		l.busy = false // its end was not told, so it was short
	}
	l.end(at) // a loop that runs inside a step of another one
	if at-l.ended >= rest {
		l.rested = max(l.ended, at-lateTimer)
	}
	l.now, l.busy = slow{turn: turn{start: at, lane: lane}, name: name}, true
}

// isCallback tells whether the loop is in a callback that is no task.
func (l *eventLoop) isCallback() bool { return l.busy && l.now.lane == l.thread.ID }

// end notes that the present turn has ended.
func (l *eventLoop) end(at time.Duration) {
	if !l.busy {
		return
	}
	l.busy = false
	l.now.end = max(at, l.now.start)
	l.ended = l.now.end
	l.turns.add(l.now.turn)
	if l.blocking > 0 && l.now.duration() >= l.blocking {
		l.slow = append(l.slow, l.now)
	}
}

// stepped notes the end of a task's step.
func (l *eventLoop) stepped(at time.Duration, task recording.LaneID) {
	if l.busy && l.now.lane == task {
		l.end(at)
	}
}

// called notes a callback that has ended.
func (l *eventLoop) called(from, to time.Duration, name string) {
	if !l.busy {
		l.begin(max(from, l.ended), l.thread.ID, name)
	}
	if l.isCallback() { // and not inside a step, which counts
		l.now.name = name
		l.end(to)
	}
}

// calls notes that a callback is running since a moment.
func (l *eventLoop) calls(since time.Duration) {
	if !l.busy && since >= l.ended {
		l.begin(since, l.thread.ID, "")
	}
}

// calledNothing notes that the callback that was running has ended: a short one is told in no other way.
func (l *eventLoop) calledNothing() {
	if l.isCallback() {
		l.busy = false
	}
}

// settled is the moment up to which a task of the loop that awaits something is known to do so, at most upTo. A timer that
// becomes due while the loop is kept busy fires only after that, and then the task could have gone on before.
func (l *eventLoop) settled(upTo time.Duration) time.Duration {
	if l.busy || l.ended > upTo {
		return min(upTo, l.rested)
	}
	return upTo
}

// settling is the moment up to which the loop's tasks are written when others are up to upTo: a thread that has ended is
// written to its end.
func (l *eventLoop) settling(upTo time.Duration) time.Duration {
	if l.over {
		return max(upTo, l.thread.End)
	}
	return upTo
}
