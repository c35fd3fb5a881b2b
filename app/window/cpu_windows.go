//go:build cgo

package window

import (
	"syscall"
	"time"
)

// ownCPU is the CPU time that this process took so far: the window's, not the run's.
func ownCPU() (time.Duration, bool) {
	self, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0, false
	}
	var creation, exit, kernel, user syscall.Filetime
	if err := syscall.GetProcessTimes(self, &creation, &exit, &kernel, &user); err != nil {
		return 0, false
	}
	ticks := func(f syscall.Filetime) time.Duration {
		return time.Duration(f.HighDateTime)<<32 | time.Duration(f.LowDateTime)
	}
	return 100 * (ticks(kernel) + ticks(user)), true
}
