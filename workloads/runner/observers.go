package runner

import (
	"time"

	"regatta/workloads/clock"
	"regatta/workloads/recording"
)

// Observers watch a running tree and append to its recording, which the runner flushes ten times a second. They start no
// processes: the runner reaps every child of this process, on Linux.
type Observers interface {
	// Stop is called once, when the whole tree is gone, and returns when all has been handed to the recording.
	Stop() recording.ObserverCost
}

// StartObservers starts watching a program that was just started.
type StartObservers func(Target, *recording.Writer) Observers

// Target is what to watch.
type Target struct {
	PID         int          // of the program
	Start       clock.Start  // zero of the recording's time axis
	Events      string       // folder of the probe's files
	MemoryLimit uint64       // bytes of the whole tree; 0 is none
	OverLimit   func(uint64) // to be called with the bytes in use when they are over the limit; stops the run
	// BlockingAfter is how long a step may keep its event loop from everything else before that is noted.
	BlockingAfter time.Duration
}
