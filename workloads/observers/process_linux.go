package observers

import (
	"slices"
	"time"

	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

// watchedProcess is a process with the open files of its threads.
type watchedProcess struct {
	*process
	cpu    int64 // nanoseconds on cores, of all threads, at the sample before
	looked int64 // the same, when its functions were read last
	again  int   // times that they are to be read again though it stands still
	quiet  bool  // no thread was ready then
	dir    string
	tasks  map[int]*watchedTask
	python *interpreter.Reader    // nil while there is none that can be read
	search patience               // while it is nil
	frames *interpreter.Functions // likewise
	names  patience               // when the kernel is asked for its name
}

// holdings tells who holds the GILs of the process, nothing where that cannot be read.
func (p *watchedProcess) holdings() []interpreter.Holding {
	if p.python == nil {
		return nil
	}
	holdings, err := p.python.Holdings()
	if err != nil {
		p.python, p.frames = nil, nil // it became another program, or has ended: the next turn looks again
		return nil
	}
	return holdings
}

// laneOf returns the lane of one of the process's threads.
func (p *watchedProcess) laneOf(tid int) recording.LaneID {
	if t, known := p.tasks[tid]; known {
		return t.lane.ID
	}
	return recording.NoLane
}

// unchanged tells whether every thread is still in the wait in which it was at the sample before: none was ready then, and
// the process was not on a core since.
func (p *watchedProcess) unchanged() bool {
	cpu := processTime(p.PID)
	same := cpu == p.cpu && cpu != 0
	p.cpu = max(p.cpu, cpu)
	return same && p.quiet
}

// still lets the lanes' states last until at.
func (p *watchedProcess) still(at time.Duration) {
	for _, t := range p.tasks {
		t.lane.still(at)
	}
	for _, i := range p.interpreters {
		i.saw(at, i.inside)
	}
}

// sampleProcess asks for the state of each thread of a process.
func (s *sampler) sampleProcess(p *watchedProcess, at time.Duration) {
	gils := p.holdings()
	p.quiet = true
	for tid, t := range p.tasks {
		gils = s.sampleThread(p, tid, t, gils, at)
	}
	s.sampleInterpreters(p, gils, at)
}

// sampleInterpreters follows which thread is in each subinterpreter that has a GIL of its own: the one that held that last,
// until it is seen to hold or to want another. Of the others visits tells.
func (s *sampler) sampleInterpreters(p *watchedProcess, gils []interpreter.Holding, at time.Duration) {
	there := 0
	for _, g := range gils {
		if g.Interpreter <= 0 || g.Off {
			continue
		}
		there++
		i := s.book.interpreter(p.process, g.Interpreter, at)
		i.byGIL = true
		inside := i.inside
		if g.TID != 0 {
			inside = g.TID
		}
		if t := p.tasks[inside]; t == nil || t.elsewhere(inside, g, gils) {
			inside = nowhere
		}
		i.saw(at, inside)
	}
	if gils == nil || there == len(p.interpreters) {
		return
	}
	for id, i := range p.interpreters {
		if i.byGIL && !slices.ContainsFunc(gils, func(g interpreter.Holding) bool { return g.Interpreter == id }) {
			i.finish(at)
		}
	}
}

// elsewhere tells whether a thread holds the GIL of another interpreter than the given one, or waits for it.
func (t *watchedTask) elsewhere(tid int, here interpreter.Holding, gils []interpreter.Holding) bool {
	return slices.ContainsFunc(gils, func(g interpreter.Holding) bool {
		return g.Address != here.Address && (g.TID == tid || t.waiting != 0 && g.Covers(t.waiting))
	})
}
