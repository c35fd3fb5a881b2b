package observers

import (
	"fmt"
	"runtime"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"regatta/workloads/clock"
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

// threads counts those that are there.
func (s *sampler) threads() int {
	n := 0
	for _, p := range s.watched {
		n += len(p.tasks)
	}
	return n
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
