package observers

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"regatta/workloads/clock"
	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

// sampler asks the kernel what every thread of the tree does, at most a thousand times a second. It runs on a thread of
// its own and sleeps until absolute times, so that neither Go's scheduler nor its own work shifts the samples.
type sampler struct {
	book    *book
	pace    pace
	loadavg int // its last field is the newest process id: while it stands still, no process or thread is new
	newest  uint64
	samples int
	sources sources
	ours    ours
	watched map[int]*watchedProcess
	buried  map[int]bool // processes that have ended, until their parents have noticed
	buf     [256]byte
}

// watchedProcess is a process with the open files of its threads.
type watchedProcess struct {
	*process
	cpu    int64 // nanoseconds on cores, of all threads, at the sample before
	looked int64 // the same, when its functions were read last
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

// findEvery is how often new interpreters are looked for.
const findEvery = 50 * time.Millisecond

// lookEvery is how often the functions are read that the threads are in.
const lookEvery = 18 * time.Millisecond

// labelLanes gives each lane the function of the program that its thread is in. A process that was not on a core since is
// where it was.
func (s *sampler) labelLanes(at time.Duration) {
	for _, p := range s.watched {
		if p.frames == nil {
			continue
		}
		if p.looked == p.cpu {
			p.stayInside(at)
			continue
		}
		p.looked = p.cpu
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

type watchedTask struct {
	*task
	lane    *lane
	waiting uint64        // the address of the GIL that it was seen to wait for, else 0
	readAt  time.Duration // when the kernel was asked last
	natives int           // samples since other, at all of which it was ready without the GIL
	other   time.Duration // the last sample at which it was not
	comm    string        // the kernel's name of it, where the lane has that
	names   patience      // when the kernel is asked for it

	ran, switches uint64           // as the kernel counted them at ranAt
	ranAt         time.Duration    // the last sample at which they moved, or the thread was not ready
	small         time.Duration    // waits for a core that are not in the lane yet
	queued        time.Duration    // what of the present wait for a core is in the lane already
	base          [2]time.Duration // the least of its time that was not counted, in two stretches
	based         time.Duration    // when the present stretch began, 0 while there is none
}

// trust is for how long a wait for the GIL is believed without another look: less than it takes to get the GIL and to lose it
// again.
const trust = 4 * time.Millisecond

func newSampler(b *book, root int) (*sampler, error) {
	s := &sampler{book: b, ours: ours{w: b.w}, watched: map[int]*watchedProcess{}, buried: map[int]bool{}}
	var err error
	if s.loadavg, err = unix.Open("/proc/loadavg", unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
		return nil, fmt.Errorf("open /proc/loadavg: %w", err)
	}
	s.watch(root, 0, 0)
	if len(s.watched) == 0 {
		unix.Close(s.loadavg)
		return nil, fmt.Errorf("process %d cannot be watched through /proc", root)
	}
	return s, nil
}

func (s *sampler) close() {
	for _, p := range s.watched {
		s.unwatch(p)
	}
	unix.Close(s.loadavg)
}

// sample takes one sample of every thread and returns when it was taken.
func (s *sampler) sample() time.Duration {
	at := s.book.start.Now()
	if s.samples++; s.samples%2 == 0 && s.somethingNew() {
		s.search(at)
	}
	for _, p := range s.watched {
		if p.names.over(at) {
			s.nameProcess(p)
		}
		if p.unchanged() {
			p.still(at)
			continue
		}
		s.sampleProcess(p, at)
		if len(p.tasks) == 0 {
			s.unwatch(p)
			s.buried[p.PID] = true
			s.book.processEnded(p.process, at)
		}
	}
	return at
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
		if holder, waits := t.stillWaits(tid, gils, at); waits {
			t.lane.saw(at, recording.GIL, p.laneOf(holder))
			t.lane.stays.saw(at, nowhere)
			t.lane.waits(at)
			continue
		}
		since, before := t.readAt, t.seen
		r := t.read()
		if r.gone || r.inNoCall() && isZombie(p.PID, tid) {
			s.drop(p, tid, at)
			continue
		}
		s.sources.saw(t.task, r)
		p.quiet = p.quiet && !r.ready
		state, blocker := classify(r, tid, gils)
		if state == recording.Native { // or it was given the GIL since the GILs were read
			gils = p.holdings()
			state, blocker = classify(r, tid, gils)
		}
		wakes := state == recording.Native && t.waiting != 0
		if wakes {
			// Nobody leaves the wait for the GIL without it: it only looks around, or was given a core a moment before the
			// GIL. If it is still ready at the next sample, it has had the GIL in between.
			state = recording.GIL
		}
		t.lane.saw(at, state, p.laneOf(blocker))
		t.lane.stays.saw(at, r.core)
		if state == recording.GIL && t.natives == 1 && r.switches != before.switches {
			// It was off its core meanwhile: it had let go of the GIL for another, and at the sample before was on its way
			// back to waiting for it.
			t.lane.relabel(t.other, at, func(s recording.State) recording.State {
				if s == recording.Native {
					return recording.GIL
				}
				return s
			})
		}
		if before.ready {
			t.queuedFor(r, since, at)
			t.account(r, at)
		} else {
			t.account(r, at)
			t.wokenFor(r, since, at)
		}
		t.waiting, t.readAt = 0, at
		if state == recording.Native {
			t.natives++
		} else {
			t.natives, t.other = 0, at
		}
		if state == recording.GIL && !wakes {
			t.waiting = r.address
		}
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

// account brings in how long the kernel says that the thread was on cores, where that is exact.
func (t *watchedTask) account(r reading, at time.Duration) {
	if r.ready || r.ran == 0 {
		return
	}
	if from, to := t.lane.account(at, time.Duration(r.ran)); from < to {
		_, core := t.readStat()
		t.lane.stays.add(from, to, core)
	}
}

// queuedFor brings in how long a thread that was ready waited for a core. The kernel says so when the wait is over; until
// then that it is ready without getting on shows it.
func (t *watchedTask) queuedFor(r reading, since, at time.Duration) {
	onFor := t.onFor(r, at)
	if waited := t.waitedFor(r); waited > 0 {
		t.lane.queued(since, at-min(onFor, at-since), waited-t.queued) // it was put on a core since
		t.queued = 0
	}
	if !r.ready || r.ran != t.ran || r.switches != t.switches {
		t.ran, t.switches, t.ranAt = r.ran, r.switches, at
	}
	if still := at - t.ranAt; r.ran > 0 && still > longestTick && ticks() {
		t.lane.queued(since, at, still-t.queued)
		t.queued = still
	}
}

// onFor is for how long a thread that has been ready all along has been on its core since it was put on it last. All its
// time is counted as on a core or as waiting for one when it is taken off or put on, and at each tick: what is not counted
// yet is that time. How much is never counted (what was before, and what the machine itself took) the least value shows of
// the last and the present stretch of baseEvery.
func (t *watchedTask) onFor(r reading, at time.Duration) time.Duration {
	if !r.ready || r.ran == 0 {
		t.based = 0
		return 0
	}
	uncounted := at - time.Duration(r.ran) - time.Duration(r.queued)
	switch {
	case t.based == 0:
		t.base = [2]time.Duration{uncounted, uncounted}
		t.based = at
	case at-t.based > baseEvery:
		t.base = [2]time.Duration{t.base[1], uncounted}
		t.based = at
	default:
		t.base[1] = min(t.base[1], uncounted)
	}
	return max(uncounted-min(t.base[0], t.base[1]), 0)
}

const baseEvery = 50 * time.Millisecond

// waitedFor is how long the thread waited for a core since the reading before. Every switch takes some microseconds, which
// would only be noise in a picture: they are added up until they are worth a span.
func (t *watchedTask) waitedFor(r reading) time.Duration {
	const leastQueue = 50 * time.Microsecond
	t.small += r.waited
	if t.small < leastQueue {
		return 0
	}
	waited := t.small
	t.small = 0
	return waited
}

// wokenFor brings in how long a thread that was waiting for something else then waited for a core.
func (t *watchedTask) wokenFor(r reading, since, at time.Duration) {
	if waited := t.waitedFor(r); waited > 0 {
		t.lane.woken(since, waited)
	}
	t.ran, t.switches, t.ranAt, t.queued, t.based = r.ran, r.switches, at, 0, 0
}

// stillWaits tells whether a thread that was seen to wait for the GIL does so still, and for whom, without asking the
// kernel: while another thread holds it, it must.
func (t *watchedTask) stillWaits(tid int, gils []interpreter.Holding, at time.Duration) (holder int, waits bool) {
	if t.waiting == 0 || at-t.readAt > trust {
		return 0, false
	}
	for _, g := range gils {
		if g.Covers(t.waiting) && g.TID != 0 && g.TID != tid {
			return g.TID, true
		}
	}
	return 0, false
}

// somethingNew tells whether the system has started a process or a thread since the call before.
func (s *sampler) somethingNew() bool {
	n, errno := pread(s.loadavg, s.buf[:])
	if errno != 0 {
		return true
	}
	line := s.buf[:n]
	for len(line) > 0 && (line[len(line)-1] < '0' || line[len(line)-1] > '9') {
		line = line[:len(line)-1]
	}
	from := len(line)
	for from > 0 && line[from-1] != ' ' {
		from--
	}
	last := numbers{line[from:]}
	newest := last.decimal()
	changed := newest != s.newest
	s.newest = newest
	return changed
}

// threads counts those that are there.
func (s *sampler) threads() int {
	n := 0
	for _, p := range s.watched {
		n += len(p.tasks)
	}
	return n
}

// adopt watches the processes that only the probe has told of so far, and ends those that are gone already.
func (s *sampler) adopt(at time.Duration) {
	for pid, p := range s.book.processes {
		if s.watched[pid] == nil && !s.watch(pid, 0, at) {
			s.book.processEnded(p, max(p.heard, p.born))
		}
	}
}

// search finds new threads of known processes, and new children of known threads, until nothing is new.
func (s *sampler) search(at time.Duration) {
	listed := map[int]bool{}
	for again := true; again; {
		again = false
		for pid, p := range s.watched {
			s.findThreads(p, at)
			for tid := range p.tasks {
				for _, child := range children(pid, tid) {
					listed[child] = true
					if s.watched[child] == nil && !s.buried[child] && s.watch(child, pid, at) {
						again = true
					}
				}
			}
		}
	}
	maps.DeleteFunc(s.buried, func(pid int, _ bool) bool { return !listed[pid] })
}

// watch starts to watch a process.
func (s *sampler) watch(pid, parent int, at time.Duration) bool {
	p := &watchedProcess{dir: fmt.Sprintf("/proc/%d/task", pid), tasks: map[int]*watchedTask{}, names: patience{wait: firstNames / 2}}
	t, err := openTask(pid, pid)
	if err != nil {
		return false // it has ended already
	}
	p.process = s.book.process(pid, parent, at)
	p.tasks[pid] = &watchedTask{task: t, lane: &p.process.lane}
	s.watched[pid] = p
	s.findThreads(p, at)
	return true
}

func (s *sampler) unwatch(p *watchedProcess) {
	for _, t := range p.tasks {
		t.close()
	}
	clear(p.tasks)
	delete(s.watched, p.PID)
	s.ours.ended += p.cpu
}

func (s *sampler) drop(p *watchedProcess, tid int, at time.Duration) {
	t := p.tasks[tid]
	if tid == p.PID {
		s.nameProcess(p)
	}
	t.close()
	delete(p.tasks, tid)
	if tid != p.PID {
		s.book.threadEnded(p.process, tid, at-(at-t.lane.stays.at)/2)
	}
}

// findThreads looks for threads that are new.
func (s *sampler) findThreads(p *watchedProcess, at time.Duration) {
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		tid, err := strconv.Atoi(e.Name())
		if err != nil || p.tasks[tid] != nil {
			continue
		}
		if t, err := openTask(p.PID, tid); err == nil {
			p.tasks[tid] = &watchedTask{task: t, lane: s.book.thread(p.process, tid, at)}
			p.quiet = false // what it does is not known yet
		}
	}
}

// isZombie tells whether a thread has ended and only waits for its parent to notice.
func isZombie(pid, tid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/stat", pid, tid))
	if err != nil {
		return true
	}
	_, after, found := bytes.Cut(text[max(bytes.LastIndexByte(text, ')'), 0):], []byte(") "))
	return found && len(after) > 0 && (after[0] == 'Z' || after[0] == 'X')
}

// children lists the processes that a thread has started and that have not ended.
func children(pid, tid int) []int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, tid))
	if err != nil {
		return nil
	}
	var pids []int
	fields := numbers{text}
	for fields.skip(); len(fields.rest) > 0; fields.skip() {
		pids = append(pids, int(fields.decimal()))
	}
	return pids
}

