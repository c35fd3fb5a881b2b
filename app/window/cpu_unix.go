//go:build cgo && unix

package window

import (
	"syscall"
	"time"
)

// ownCPU is the CPU time that this process took so far: the window's, not the run's.
func ownCPU() (time.Duration, bool) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, false
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), true
}
