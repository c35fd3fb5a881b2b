//go:build cgo

package window

import (
	"sync"
	"time"

	"regatta/workloads/analysis"
	"regatta/workloads/plan"
	"regatta/workloads/recording"
)

// phase is where the controller is between two runs.
type phase int

const (
	idle      phase = iota // nothing was run or opened yet
	preparing              // the runtime is being made ready, the runner started
	running                // the program runs
	stopping               // somebody asked for its end
	finished               // there is a recording to look at, or an error
)

// busy tells whether a run is under way, so that no other may start.
func (p phase) busy() bool { return p == preparing || p == running || p == stopping }

// state is what the window shows. It is a value: a copy never changes, but for the recording behind shown, which has a
// lock.
type state struct {
	phase    phase
	note     string      // while preparing: what takes its time
	choice   plan.Choice // of the latest run; zero for a recording that was opened
	shown    *shown      // nil while there is nothing to see
	summary  *analysis.Summary
	result   *content // what the finished recording says beside the lanes, nil before
	window   *float64 // what the window itself took of a core during the latest run
	quiet    bool     // the run is shown only when it is over
	warnings []string // about the runtime, beside those of the recording
	err      error    // why there was no run
}

// shown is a recording that may still be growing. Whoever touches the recording holds the lock.
type shown struct {
	mu     sync.Mutex
	reader *recording.Reader
}

// content is what a finished recording holds in text.
type content struct {
	path           string
	length         time.Duration // of the run
	sources        []recording.Source
	stdout, stderr string
}
