//go:build !linux

package observers

import "time"

// watchLanes follows the lanes through the probe alone: this system's own view of threads is not read yet. What a thread
// does between its start and its end is not known then, and shown so.
func (o *watch) watchLanes(b *book) {
	o.w.Warn("on this system only start, end, names and asyncio steps of the lanes are seen, not what threads wait for")
	events := newEventReader(o.target.Events)
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
	end := o.target.Start.Now()
	for _, p := range b.processes {
		b.processEnded(p, end)
	}
	b.settle(end, end)
}
