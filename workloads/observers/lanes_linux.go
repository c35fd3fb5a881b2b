package observers

import "time"

// watchLanes follows the lanes through the kernel, the interpreter's memory and the probe.
func (o *watch) watchLanes(b *book) {
	events := newEventReader(o.target.Events)
	s, err := newSampler(b, o.target.PID)
	if err != nil {
		o.w.Warn("the lanes could not be sampled: %v", err)
		<-o.stop
		events.poll(b.apply)
		return
	}
	defer s.close()
	s.run(o.stop, func(at time.Duration) {
		events.poll(b.apply)
		b.settle(at-settleLag, at)
		s.ours.sample(at, s.watched)
	})
	events.poll(b.apply)
	end := o.target.Start.Now()
	for _, p := range b.processes {
		b.processEnded(p, end)
	}
	b.settle(end, end)
	b.cores.finish(end)
	s.sources.note(b.w)
	s.pace.note(b.w)
	o.cost.Dropped, o.cost.Sources = events.lost(), s.sources.names(len(events.files) > 0)
	o.cost.Samples, o.cost.Late, o.cost.RateHz = s.pace.samples, s.pace.late, s.pace.rate()
}
