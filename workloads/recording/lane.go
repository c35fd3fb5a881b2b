package recording

import "time"

// LaneID names a lane within its recording. Lanes are numbered from 1 in the order in which they were first seen.
type LaneID int32

// NoLane is the parent of a root lane, and the blocker of a span that waits for nobody known.
const NoLane LaneID = 0

// Kind is what sort of worker a lane shows.
type Kind string

// The kinds of lanes. A process's lane shows its main thread; its other threads are lanes inside it.
const (
	Process     Kind = "process"
	Thread      Kind = "thread"
	Interpreter Kind = "interpreter"
	Task        Kind = "task"
	Goroutine   Kind = "goroutine"

	// CoreLane is no worker but a core of the machine. Its spans say which worker was on it: State is what that one did,
	// Blocker is that one's lane. In state Unknown none of the run's workers was seen on it.
	CoreLane Kind = "core"
)

// StillAlive is the End of a lane whose end was not seen yet.
const StillAlive time.Duration = -1

// Lane is one row of the timeline: a worker, inside its parent.
type Lane struct {
	ID     LaneID        `json:"id"`
	Parent LaneID        `json:"parent"`
	Kind   Kind          `json:"kind"`
	Name   string        `json:"name"`             // as Python names it: "MainThread", "Process-1", "Task-3"
	Detail string        `json:"detail,omitempty"` // what it runs: a function's or coroutine's name
	PID    int           `json:"pid"`
	TID    int           `json:"tid"`
	Start  time.Duration `json:"start"`
	End    time.Duration `json:"end"`
	Helper bool          `json:"helper,omitempty"` // the interpreter's own: a fork server, a resource tracker
	Core   int           `json:"core,omitempty"`   // the core's number, of a CoreLane
}

// Span is a stretch of a lane in one state.
type Span struct {
	Start, End time.Duration
	State      State
	Blocker    LaneID // who held what this lane waits for, or NoLane; on a core, who was on it
	Label      string // the function that ran, where that is known
}

// Blocking is a step of a task, or another callback, that kept its event loop from everything else for long.
type Blocking struct {
	Lane     LaneID        `json:"lane"` // the task's, or the event loop's thread's where it was no task
	Start    time.Duration `json:"start"`
	End      time.Duration `json:"end"`
	Function string        `json:"function"` // that it was in for the longest time, "" where that is not known
}

// Duration is how long the span lasted.
func (s Span) Duration() time.Duration { return s.End - s.Start }
