package observers

import (
	"path/filepath"
	"strings"
	"time"

	"regatta/workloads/interpreter"
)

// findEvery is how often new interpreters are looked for.
const findEvery = 50 * time.Millisecond

// findInterpreters looks for the interpreter of each process that has none yet, and for new subinterpreters.
func (s *sampler) findInterpreters(at time.Duration) {
	for pid, p := range s.watched {
		if p.python != nil {
			p.python.FindInterpreters()
			continue
		}
		if !p.search.over(at) {
			continue
		}
		var err error
		if p.python, err = interpreter.Open(pid); err != nil {
			if p.probed && !p.over {
				s.sources.noInterpreter(s.book.w, err)
			}
			continue
		}
		s.sources.memory = true
		p.frames, _ = p.python.Functions(ownCode) // an error means: lanes without functions
	}
}

// ownCode tells whether a file is the program's own, not Python's and not the probe.
func ownCode(file string) bool {
	return !strings.HasPrefix(filepath.Base(file), "regatta_probe") && interpreter.OwnCode()(file)
}

// lookEvery is how often the functions are read that the threads are in.
const lookEvery = 18 * time.Millisecond

// labelLanes gives each lane the function of the program that its thread is in. A process that was not on a core since is
// where it was; it is looked at twice more, since one look may fail, or fall between a sample and the wait that followed.
func (s *sampler) labelLanes(at time.Duration) {
	for _, p := range s.watched {
		if p.frames == nil {
			continue
		}
		if p.looked != p.cpu {
			p.looked, p.again = p.cpu, 2
		} else if p.again == 0 {
			p.stayInside(at)
			continue
		} else {
			p.again--
		}
		functions, err := p.frames.Look()
		if err != nil {
			p.frames = nil
			continue
		}
		for tid, name := range labels(functions) {
			if t := p.tasks[tid]; t != nil {
				t.lane.label = name
			}
		}
		if v := p.frames.Visits(); len(v.Interpreters)+len(p.interpreters) > 0 {
			s.book.visits(p.process, v, p.holdings(), func(tid int) int { return tid }, at)
		}
	}
}
