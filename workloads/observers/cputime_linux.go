package observers

import (
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// threadTime is the CPU time of this thread.
func threadTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// processTime is the CPU time of another process, all its threads, in nanoseconds; 0 when it is gone. The kernel makes a
// clock of every process (clock_getcpuclockid in glibc), far cheaper to read than its files.
func processTime(pid int) int64 {
	var t unix.Timespec
	_, _, errno := syscall.RawSyscall(unix.SYS_CLOCK_GETTIME, uintptr(^pid<<3|2), uintptr(unsafe.Pointer(&t)), 0)
	if errno != 0 {
		return 0
	}
	return t.Nano()
}
