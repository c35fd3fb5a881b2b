package observers

import (
	"slices"
	"time"

	"golang.org/x/sys/windows"

	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

// sampler asks Windows what every thread of the tree does. One call tells it of all threads of the machine, which finds new
// ones, but takes a millisecond and more; another tells it of a single thread within a microsecond.
type sampler struct {
	book      *book
	root      int
	table     systemTable
	nextTable time.Duration // when the table is due
	tables    int           // times that it was read
	asks      bool          // threads can be asked one by one
	spoke     bool          // the system said what a thread does
	memory    bool          // an interpreter's memory was read
	why       error         // why one could not be read, the last time
	mains     mainThreads
	watched   map[int]*watchedProcess
}

// watchedProcess is a process of the tree.
type watchedProcess struct {
	*process
	created int64 // by the system's clock
	table   int   // that it was seen in last
	threads map[int]*watchedThread
	python  *interpreter.Reader    // nil while there is none that can be read
	search  patience               // while it is nil
	frames  *interpreter.Functions // likewise
	library string                 // the folder of Python's own modules, with a separator behind it
	held    []int                  // who held a GIL before the table was read
	moved   bool                   // a thread was on a core since the functions were read
}

// watchedThread is a thread of it. Every process has some of the system's own, which load libraries and wait for more to
// do: a thread gets a lane when the probe or the interpreter knows it, or when it has worked.
type watchedThread struct {
	handle   windows.Handle // 0 where threads cannot be asked
	lane     *lane          // nil while it has none
	found    time.Duration
	table    int // that it was seen in last
	seen     systemThread
	switches uint32
	woke     time.Duration // when it was first seen with that number
}

const (
	tableEvery  = 20 * time.Millisecond
	tableBudget = 0.015 // the share of a core that reading the table may take
	// worked is the CPU time, in units of 100 ns, that tells a thread which works from one that waits to be given work. The
	// system counts in ticks of 15.6 ms.
	worked = 300_000
)

// newSampler is called on the thread that samples.
func newSampler(b *book, root int) *sampler {
	return &sampler{book: b, root: root, asks: canAskThreads(), mains: mainThreads{}, watched: map[int]*watchedProcess{}}
}

func (s *sampler) close() {
	for _, p := range s.watched {
		p.close()
	}
}

func (p *watchedProcess) close() {
	if p.python != nil {
		p.python.Close()
	}
	for _, t := range p.threads {
		t.close()
	}
}

func (t *watchedThread) close() {
	if t.handle != 0 {
		windows.CloseHandle(t.handle)
	}
}

// holdings reads who holds the GILs of the process, nothing where that cannot be read.
func (p *watchedProcess) holdings() []interpreter.Holding {
	if p.python == nil {
		return nil
	}
	holdings, err := p.python.Holdings()
	if err != nil {
		return nil // an interpreter is gone, or the process: here none becomes another program
	}
	return holdings
}

// sample takes one sample of every thread and returns when it was taken.
func (s *sampler) sample() (time.Duration, error) {
	at := s.book.start.Now()
	if at >= s.nextTable {
		if err := s.readTable(at); err != nil {
			return at, err
		}
		if !s.quick() {
			return at, nil
		}
		took := s.book.start.Now() - at
		at += took
		s.nextTable = at + max(tableEvery, time.Duration(float64(took)/tableBudget))
	}
	for _, p := range s.watched {
		s.sampleQuickly(p, at)
	}
	return at, nil
}

// quick tells whether the states of threads come from somewhere else than the table: from the threads, or, where the
// system has no word on them at all (as Wine has not), from the interpreters' memory alone.
func (s *sampler) quick() bool { return s.asks || !s.spoke }

// readTable looks for processes and threads that are new or gone, and notes their states where there is no quicker way. The
// GILs are read before and after: a thread that is on a core held one if it was the holder at either time.
func (s *sampler) readTable(at time.Duration) error {
	for _, p := range s.watched {
		p.held = p.held[:0]
		for _, g := range p.holdings() {
			p.held = append(p.held, g.TID)
		}
	}
	if err := s.table.read(); err != nil {
		return err
	}
	s.tables++
	for info, threads := range s.table.processes() {
		if p := s.find(info, threads, at); p != nil {
			p.table = s.tables
			s.findThreads(p, threads, at)
		}
	}
	for _, p := range s.watched {
		if p.table != s.tables {
			s.unwatch(p, at)
			continue
		}
		if s.quick() {
			continue
		}
		gils := p.holdings()
		for tid, t := range p.threads {
			p.note(t, tid, gils, at)
		}
		s.sampleInterpreters(p, gils, at)
	}
	return nil
}

// sampleQuickly asks each thread of a process.
func (s *sampler) sampleQuickly(p *watchedProcess, at time.Duration) {
	p.held = p.held[:0]
	gils := p.holdings()
	for tid, t := range p.threads {
		asked := t.handle == 0 || askThread(t.handle, &t.seen) && t.seen.State != threadTerminated
		if asked { // else it has ended, as the table will tell
			p.note(t, tid, gils, at)
		}
	}
	s.sampleInterpreters(p, gils, at)
}

// note notes what was seen of a thread.
func (p *watchedProcess) note(t *watchedThread, tid int, gils []interpreter.Holding, at time.Duration) {
	if t.switches != t.seen.ContextSwitches {
		t.switches, t.woke = t.seen.ContextSwitches, at
		p.moved = true
	}
	p.moved = p.moved || t.seen.State != threadWaiting
	r := threadReading{state: t.seen.State, reason: t.seen.WaitReason, woke: at - t.woke, held: slices.Contains(p.held, tid)}
	state, blocker := classifyWindows(r, tid, gils)
	if t.lane != nil {
		t.lane.saw(at, state, p.laneOf(blocker))
	}
}

func (p *watchedProcess) laneOf(tid int) recording.LaneID {
	if t := p.threads[tid]; t != nil && t.lane != nil {
		return t.lane.ID
	}
	return recording.NoLane
}
