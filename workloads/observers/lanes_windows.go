package observers

import (
	"runtime"
	"time"
)

// watchLanes follows the lanes through the system's table of threads, the interpreter's memory and the probe.
func (o *watch) watchLanes(b *book) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	events := newEventReader(o.target.Events)
	s := newSampler(b, o.target.PID)
	defer s.close()
	var pace pace
	probed := false
	apply := func(e event) {
		probed = true
		b.apply(s.mains.rename(e))
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	nextTurn, nextLook := time.Duration(0), time.Duration(0)
	for running := true; running; {
		select {
		case <-timer.C:
		case <-o.stop:
			running = false
		}
		at, err := s.sample()
		sampled := o.target.Start.Now()
		if err != nil {
			o.w.Warn("the lanes could not be sampled: %v", err)
			<-o.stop
			break
		}
		if at >= nextLook {
			s.labelLanes(at)
			nextLook = at + lookEvery
		}
		if at >= nextTurn {
			s.findInterpreters(at)
			events.poll(apply)
			b.settle(at-settleLag, at)
			nextTurn = at + turnEvery
		}
		timer.Reset(pace.next(at, sampled, o.target.Start.Now()))
	}
	events.poll(apply)
	end := o.target.Start.Now()
	for _, p := range b.processes {
		b.processEnded(p, end)
	}
	b.settle(end, end)
	s.note()
	o.cost.Dropped, o.cost.Sources = events.lost(), s.sources(probed)
	o.cost.Samples, o.cost.Late, o.cost.RateHz = pace.samples, pace.late, float64(pace.samples)/max(end.Seconds(), 1e-9)
}

// lookEvery is how often the functions are read that the threads are in.
const lookEvery = 18 * time.Millisecond

// sources lists what the lanes came from, as it stands in the recording.
func (s *sampler) sources(probed bool) []string {
	var names []string
	if s.spoke {
		names = append(names, "kernel (table of threads)")
	} else {
		names = append(names, "kernel (table of threads, without their states)")
	}
	if s.memory {
		names = append(names, "interpreter's memory")
	}
	if probed {
		names = append(names, "probe")
	}
	return names
}

// note tells the reader of the recording what its lanes lack.
func (s *sampler) note() {
	switch {
	case s.spoke:
		s.book.w.Warn("Windows does not say which lock, timer or socket a thread waits for: sleeping and waiting for the network can show as waiting for a lock")
	case s.tables > 0:
		s.book.w.Warn("the system did not say whether threads run or wait, so only the holder of the GIL is known")
	}
	if !s.memory && s.why != nil {
		s.book.w.Warn("it is not known who held the GIL, so waiting for it shows as waiting for a lock, and work without it as running: %v", s.why)
	}
}
