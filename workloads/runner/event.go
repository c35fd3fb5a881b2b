package runner

import (
	"encoding/json"
	"io"
	"sync"

	"regatta/workloads/recording"
)

// EventKind says what an Event tells.
type EventKind string

// The events of a run, in this order. Stopping comes only where something ends the program before it ends by itself.
const (
	Prepared EventKind = "prepared" // the recording exists at Run.Live
	Started  EventKind = "started"
	Stopping EventKind = "stopping"
	Exited   EventKind = "exited" // the program itself is gone
	Reaped   EventKind = "reaped" // so is everything that it started
	Ended    EventKind = "ended"  // the recording is saved
)

// Event is a step of a run.
type Event struct {
	Kind    EventKind
	PID     int      `json:",omitempty"` // of the program, with Started
	Folder  string   `json:",omitempty"` // the run's own, with Prepared
	Reason  string   `json:",omitempty"` // with Stopping
	Outcome *Outcome `json:",omitempty"` // with Ended
	Error   string   `json:",omitempty"` // with Ended, where there was no run
}

// Outcome is how a run ended. More is in the recording's End.
type Outcome struct {
	Status    recording.Status
	Reason    string // one sentence, when it did not finish
	ExitCode  int    // of the program; -1 when a signal ended it
	Signal    string
	Forced    bool   // Regatta ended the program, for the Reason
	Recording string // where it lies: at its final path unless it could not be moved there
}

// reporter writes events for the front. A front that is gone is no error: that shows at the runner's input.
type reporter struct {
	mu  sync.Mutex
	out io.Writer
}

func (r *reporter) send(e Event) {
	line, err := json.Marshal(e)
	if err != nil {
		return // an Event has nothing that JSON cannot say
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.out.Write(append(line, '\n'))
}
