package observers

import (
	"bytes"
	"fmt"
	"time"

	"golang.org/x/sys/unix"

	"regatta/workloads/recording"
)

// Lanes that the probe has no names for, as those of programs that a script starts, get the names that the kernel has for
// their threads. A program may become another, and a thread be given its name, at any time, mostly at once: so both are
// asked anew after some time, and then each time after twice as long.

// firstNames is that time for a process, whose main thread is asked when it ends, too; for other threads it is firstWait.
const firstNames = 2 * time.Millisecond

// nameProcess names the lane of a process.
func (s *sampler) nameProcess(p *watchedProcess) {
	if t := p.tasks[p.PID]; t != nil && p.Parent != recording.NoLane && !p.probed {
		s.nameTask(t, comm(p.PID, p.PID))
	}
}

// nameThreads names the lanes of other threads. A thread is called as its process until it is given a name of its own, which
// says nothing.
func (s *sampler) nameThreads(at time.Duration) {
	for pid, p := range s.watched {
		for tid, t := range p.tasks {
			if tid == pid || !t.namedByKernel() || !t.names.over(at) {
				continue
			}
			if name := comm(pid, tid); name != comm(pid, pid) {
				s.nameTask(t, name)
			}
		}
	}
}

// nameTask names a lane as the kernel does, unless the probe has named it.
func (s *sampler) nameTask(t *watchedTask, name string) {
	if name != "" && t.namedByKernel() {
		t.comm = name
		s.book.rename(t.lane, name, t.lane.Detail)
	}
}

// namedByKernel tells whether the lane's name is the kernel's, or what the book calls those without one.
func (t *watchedTask) namedByKernel() bool {
	return t.lane.Name == t.comm || t.comm == "" && (t.lane.Name == unnamedProcess || t.lane.Name == unnamedThread)
}

// comm is the name of a thread, 15 bytes at most; "" when it is gone.
func comm(pid, tid int) string {
	fd, err := unix.Open(fmt.Sprintf("/proc/%d/task/%d/comm", pid, tid), unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return ""
	}
	defer unix.Close(fd)
	var buf [16]byte
	n, errno := pread(fd, buf[:])
	if errno != 0 {
		return ""
	}
	return string(bytes.ToValidUTF8(bytes.TrimRight(buf[:n], "\n"), []byte("?")))
}
