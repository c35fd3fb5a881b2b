package observers

import (
	"strings"
	"time"

	"regatta/workloads/recording"
)

// applyTask brings an event of a task into the book: that it can run, runs, or has run.
func (b *book) applyTask(p *process, e event, at time.Duration) {
	t := p.tasks.lanes[e.id]
	switch e.kind {
	case readyEvent:
		if t != nil {
			t.readySince(at, b.start.At(int64(e.arg)))
		}
	case stepEvent:
		loop := b.loop(p, e.tid, at)
		if t == nil { // of a loop that goes on after a fork
			loop.begin(at, loop.thread.ID, "")
			return
		}
		if t.loop != loop { // it was made in another thread
			t.loop = loop
			t.Parent, t.TID = loop.thread.ID, loop.thread.TID
			b.w.UpdateLane(t.Lane)
		}
		t.become(at, recording.Running)
		loop.begin(at, t.ID, t.Detail)
	case stepEndEvent:
		if t != nil {
			t.stepped(at, e.arg == 1)
			t.loop.stepped(at, t.ID)
		}
	}
	if t != nil {
		p.tasks.change(t)
	}
}

// nameTask names a task, a new one where it is not known.
func (b *book) nameTask(p *process, e event, at time.Duration) {
	name, coroutine, _ := strings.Cut(e.text, "\x1f")
	t, known := p.tasks.lanes[e.id]
	if !known {
		t = &taskLane{loop: b.loop(p, e.tid, at)}
		thread := t.loop.thread
		t.state = recording.Ready
		t.Lane = recording.Lane{Parent: thread.ID, Kind: recording.Task, PID: p.PID, TID: thread.TID, Start: at, End: recording.StillAlive, Name: name, Detail: coroutine}
		t.until = at
		t.ID = b.w.AddLane(t.Lane)
		p.tasks.add(e.id, t)
	}
	b.rename(&t.lane, name, coroutine)
}

// loop returns the event loops of a thread.
func (b *book) loop(p *process, tid int, at time.Duration) *eventLoop {
	thread := b.threadAt(p, tid, at)
	l, known := p.tasks.loops[thread]
	if !known {
		l = &eventLoop{thread: thread, blocking: b.blockingAfter, idleIn: map[string]time.Duration{}}
		p.tasks.loops[thread] = l
	}
	return l
}
