package recording

import (
	"encoding/json"
	"time"
)

// Header says what ran, where and when. It is the first chunk of every file.
type Header struct {
	Created    time.Time      `json:"created"`
	Regatta    string         `json:"regatta"` // version of the program that recorded
	Workload   string         `json:"workload"`
	Model      string         `json:"model"`
	Runtime    Runtime        `json:"runtime"`
	Parameters map[string]any `json:"parameters"`
	Sources    []Source       `json:"sources"` // what ran, the main file first
	Machine    Machine        `json:"machine"`
	Observed   Observed       `json:"observed"`
}

// Runtime is what executed the program.
type Runtime struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	GIL     bool   `json:"gil"`
	Path    string `json:"path"`
}

// Source is one file of the program.
type Source struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Machine is the computer that the run took place on.
type Machine struct {
	OS          string `json:"os"`
	Arch        string `json:"arch"`
	CPU         string `json:"cpu"`
	Cores       int    `json:"cores"` // logical ones that the run could use
	MemoryBytes uint64 `json:"memory_bytes"`
}

// Observed says how the run was to be observed.
type Observed struct {
	Sources       []string      `json:"sources"`        // where lanes come from on this system; what was used stands in the End
	BlockingAfter time.Duration `json:"blocking_after"` // how long a step blocks its event loop before it is noted
}

// Mark is a named moment of the run.
type Mark struct {
	Name string        `json:"name"`
	At   time.Duration `json:"at"`
}

// The marks that every run of a built-in workload has.
const (
	MarkMain      = "main"       // the program's own code started; before it the interpreter did
	MarkWorkStart = "work start" // the program dispatched its first task
	MarkWorkEnd   = "work end"   // the program had its last result
)

// Status is how a run ended.
type Status string

// The statuses of a run. A recording without an end has status Incomplete.
const (
	Finished    Status = "finished"
	Failed      Status = "failed"
	Stopped     Status = "stopped"
	TimedOut    Status = "timed-out"
	OutOfMemory Status = "out-of-memory"
	Incomplete  Status = "incomplete"
)

// End says how the run ended and what it took. It is the last chunk of a complete file.
type End struct {
	Status   Status          `json:"status"`
	Reason   string          `json:"reason,omitempty"` // one sentence, when it did not finish
	ExitCode int             `json:"exit_code"`        // of the program; -1 when a signal ended it
	Signal   string          `json:"signal,omitempty"`
	Wall     time.Duration   `json:"wall"` // from the start of the process to its end
	CPU      time.Duration   `json:"cpu"`  // user and system time of the whole tree, from the kernel
	CPUKnown bool            `json:"cpu_known"`
	Result   json.RawMessage `json:"result,omitempty"`
	Observer ObserverCost    `json:"observer"`
}

// ObserverCost is what observing took.
type ObserverCost struct {
	CPU     time.Duration `json:"cpu"`     // of the observing process during Wall
	RateHz  float64       `json:"rate_hz"` // samples of the lanes a second, achieved
	Samples int           `json:"samples"` // taken
	Late    int           `json:"late"`    // taken more than half an interval after they were due
	Dropped int           `json:"dropped"` // events that the probe had no room for
	Sources []string      `json:"sources"` // that the lanes really come from
}

// Stream says where output came from.
type Stream uint8

// The streams of a program.
const (
	Stdout Stream = 1
	Stderr Stream = 2
)

// Output is a piece of what the program printed.
type Output struct {
	Stream Stream
	At     time.Duration
	Text   []byte
}
