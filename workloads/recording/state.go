package recording

import "fmt"

// State is what a lane is doing during a span.
type State uint8

// The states of a lane. Unknown is a stretch that nobody saw, a gap; it is never drawn as anything else.
const (
	Unknown State = iota
	Running       // executing Python bytecode or Go code
	Native        // on a core in C code that let go of the GIL
	GIL           // ready, waiting for the GIL
	Core          // ready, waiting for a free core
	Lock          // waiting for a lock, a queue, a join, another worker
	IO            // waiting for the network, a pipe or a disk
	Sleep         // waiting for a timer
	Start         // the interpreter is starting, importing, forking
	Await         // a task suspended at an await
	Ready         // a task that could run, but its event loop is busy with another
	numStates
)

// stateTable has one row a state. The names are part of the file format and of the JSON that scripts read.
var stateTable = [numStates]struct {
	name, label string
	working     bool
}{
	Unknown: {"unknown", "Not seen", false},
	Running: {"running", "Running", true},
	Native:  {"native", "Running without the GIL", true},
	GIL:     {"gil", "Waiting for the GIL", false},
	Core:    {"core", "Waiting for a core", false},
	Lock:    {"lock", "Waiting for a lock", false},
	IO:      {"io", "Waiting for I/O", false},
	Sleep:   {"sleep", "Sleeping", false},
	Start:   {"start", "Starting up", true},
	Await:   {"await", "Awaiting", false},
	Ready:   {"ready", "Waiting for the event loop", false},
}

// States lists every state in the order in which legends and tables show them, Unknown last.
func States() []State {
	return []State{Running, Native, GIL, Core, Lock, IO, Sleep, Start, Await, Ready, Unknown}
}

// String is the state's name in files, JSON and on the command line.
func (s State) String() string {
	if s >= numStates {
		return fmt.Sprintf("state(%d)", uint8(s))
	}
	return stateTable[s].name
}

// Label is the state's name for people.
func (s State) Label() string {
	if s >= numStates {
		return s.String()
	}
	return stateTable[s].label
}

// Working tells whether the lane gets something done in this state: these spans are drawn thick.
func (s State) Working() bool { return s < numStates && stateTable[s].working }
