package interpreter

import (
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// gilSize is a bound for the GIL's state with its locks and condition variables (Python/pycore_gil.h): 208 bytes with
// glibc on 64 bits, 8 more on a free-threaded build.
const gilSize = 216

// maxVector is how many pieces the kernel takes in one call (UIO_MAXIOV).
const maxVector = 1024

// processSource reads pieces with as few system calls as can be: one, where all of them are mapped.
type processSource struct {
	pid    int
	local  []unix.Iovec
	remote []unix.RemoteIovec
}

func openSource(pid int) (*processSource, error) { return &processSource{pid: pid}, nil }

func (p *processSource) close() {}

func (p *processSource) readPieces(pieces []piece) error {
	for len(pieces) > 0 {
		batch := pieces[:min(len(pieces), maxVector)]
		n, errno := p.copy(batch)
		if errno != 0 && errno != syscall.EFAULT {
			return errno
		}
		// The copy ends at the first piece that is not mapped: leave that one out and go on behind it.
		done := 0
		for ; done < len(batch) && n >= len(batch[done].buf); done++ {
			n -= len(batch[done].buf)
			*batch[done].ok = true
		}
		if done < len(batch) {
			*batch[done].ok = false
			done++
		}
		pieces = pieces[done:]
	}
	return nil
}

// copy is the system call: it copies until an address is not mapped and returns how many bytes that were.
func (p *processSource) copy(pieces []piece) (int, syscall.Errno) {
	p.local, p.remote = p.local[:0], p.remote[:0]
	for _, want := range pieces {
		p.local = append(p.local, unix.Iovec{Base: &want.buf[0], Len: uint64(len(want.buf))})
		p.remote = append(p.remote, unix.RemoteIovec{Base: uintptr(want.address), Len: len(want.buf)})
	}
	n, _, errno := syscall.RawSyscall6(unix.SYS_PROCESS_VM_READV, uintptr(p.pid),
		uintptr(unsafe.Pointer(&p.local[0])), uintptr(len(p.local)), uintptr(unsafe.Pointer(&p.remote[0])), uintptr(len(p.remote)), 0)
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}
