package observers

import (
	"time"

	"regatta/workloads/recording"
)

// settleThread writes what is known of a thread and returns it. The tasks of a thread that has ended end with it.
func (b *book) settleThread(p *process, l *lane, upTo time.Duration) []recording.Span {
	wrote := b.write(l, upTo)
	loop := p.tasks.loops[l]
	if loop == nil {
		return wrote
	}
	if l.End != recording.StillAlive && len(l.known) == 0 && !loop.over {
		loop.over = true
		loop.end(l.End)
		p.tasks.finish(l.End, loop)
	}
	loop.account(wrote)
	return wrote
}

// settleTasks writes what is known of the tasks of a process, whose threads are written up to then.
func (b *book) settleTasks(p *process, upTo, probed time.Duration) {
	ts := &p.tasks
	ts.present(min(upTo, probed))
	changed := ts.changed
	ts.changed = ts.changed[:0]
	for _, t := range changed {
		t.changed = false
		switch {
		case t.settle(b.w, t.loop.settling(upTo)):
			ts.change(t)
		case t.over:
			b.w.UpdateLane(t.Lane)
			ts.remove(t)
		}
	}
	clear(changed[len(ts.changed):])
	for thread, loop := range ts.loops {
		loop.wrote = nil
		loop.note(b.w, loop.settling(upTo))
		loop.turns.forget(upTo)
		if loop.over {
			delete(ts.loops, thread)
		}
	}
}
