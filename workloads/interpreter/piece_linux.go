package interpreter

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// maxVector is how many pieces the kernel takes in one call (UIO_MAXIOV).
const maxVector = 1024

// vectored reads pieces with as few system calls as can be: one, where all of them are mapped.
type vectored struct {
	mem    memory
	local  []unix.Iovec
	remote []unix.RemoteIovec
}

func (v *vectored) readPieces(pieces []piece) error {
	for len(pieces) > 0 {
		batch := pieces[:min(len(pieces), maxVector)]
		v.local, v.remote = v.local[:0], v.remote[:0]
		for _, p := range batch {
			v.local = append(v.local, unix.Iovec{Base: &p.buf[0], Len: uint64(len(p.buf))})
			v.remote = append(v.remote, unix.RemoteIovec{Base: uintptr(p.address), Len: len(p.buf)})
		}
		n, errno := v.mem.copyv(v.local, v.remote)
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
