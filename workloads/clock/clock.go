// Package clock is the one time axis of a run: durations since its start on the machine's monotonic clock, the clock
// that Python's time.perf_counter_ns reads as well.
package clock

import "time"

// Start is the zero of a run's time axis, in nanoseconds of the monotonic clock.
type Start int64

// Begin returns a time axis that starts now.
func Begin() Start { return Start(Now()) }

// Now is the time since the start.
func (s Start) Now() time.Duration { return s.At(Now()) }

// At puts a reading of the monotonic clock, such as one of Python's time.perf_counter_ns, on the time axis.
func (s Start) At(ns int64) time.Duration { return time.Duration(ns - int64(s)) }
