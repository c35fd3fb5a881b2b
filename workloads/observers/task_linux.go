package observers

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// task is the kernel's view of one thread, through files that stay open: reading one again costs a fifth of opening it.
type task struct {
	dir                      string
	schedstat, syscall, stat int     // -1 where it is not open
	seen                     reading // the reading before
	buf                      [512]byte
}

// reading is what the kernel said of a thread at one moment.
type reading struct {
	gone     bool
	ready    bool          // on a core or waiting for one
	call     int           // the system call that it waits in, else noCall or hiddenCall
	address  uint64        // the call's first argument
	ran      uint64        // nanoseconds on cores, known at each switch and at each of the kernel's ticks of 1 to 10 ms
	queued   uint64        // nanoseconds that it waited for cores
	switches uint64        // times that it was put on a core
	waited   time.Duration // what was added to queued since the reading before
	core     int           // where it is, or waits to be, while it is ready; else nowhere
}

const (
	noCall     = -1 // it is ready, waits for a page, or has ended
	hiddenCall = -2 // it waits, and the system does not let us see in what
)

// inNoCall tells that the thread is neither ready nor in a system call: it waits for a page, or it has ended.
func (r reading) inNoCall() bool { return !r.ready && r.call == noCall }

// openTask opens the files of a thread.
func openTask(pid, tid int) (*task, error) {
	t := &task{dir: fmt.Sprintf("/proc/%d/task/%d/", pid, tid), stat: -1}
	var err error
	if t.schedstat, err = t.open("schedstat"); err != nil && !hides(err, "schedstat") {
		return nil, err
	}
	if t.syscall, err = t.open("syscall"); err != nil && !hides(err, "syscall") {
		t.close()
		return nil, err
	}
	return t, nil
}

func (t *task) open(name string) (int, error) {
	fd, err := unix.Open(t.dir+name, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1, err
	}
	return fd, nil
}

// hides tells whether an error means that the system has no such file of a thread that is there: by its rules about
// ptrace, or since it was built without.
func hides(err error, name string) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) && unix.Access("/proc/self/"+name, unix.F_OK) != nil
}

func (t *task) close() {
	for _, fd := range []int{t.schedstat, t.syscall, t.stat} {
		if fd >= 0 {
			unix.Close(fd)
		}
	}
}

// read asks the kernel what the thread does. A thread that waited at the reading before and was not on a core since is
// still in the same wait, and one that is on a core stays there until it is put on one anew, which saves a file each.
func (t *task) read() reading {
	n := 0
	if t.schedstat >= 0 {
		var err syscall.Errno
		if n, err = pread(t.schedstat, t.buf[:]); err != 0 {
			return reading{gone: true}
		}
	}
	before := t.seen
	fields := numbers{t.buf[:n]}
	r := reading{call: noCall, core: nowhere, ran: fields.decimal(), queued: fields.decimal(), switches: fields.decimal()}
	if before.switches > 0 {
		r.waited = time.Duration(r.queued - before.queued)
	}
	unchanged := r.switches == before.switches && r.switches > 0
	switch {
	case unchanged && !before.ready && before.call != noCall:
		r.call, r.address = before.call, before.address
	case !t.readCall(&r):
		return reading{gone: true}
	case r.ready && r.core == nowhere && unchanged && before.core != nowhere:
		r.core = before.core
	case r.ready && r.core == nowhere:
		_, r.core = t.readStat()
	}
	t.seen = r
	return r
}

// readCall finds out whether the thread is ready, and else in what it waits. It is false when the thread is gone.
func (t *task) readCall(r *reading) bool {
	if t.syscall < 0 {
		return t.readLetter(r)
	}
	n, err := pread(t.syscall, t.buf[:])
	switch {
	case err != 0 && hides(err, "syscall"):
		unix.Close(t.syscall)
		t.syscall = -1
		return t.readLetter(r)
	case err != 0:
		return false
	}
	line := t.buf[:n]
	if line[0] == 'r' { // "running"
		r.ready = true
		return true
	}
	fields := numbers{line}
	if call := fields.decimal(); call != math.MaxUint64 {
		r.call = int(call)
	}
	r.address = fields.hex()
	return true
}

// readLetter is readCall by the letter that everybody may see.
func (t *task) readLetter(r *reading) bool {
	letter, core := t.readStat()
	switch letter {
	case 0, 'Z', 'X':
		return false
	case 'R':
		r.ready, r.core = true, core
	case 'D': // a page or a disk
	default:
		r.call = hiddenCall
	}
	return true
}

// readStat reads the letter of the thread's state and the core that it was on last: 0 and nowhere when it is gone.
func (t *task) readStat() (letter byte, core int) {
	if t.stat < 0 {
		var err error
		if t.stat, err = t.open("stat"); err != nil {
			return 0, nowhere
		}
	}
	n, err := pread(t.stat, t.buf[:])
	if err != 0 {
		return 0, nowhere
	}
	return parseStat(t.buf[:n])
}

// parseStat takes the state letter and the core used last from a line of /proc/PID/task/TID/stat; 0 and nowhere where it
// is none. The thread's name stands in brackets and may have brackets in it.
func parseStat(line []byte) (letter byte, core int) {
	const coreField = 39 - 3 // counted from the letter, which is field 3
	rest := line[bytes.LastIndexByte(line, ')')+1:]
	if len(rest) < 2 || len(rest) == len(line) {
		return 0, nowhere
	}
	letter = rest[1]
	for range coreField + 1 {
		space := bytes.IndexByte(rest, ' ')
		if space < 0 {
			return letter, nowhere
		}
		rest = rest[space+1:]
	}
	fields := numbers{rest}
	return letter, int(fields.decimal())
}

// pread reads a file in /proc from its start. It goes to the kernel directly: the call returns within microseconds, and
// telling Go's scheduler about it would cost more.
func pread(fd int, buf []byte) (int, syscall.Errno) {
	for {
		n, _, err := syscall.RawSyscall6(syscall.SYS_PREAD64, uintptr(fd), uintptr(unsafe.Pointer(&buf[0])), uintptr(len(buf)), 0, 0, 0)
		switch {
		case err == unix.EINTR:
		case err == 0 && n == 0:
			return 0, unix.ESRCH
		default:
			return int(n), err
		}
	}
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
