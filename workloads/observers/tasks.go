package observers

import (
	"slices"
	"time"

	"regatta/workloads/recording"
)

// tasks are the asyncio tasks of one process, and the event loops that run them. There may be tens of thousands: what is
// done for each of them twenty times a second is done only for those that changed.
type tasks struct {
	lanes   map[uint64]*taskLane // by the probe's number, those that are not wholly written
	order   []*taskLane          // the same
	changed []*taskLane          // those that have something to write
	next    int                  // in order: whose present state is written next

	loops map[*lane]*eventLoop // by thread
}

func newTasks() tasks {
	return tasks{lanes: map[uint64]*taskLane{}, loops: map[*lane]*eventLoop{}}
}

// atOnce is of how many tasks the state that lasts is written at a time, twenty times a second, so that a live view sees it
// before it ends.
const atOnce = 128

// taskLane is an asyncio task's lane, inside the thread of its event loop. Unlike a thread it is not sampled: the probe
// tells every step.
type taskLane struct {
	lane
	id      uint64 // the probe's number
	loop    *eventLoop
	over    bool
	awake   bool // in its step it was told already that it can go on after it
	changed bool // it is in tasks.changed
	place   int  // in tasks.order
	written stretch
}

// stretch is what is written of a span that may go on.
type stretch struct {
	start, end time.Duration
	state      recording.State
}

// longStep is how long a step must be for the samples of its thread to say what the task did in it: a shorter one may fall
// between two samples.
const longStep = 5 * time.Millisecond

func (ts *tasks) add(id uint64, t *taskLane) {
	t.id, t.place = id, len(ts.order)
	ts.order = append(ts.order, t)
	ts.lanes[id] = t
}

func (ts *tasks) remove(t *taskLane) {
	end := len(ts.order) - 1
	last := ts.order[end]
	ts.order[t.place], last.place = last, t.place
	ts.order[end] = nil
	ts.order = ts.order[:end]
	delete(ts.lanes, t.id)
}

// change notes that a task has something to write.
func (ts *tasks) change(t *taskLane) {
	if !t.changed {
		t.changed = true
		ts.changed = append(ts.changed, t)
	}
}

// present brings the states that last up to date of the tasks whose turn it is.
func (ts *tasks) present(upTo time.Duration) {
	for range min(atOnce, len(ts.order)) {
		ts.next %= len(ts.order)
		t := ts.order[ts.next]
		ts.next++
		if t.over {
			continue
		}
		until := upTo
		if t.state == recording.Await {
			until = t.loop.settled(upTo)
		}
		if until > t.until {
			t.extend(until)
			ts.change(t)
		}
	}
}

// finish ends the tasks of a loop; with none, those of all.
func (ts *tasks) finish(at time.Duration, of ...*eventLoop) {
	for _, t := range ts.order {
		if len(of) == 0 || slices.Contains(of, t.loop) {
			t.finish(at)
			ts.change(t)
		}
	}
}

// lose notes that there was no room for the events of a loop from a moment on: what its tasks do is not known.
func (ts *tasks) lose(loop *eventLoop, at time.Duration) {
	if loop.lost {
		return
	}
	loop.lost, loop.busy = true, false
	for _, t := range ts.order {
		if t.loop == loop {
			t.become(at, recording.Unknown)
			ts.change(t)
		}
	}
}

// become notes a change of state.
func (t *taskLane) become(at time.Duration, state recording.State) {
	if t.over {
		return
	}
	t.extend(at)
	t.state = state
}

// readySince notes that the task can run now and, where what woke it was late itself, could have since that was due. One
// that can go on before its step has ended still runs.
func (t *taskLane) readySince(at, due time.Duration) {
	if t.over {
		return
	}
	if t.state == recording.Running {
		t.awake = true
		return
	}
	t.extend(at)
	t.state = recording.Ready
	if n := len(t.known); n > 0 && due > 0 && due < at && t.known[n-1].State == recording.Await {
		last := &t.known[n-1]
		t.until = max(due, last.Start)
		if last.End = t.until; last.End == last.Start {
			t.known = t.known[:n-1]
		}
		t.extend(at)
	}
}

// stepped notes the end of a step.
func (t *taskLane) stepped(at time.Duration, done bool) {
	next := recording.Await
	if t.awake {
		next = recording.Ready
	}
	t.awake = false
	t.become(at, next)
	if done {
		t.finish(at)
	}
}

// extend lets the present state last until at.
func (t *taskLane) extend(at time.Duration) {
	if at <= t.until {
		return
	}
	if n := len(t.known); n > 0 && t.known[n-1].State == t.state {
		t.known[n-1].End = at
	} else {
		t.known = append(t.known, recording.Span{Start: t.until, End: at, State: t.state})
	}
	t.until = at
}

// finish ends the task.
func (t *taskLane) finish(at time.Duration) {
	if t.over {
		return
	}
	t.extend(at)
	t.over, t.End = true, max(at, t.until)
}

// settle writes what is known of the task up to a moment, and tells whether there is more to write later on. Most spans
// are written whole: how long a wait was decides how finely it is told what kept the task waiting.
func (t *taskLane) settle(w *recording.Writer, upTo time.Duration) (more bool) {
	if t.state == recording.Running && !t.over {
		t.extend(upTo)
	}
	n := 0
	for i, s := range t.known {
		whole := t.whole(s)
		long := s.State == recording.Running && whole.Duration() >= longStep
		ends := t.over || i < len(t.known)-1 || s.State != t.state
		switch {
		case s.Start >= upTo, s.State == recording.Running && !ends && !long:
		case s.End <= upTo:
			t.write(w, s, whole.Start, long)
			n++
			continue
		case long:
			t.known[i].Start, s.End = upTo, upTo
			t.write(w, s, whole.Start, long)
		}
		break
	}
	t.known = slices.Delete(t.known, 0, n)
	return len(t.known) > 0 || t.state == recording.Running && !t.over
}

// whole is a span with that part of it that is written already.
func (t *taskLane) whole(s recording.Span) recording.Span {
	if t.written.end == s.Start && t.written.state == s.State {
		s.Start = t.written.start
	}
	return s
}

// write writes a span, or a part of it. During a long step the task does what its thread does: a call that blocks the event
// loop shows as the wait that it is. While it is ready, others kept it waiting.
func (t *taskLane) write(w *recording.Writer, s recording.Span, since time.Duration, long bool) {
	t.written = stretch{since, s.End, s.State}
	parts := []recording.Span{s}
	switch {
	case long:
		parts = during(s, t.loop.wrote)
	case s.State == recording.Ready:
		parts = t.loop.blame(s, since, t.ID)
	}
	for _, part := range parts {
		w.Span(t.ID, part)
	}
}

// during is a span as a thread spent it.
func during(s recording.Span, thread []recording.Span) []recording.Span {
	var parts []recording.Span
	at := s.Start
	first, _ := slices.BinarySearchFunc(thread, s.Start, func(of recording.Span, at time.Duration) int {
		if of.End <= at {
			return -1
		}
		return 1
	})
	for _, of := range thread[first:] {
		start, end := max(of.Start, at), min(of.End, s.End)
		if start >= end {
			break
		}
		if of.State == recording.Unknown { // nobody saw the thread, but the task ran
			continue
		}
		parts = append(parts, recording.Span{Start: at, End: start, State: s.State})
		parts = append(parts, recording.Span{Start: start, End: end, State: of.State, Blocker: of.Blocker, Label: of.Label})
		at = end
	}
	return append(parts, recording.Span{Start: at, End: s.End, State: s.State})
}
