package clock

import "golang.org/x/sys/unix"

// clockUptimeRaw is CLOCK_UPTIME_RAW of <time.h>: mach_absolute_time in nanoseconds, which perf_counter reads.
const clockUptimeRaw = 8

// Now reads mach_absolute_time in nanoseconds.
func Now() int64 {
	var t unix.Timespec
	if err := unix.ClockGettime(clockUptimeRaw, &t); err != nil {
		panic(err) // there since macOS 10.12
	}
	return t.Nano()
}