// run samples until stop is closed, calling turn between samples every turnEvery.
func (s *sampler) run(stop <-chan struct{}, turn func(at time.Duration)) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	s.pace.begin()
	var nextTurn, nextLook, nextFind time.Duration
	for {
		select {
		case <-stop:
			s.sample()
			return
		default:
		}
		at := s.sample()
		if at >= nextLook {
			s.pace.aside(func() { s.labelLanes(at) })
			nextLook = at + lookEvery
		}
		if at >= nextFind {
			s.pace.aside(func() { s.findInterpreters(at) })
			nextFind = at + findEvery
		}
		if at >= nextTurn {
			s.pace.aside(func() {
				turn(at)
				s.nameThreads(at)
				s.adopt(at)
			})
			nextTurn = at + turnEvery
		}
		sleepUntil(s.pace.next(s.threads()))
		s.pace.woke(clock.Now())
	}
}

// sleepUntil sleeps until a time on the monotonic clock. It holds on to Go's processor meanwhile: to hand it back and forth
// a thousand times a second would cost more than the samples.
func sleepUntil(ns int64) {
	until := unix.NsecToTimespec(ns)
	for {
		_, _, errno := syscall.RawSyscall6(unix.SYS_CLOCK_NANOSLEEP, unix.CLOCK_MONOTONIC, unix.TIMER_ABSTIME, uintptr(unsafe.Pointer(&until)), 0, 0, 0)
		if errno != unix.EINTR || clock.Now() >= ns {
			return
		}
	}
}
