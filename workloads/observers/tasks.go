package observers

import (
	"time"

	"regatta/workloads/recording"
)

// taskLane is an asyncio task's lane, inside the thread of its event loop. Unlike a thread it is not sampled: the probe
// tells every step.
type taskLane struct {
	lane
	over bool
}

// longStep is how long a step must be for the samples of its thread to say what the task did in it: a shorter one may fall
// between two samples.
const longStep = 5 * time.Millisecond

// become notes a change of state.
func (t *taskLane) become(at time.Duration, state recording.State) {
	t.extend(at)
	t.state = state
}

// readySince notes that the task can run now and could have since a timer that fired late was due.
func (t *taskLane) readySince(at, due time.Duration) {
	t.extend(at)
	if due > 0 && due < at {
		t.relabel(due, at, func(s recording.State) recording.State {
			if s == recording.Await {
				return recording.Ready
			}
			return s
		})
	}
	t.state = recording.Ready
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

// write writes a span of the task. During a long step the task does what its thread does: a call that blocks the event
// loop shows as the wait that it is.
func (t *taskLane) write(w *recording.Writer, s recording.Span, thread []recording.Span) {
	if s.State != recording.Running || s.Duration() < longStep {
		w.Span(t.ID, s)
		return
	}
	at := s.Start
	for _, of := range thread {
		start, end := max(of.Start, at), min(of.End, s.End)
		if start >= end {
			continue
		}
		w.Span(t.ID, recording.Span{Start: at, End: start, State: recording.Running})
		w.Span(t.ID, recording.Span{Start: start, End: end, State: of.State, Blocker: of.Blocker, Label: of.Label})
		at = end
	}
	w.Span(t.ID, recording.Span{Start: at, End: s.End, State: recording.Running})
}
