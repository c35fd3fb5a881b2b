package observers

import (
	"golang.org/x/sys/unix"

	"regatta/workloads/recording"
)

// waits says what a thread waits for while it is in a system call. A call that is not in the table counts as I/O: the
// kernel does something for the thread.
var waits = map[int]recording.State{
	unix.SYS_FUTEX:           recording.Lock,
	unix.SYS_WAIT4:           recording.Lock, // for another process
	unix.SYS_WAITID:          recording.Lock,
	unix.SYS_FLOCK:           recording.Lock,
	unix.SYS_SEMTIMEDOP:      recording.Lock,
	unix.SYS_RT_SIGTIMEDWAIT: recording.Lock,
	unix.SYS_RT_SIGSUSPEND:   recording.Lock,
	unix.SYS_NANOSLEEP:       recording.Sleep,
	unix.SYS_CLOCK_NANOSLEEP: recording.Sleep,
}
