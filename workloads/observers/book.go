package observers

import (
	"maps"
	"slices"
	"sync"
	"time"

	"regatta/workloads/clock"
	"regatta/workloads/recording"
)

const (
	// settleLag is how long what is seen stays open to correction. It is longer than a thread normally waits for a core.
	settleLag = 300 * time.Millisecond
	// probeGrace is how long a new process has to load the probe; one that does not is no Python that we started.
	probeGrace = time.Second
	// discoverySlack is how much later than its first event a thread may have been found.
	discoverySlack = 20 * time.Millisecond
)

// What lanes are called while nobody has said their names.
const unnamedProcess, unnamedThread = "process", "thread"

// book keeps the lanes of a run: it learns of processes, threads and their states from the kernel, of names, start-up and
// tasks from the probe, brings both together and writes the recording. Only the lane observer's goroutine uses it, but for
// pids.
type book struct {
	w     *recording.Writer
	start clock.Start

	cores *coreLanes

	blockingAfter time.Duration // how long a step keeps its event loop until that is noted; 0 is for ever

	processes map[int]*process
	ended     []*process // whose lanes are not wholly written yet

	mu    sync.Mutex
	alive []int // the processes that are there now
}

// process is one process with the lanes inside it.
type process struct {
	lane
	born         time.Duration
	heard        time.Duration // the latest sign of life that the probe gave
	probed       bool          // the probe is in it
	threads      map[int]*lane // by tid, those that are there now, without the main one
	gone         []*lane       // threads that ended and are not wholly written yet
	tasks        tasks
	interpreters map[int64]*interpreterLane // the subinterpreters, by id
	over         bool
}

func newBook(w *recording.Writer, start clock.Start) *book {
	return &book{w: w, start: start, cores: newCoreLanes(w), processes: map[int]*process{}}
}

// pids lists the processes that are there now. Any goroutine may call it.
func (b *book) pids() []int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.alive)
}

func (b *book) countAlive() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.alive = slices.Sorted(maps.Keys(b.processes))
}

// process returns the lane of a process, new at that time if it was not known. parent is 0 where it is not known.
func (b *book) process(pid, parent int, at time.Duration) *process {
	if p, known := b.processes[pid]; known {
		return p
	}
	p := &process{born: at, threads: map[int]*lane{}, tasks: newTasks(), interpreters: map[int64]*interpreterLane{}}
	p.Lane = recording.Lane{Kind: recording.Process, Name: unnamedProcess, PID: pid, TID: pid, Start: at, End: recording.StillAlive}
	if len(b.processes) == 0 {
		p.Name = "MainThread"
	}
	if of, known := b.processes[parent]; known {
		p.Parent = of.ID
	} else if root := b.root(); root != nil {
		p.Parent = root.ID
	}
	p.inStart, p.started, p.until, p.stays.at = true, notYet, at, at
	p.ID = b.w.AddLane(p.Lane)
	b.processes[pid] = p
	b.countAlive()
	return p
}

// moveInto moves a process's lane into that of another, where that is known.
func (b *book) moveInto(p *process, parent int) {
	if of, known := b.processes[parent]; known && of != p && of.ID != p.Parent && p.Parent != recording.NoLane {
		p.Parent = of.ID
		b.w.UpdateLane(p.Lane)
	}
}

// root is the first process, nil when it has ended.
func (b *book) root() *process {
	for _, p := range b.processes {
		if p.Parent == recording.NoLane {
			return p
		}
	}
	return nil
}

// thread returns the lane of a thread, new at that time if it was not known. The main thread's lane is its process's.
func (b *book) thread(p *process, tid int, at time.Duration) *lane {
	if tid == p.PID {
		return &p.lane
	}
	if l, known := p.threads[tid]; known {
		return l
	}
	l := &lane{until: at, stays: stays{at: at}}
	l.Lane = recording.Lane{Parent: p.ID, Kind: recording.Thread, Name: unnamedThread, PID: p.PID, TID: tid, Start: at, End: recording.StillAlive}
	l.ID = b.w.AddLane(l.Lane)
	p.threads[tid] = l
	return l
}

// find returns a process that is there, or one that has ended just now: the probe's events are read a moment later.
func (b *book) find(pid int) *process {
	if p, known := b.processes[pid]; known {
		return p
	}
	for _, p := range slices.Backward(b.ended) {
		if p.PID == pid {
			return p
		}
	}
	return nil
}

// threadAt is thread for a time in the past, when the lane may be that of a thread that has ended since.
func (b *book) threadAt(p *process, tid int, at time.Duration) *lane {
	if l, known := p.threads[tid]; known && l.Start <= at+discoverySlack {
		return l
	}
	for _, l := range slices.Backward(p.gone) {
		if l.TID == tid && l.Start <= at+discoverySlack {
			return l
		}
	}
	return b.thread(p, tid, at)
}

// threadEnded notes that a thread is no longer there.
func (b *book) threadEnded(p *process, tid int, at time.Duration) {
	if l, known := p.threads[tid]; known {
		b.end(l, l.lastOf(at))
		delete(p.threads, tid)
		p.gone = append(p.gone, l)
	}
}

// processEnded notes that a process is no longer there, nor are its threads. Its tasks end when the probe's last events of
// it are read.
func (b *book) processEnded(p *process, at time.Duration) {
	if p.over {
		return
	}
	p.over = true
	for tid := range p.threads {
		b.threadEnded(p, tid, at)
	}
	for _, i := range p.interpreters {
		i.finish(at)
	}
	b.end(&p.lane, at)
	delete(b.processes, p.PID)
	b.ended = append(b.ended, p)
	b.countAlive()
}

// end gives a lane its last state until at.
func (b *book) end(l *lane, at time.Duration) {
	if n := len(l.known); n > 0 && at > l.known[n-1].End {
		l.known[n-1].End = at
		l.until = at
	}
	l.missed(at)
	l.End = max(at, l.until)
}

// rename writes a lane's name when it changed.
func (b *book) rename(l *lane, name, detail string) {
	if name != "" && (l.Name != name || l.Detail != detail) {
		l.Name, l.Detail = name, detail
		b.w.UpdateLane(l.Lane)
	}
}
