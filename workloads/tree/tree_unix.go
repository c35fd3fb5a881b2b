//go:build linux || darwin

package tree

import (
	"fmt"
	"slices"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"regatta/workloads/clock"
)

// Tree is a started program with everything that grew from it.
type Tree struct {
	pid    int
	tag    string
	exited chan struct{} // closed when the program itself ended
	empty  chan struct{} // closed when this process has no child left

	mu   sync.Mutex
	exit Exit
	cpu  time.Duration
}

// Start starts a program. The tag is the one in its environment.
func Start(c Command, tag string) (*Tree, error) {
	if err := adopt(); err != nil {
		return nil, fmt.Errorf("become the one that adopts orphans: %w", err)
	}
	files := slices.Clone(c.Handles)
	for _, f := range c.Files {
		files = append(files, f.Fd())
	}
	pid, err := syscall.ForkExec(c.Args[0], c.Args, &syscall.ProcAttr{
		Dir: c.Dir, Env: c.Env, Files: files, Sys: &syscall.SysProcAttr{Setpgid: true, Pgid: c.Group},
	})
	if err != nil {
		return nil, fmt.Errorf("start %s in %s: %w", c.Args[0], c.Dir, err)
	}
	t := &Tree{pid: pid, tag: tag, exited: make(chan struct{}), empty: make(chan struct{})}
	go t.reap()
	return t, nil
}

// PID is the program's process id.
func (t *Tree) PID() int { return t.pid }

// Exited is closed when the program itself has ended; others of its tree may live on.
func (t *Tree) Exited() <-chan struct{} { return t.exited }

// Exit is how the program ended, once Exited is closed.
func (t *Tree) Exit() Exit {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.exit
}

// CPU is the user and system time of all that ended so far, as the kernel counted it. A process whose parent ignores the
// deaths of its children is not in it.
func (t *Tree) CPU() (used time.Duration, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.cpu, true
}

// reap waits for every child, adopted ones too, until there is none. The usage of each holds that of all it waited for,
// so the sum is that of the tree.
func (t *Tree) reap() {
	for {
		var status unix.WaitStatus
		var usage unix.Rusage
		pid, err := unix.Wait4(-1, &status, 0, &usage)
		now := clock.Now()
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			close(t.empty)
			return
		}
		t.mu.Lock()
		t.cpu += time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
		if pid == t.pid {
			t.exit = Exit{Code: status.ExitStatus(), At: now}
			if status.Signaled() {
				t.exit.Code, t.exit.Signal = -1, unix.SignalName(status.Signal())
			}
			close(t.exited)
		}
		t.mu.Unlock()
	}
}

// Left counts the processes of the tree that are alive.
func (t *Tree) Left() int {
	n := 0
	for _, pid := range t.members() {
		if alive(pid) {
			n++
		}
	}
	return n
}

// WaitEmpty waits until nothing of the tree is left, at most for the time given.
func (t *Tree) WaitEmpty(atMost time.Duration) bool {
	deadline := time.Now().Add(atMost)
	var p pause
	for {
		wait := p.next()
		select {
		case <-t.empty:
			if len(t.members()) == 0 {
				return true
			}
			time.Sleep(wait)
		case <-time.After(wait):
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}

// Kill ends everything in the tree and returns when it is gone. An error names what could not be ended.
func (t *Tree) Kill() error {
	deadline := time.Now().Add(killPatience)
	var p pause
	for {
		killAll(t.members)
		if t.WaitEmpty(p.next()) {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("processes %v could not be ended within %v: end them yourself, they may belong to another user or wait for a device", t.members(), killPatience)
		}
	}
}

// killAll freezes what list finds until it finds nothing new, then kills it.
func killAll(list func() []int) {
	const rounds = 4 // each finds what was forked during the one before; killing the many makes it quicker to find the nimble
	frozen := map[int]bool{}
	for range rounds {
		fresh := slices.DeleteFunc(list(), func(pid int) bool { return frozen[pid] })
		if len(fresh) == 0 {
			break
		}
		for _, pid := range fresh {
			frozen[pid] = true
			unix.Kill(pid, unix.SIGSTOP)
		}
	}
	for pid := range frozen {
		unix.Kill(pid, unix.SIGKILL)
	}
}

// KillTagged ends all processes with the tag in their environment, for the case that nobody holds their tree any more,
// and says how many there were. It does not find one that cleared its environment.
func KillTagged(tag string) int {
	killed := map[int]bool{}
	deadline := time.Now().Add(killPatience)
	var p pause
	for {
		found := findTagged(tag)
		if len(found) == 0 || time.Now().After(deadline) {
			return len(killed)
		}
		for _, pid := range found {
			killed[pid] = true
		}
		killAll(func() []int { return findTagged(tag) })
		time.Sleep(p.next())
	}
}
