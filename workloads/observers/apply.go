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
	p.heard = max(p.heard, at)
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
			l := b.threadAt(p, e.tid, at)
			l.began(at)
			b.rename(l, name, detail)
		}
	case threadEndEvent:
		if l := b.threadAt(p, e.tid, at); e.tid != p.PID {
			l.tell(at)
			if l.End == recording.StillAlive && l.until == l.Start { // it came and went between two samples
				b.threadEnded(p, e.tid, at)
			}
		}
	case taskEvent:
		b.nameTask(p, e, at)
	case readyEvent, stepEvent, stepEndEvent:
		b.applyTask(p, e, at)
	case callbackEvent:
		b.loop(p, e.tid, at).called(max(at-time.Duration(e.arg), 0), at, e.text)
	case callingEvent:
		if loop := b.loop(p, e.tid, at); e.arg == 0 {
			loop.calledNothing()
		} else {
			loop.calls(at)
		}
	case droppedEvent:
		if loop := p.tasks.loops[b.threadAt(p, e.tid, at)]; loop != nil {
			p.tasks.lose(loop, at)
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

// splitThread parts "Thread-1 (sum_range)", the name that Python gives, into the name and what the thread runs.
func splitThread(text string) (name, detail string) {
	name, rest, found := strings.Cut(text, " (")
	if function, closed := strings.CutSuffix(rest, ")"); found && closed {
		return name, function
	}
	return text, ""
}
