package observers

import (
	"time"

	"golang.org/x/sys/windows"
)

// ownTime is the CPU time, user and system, of this process.
func ownTime() time.Duration {
	var created, exited, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(windows.CurrentProcess(), &created, &exited, &kernel, &user); err != nil {
		return 0
	}
	hundreds := func(t windows.Filetime) int64 { return int64(t.HighDateTime)<<32 | int64(t.LowDateTime) }
	return time.Duration(100 * (hundreds(kernel) + hundreds(user)))
}
