//go:build !linux && !windows

package observers

import "time"

// watchLanes follows the lanes through the probe alone. What a thread does between its start and its end is not known then,
// and shown so.
//
// On macOS there is more to be had, but not here. The interpreter's memory takes the task port of the process, which is for
// root. The states of its threads (proc_pidinfo with PROC_PIDTHREADINFO) need none, but do take libproc, and so cgo, which a
// build on another system lacks; the raw system call behind it is no promise of Apple's. And gopsutil has no threads on
// this system. A state that was guessed from the process's CPU time would be true of processes with one thread only.
func (o *watch) watchLanes(b *book) {
	o.w.Warn("on this system only start, end, names and asyncio steps of the lanes are seen, not what threads wait for")
	events, mains, probed := newEventReader(o.target.Events), mainThreads{}, false
	tick := time.NewTicker(turnEvery)
	defer tick.Stop()
	for running := true; running; {
		select {
		case <-tick.C:
		case <-o.stop:
			running = false
		}
		at := o.target.Start.Now()
		events.poll(func(e event) {
			probed = true
			e = mains.rename(e)
			b.apply(e)
			switch p := b.processes[e.pid]; {
			case p == nil:
			case e.kind == threadEndEvent:
				b.threadEnded(p, e.tid, b.start.At(e.at))
			case e.kind == processEndEvent:
				b.processEnded(p, b.start.At(e.at))
			}
		})
		for _, p := range b.processes {
			p.missed(at)
			for _, l := range p.threads {
				l.missed(at)
			}
		}
		b.settle(at-settleLag, at)
	}
	o.cost.Dropped = events.lost()
	if probed {
		o.cost.Sources = []string{"probe"}
	}
	end := o.target.Start.Now()
	for _, p := range b.processes {
		b.processEnded(p, end)
	}
	b.settle(end, end)
}
