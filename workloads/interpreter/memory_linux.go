package interpreter

import (
	"encoding/binary"
	"errors"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// memory reads the memory of one process.
type memory struct{ pid int }

// errPartial says that the kernel copied less than was asked for: an address is not mapped any more.
var errPartial = errors.New("an address in the interpreter's memory is not mapped")

// readv fills local buffers from remote addresses with one system call. The two lists belong together one by one.
func (m memory) readv(local []unix.Iovec, remote []unix.RemoteIovec) error {
	want := 0
	for _, r := range remote {
		want += r.Len
	}
	n, errno := m.copyv(local, remote)
	switch {
	case errno != 0:
		return errno
	case n != want:
		return errPartial
	}
	return nil
}

// copyv is the system call: it copies until an address is not mapped and returns how many bytes that were.
func (m memory) copyv(local []unix.Iovec, remote []unix.RemoteIovec) (int, syscall.Errno) {
	n, _, errno := syscall.RawSyscall6(unix.SYS_PROCESS_VM_READV, uintptr(m.pid),
		uintptr(unsafe.Pointer(&local[0])), uintptr(len(local)), uintptr(unsafe.Pointer(&remote[0])), uintptr(len(remote)), 0)
	if errno != 0 {
		return 0, errno
	}
	return int(n), 0
}

// read fills buf from an address.
func (m memory) read(address uint64, buf []byte) error {
	local := []unix.Iovec{{Base: &buf[0], Len: uint64(len(buf))}}
	return m.readv(local, []unix.RemoteIovec{{Base: uintptr(address), Len: len(buf)}})
}

// word reads eight bytes.
func (m memory) word(address uint64) (uint64, error) {
	var buf [8]byte
	err := m.read(address, buf[:])
	return binary.LittleEndian.Uint64(buf[:]), err
}
