package observers

import (
	"fmt"
	"math"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// task is the kernel's view of one thread, through files that stay open: reading one again costs a fifth of opening it.
type task struct {
	schedstat, syscall int
	switches           uint64  // times that it was put on a core, at the reading before
	queued             uint64  // nanoseconds that it waited for a core, at the reading before
	seen               reading // the reading before
	buf                [256]byte
}

// reading is what the kernel said of a thread at one moment.
type reading struct {
	gone    bool
	ready   bool   // on a core or waiting for one
	call    int    // the system call that it waits in, else -1
	address uint64 // the call's first argument
	queued  uint64 // nanoseconds that it waited for a core since the reading before
}

// nowhere tells that the thread is neither ready nor in a system call: it waits for a page, or it has ended.
func (r reading) nowhere() bool { return !r.ready && r.call < 0 }

// openTask opens the files of a thread.
func openTask(pid, tid int) (*task, error) {
	dir := fmt.Sprintf("/proc/%d/task/%d/", pid, tid)
	t := &task{schedstat: -1, syscall: -1}
	var err error
	if t.schedstat, err = unix.Open(dir+"schedstat", unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
		return nil, err
	}
	if t.syscall, err = unix.Open(dir+"syscall", unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
		unix.Close(t.schedstat)
		return nil, err
	}
	return t, nil
}

func (t *task) close() {
	unix.Close(t.schedstat)
	unix.Close(t.syscall)
}

// read asks the kernel what the thread does. A thread that waited at the reading before and was not on a core since is
// still in the same wait, which saves the second file.
func (t *task) read() reading {
	n, ok := pread(t.schedstat, t.buf[:])
	if !ok {
		return reading{gone: true}
	}
	fields := numbers{t.buf[:n]}
	fields.decimal() // nanoseconds on a core: known only to the last tick of 4 ms
	queued, switches := fields.decimal(), fields.decimal()
	r := reading{call: -1, queued: queued - t.queued}
	if t.switches == 0 {
		r.queued = 0 // the first reading
	}
	unchanged := switches == t.switches && t.switches != 0
	t.queued, t.switches = queued, switches
	if unchanged && !t.seen.ready && t.seen.call >= 0 {
		r.call, r.address = t.seen.call, t.seen.address
		return r
	}
	n, ok = pread(t.syscall, t.buf[:])
	if !ok {
		return reading{gone: true}
	}
	if line := t.buf[:n]; len(line) > 0 && line[0] == 'r' { // "running"
		r.ready = true
	} else {
		fields = numbers{line}
		if call := fields.decimal(); call != math.MaxUint64 {
			r.call = int(call)
		}
		r.address = fields.hex()
	}
	t.seen = r
	return r
}

// pread reads a file in /proc from its start. It goes to the kernel directly: the call returns within microseconds, and
// telling Go's scheduler about it would cost more.
func pread(fd int, buf []byte) (n int, ok bool) {
	got, _, errno := syscall.RawSyscall6(syscall.SYS_PREAD64, uintptr(fd), uintptr(unsafe.Pointer(&buf[0])), uintptr(len(buf)), 0, 0, 0)
	if errno == unix.EINTR {
		return pread(fd, buf)
	}
	return int(got), errno == 0 && got > 0
}

// numbers takes numbers off the front of a line.
type numbers struct{ rest []byte }

// decimal returns the next number, MaxUint64 for a negative one.
func (f *numbers) decimal() uint64 {
	f.skip()
	if len(f.rest) > 0 && f.rest[0] == '-' {
		f.rest = f.rest[1:]
		f.decimal()
		return math.MaxUint64
	}
	var v uint64
	for len(f.rest) > 0 && f.rest[0] >= '0' && f.rest[0] <= '9' {
		v = v*10 + uint64(f.rest[0]-'0')
		f.rest = f.rest[1:]
	}
	return v
}

// hex returns the next number, which starts with 0x.
func (f *numbers) hex() uint64 {
	f.skip()
	if len(f.rest) < 2 || f.rest[0] != '0' || f.rest[1] != 'x' {
		return 0
	}
	f.rest = f.rest[2:]
	var v uint64
	for len(f.rest) > 0 {
		switch c := f.rest[0]; {
		case c >= '0' && c <= '9':
			v = v<<4 | uint64(c-'0')
		case c >= 'a' && c <= 'f':
			v = v<<4 | uint64(c-'a'+10)
		default:
			return v
		}
		f.rest = f.rest[1:]
	}
	return v
}

func (f *numbers) skip() {
	for len(f.rest) > 0 && (f.rest[0] == ' ' || f.rest[0] == '\n') {
		f.rest = f.rest[1:]
	}
}
