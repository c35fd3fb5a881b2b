package observers

import (
	"strings"
	"time"

	"regatta/workloads/recording"
)

// apply brings one of the probe's events into the book.
func (b *book) apply(e event) {
	at := max(b.start.At(e.at), 0)
	p := b.find(e.pid)
	if p == nil {
		p = b.process(e.pid, 0, at)
	}
	switch e.kind {
	case processEvent:
		p.probed = true
		b.nameProcess(p, e.text, at)
	case mainEvent:
		if p.started == notYet && p.Parent == recording.NoLane {
			b.w.Mark(recording.MarkMain, at)
		}
		p.started = at // the last one counts
	case threadEvent:
		if e.tid != p.PID {
			name, detail := splitThread(e.text)
			b.rename(b.threadAt(p, e.tid, at), name, detail)
		}
	case threadEndEvent:
		// The kernel's word on the end is later and better, but a short thread may come and go between two samples.
		if l := b.threadAt(p, e.tid, at); e.tid != p.PID && l.End == recording.StillAlive && l.until == l.Start {
			b.threadEnded(p, e.tid, at)
		}
	case taskEvent:
		b.nameTask(p, e, at)
	case readyEvent:
		if t := p.tasks[e.id]; t != nil {
			t.readySince(at, b.start.At(int64(e.arg)))
		}
	case stepEvent:
		if t := p.tasks[e.id]; t != nil {
			t.become(at, recording.Running)
		}
	case stepEndEvent:
		if t := p.tasks[e.id]; t != nil {
			t.become(at, recording.Await)
			if e.arg == 1 {
				t.finish(at)
			}
		}
	}
}

// nameProcess names a process as multiprocessing does. The first one is known by its main thread.
func (b *book) nameProcess(p *process, name string, at time.Duration) {
	if p.Parent == recording.NoLane {
		b.rename(&p.lane, "MainThread", "python")
		return
	}
	if p.Helper = name == "forkserver" || name == "resource tracker"; p.Helper {
		p.started = at // it never gets to a program of its own
	}
	b.rename(&p.lane, name, "python")
}

func (b *book) nameTask(p *process, e event, at time.Duration) {
	name, coroutine, _ := strings.Cut(e.text, "\x1f")
	t, known := p.tasks[e.id]
	if !known {
		loop := b.threadAt(p, e.tid, at)
		t = &taskLane{}
		t.state = recording.Ready
		t.Lane = recording.Lane{Parent: loop.ID, Kind: recording.Task, PID: p.PID, TID: e.tid, Start: at, End: recording.StillAlive, Name: name, Detail: coroutine}
		t.until = at
		t.ID = b.w.AddLane(t.Lane)
		p.tasks[e.id] = t
	}
	b.rename(&t.lane, name, coroutine)
}

// splitThread parts "Thread-1 (sum_range)", the name that Python gives, into the name and what the thread runs.
func splitThread(text string) (name, detail string) {
	name, rest, found := strings.Cut(text, " (")
	if function, closed := strings.CutSuffix(rest, ")"); found && closed {
		return name, function
	}
	return text, ""
}
