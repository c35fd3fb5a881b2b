// Package analysis turns a recording into numbers. It is pure: a recording in, numbers out.
package analysis

import (
	"encoding/json"
	"time"

	"regatta/workloads/recording"
)

// Summary is what a run comes to. Its JSON names are what scripts depend on. A number that the recording does not hold is
// null. All times are seconds, memory is bytes.
type Summary struct {
	Workload   string             `json:"workload"`
	Model      string             `json:"model"`
	Runtime    recording.Runtime  `json:"runtime"`
	Parameters map[string]any     `json:"parameters"`
	Status     recording.Status   `json:"status"`
	Reason     string             `json:"reason,omitempty"`
	ExitCode   *int               `json:"exit_code"`
	Wall       *float64           `json:"wall_s"`     // from the start of the process to its end
	Startup    *float64           `json:"start_s"`    // from the start of the process to the program's first dispatch: interpreter and imports
	Work       *float64           `json:"work_s"`     // from the program's first dispatch to its last result
	CPU        *float64           `json:"cpu_s"`      // user and system time of the whole tree
	CoresBusy  *float64           `json:"cores_busy"` // CPU divided by Wall
	PeakMemory *float64           `json:"peak_memory_bytes"`
	Metric     recording.Quantity `json:"memory_metric"`
	PeakPSS    *float64           `json:"peak_pss_bytes"`
	Result     json.RawMessage    `json:"result"`
	Lanes      []Lane             `json:"lanes"`
	Cores      []Core             `json:"cores"`    // that the run's workers were seen on
	Blocking   []Blocking         `json:"blocking"` // what blocked event loops, in the order in which it began
	Findings   []Finding          `json:"findings"` // what the numbers say, the most important first
	Observer   Observer           `json:"observer"`
	Machine    recording.Machine  `json:"machine"`
	Warnings   []string           `json:"warnings"`
}

// Lane is one lane with the time that it spent in each state. The times add up to its life.
type Lane struct {
	ID     recording.LaneID   `json:"id"`
	Parent recording.LaneID   `json:"parent"`
	Kind   recording.Kind     `json:"kind"`
	Name   string             `json:"name"`
	Detail string             `json:"detail,omitempty"`
	PID    int                `json:"pid"`
	TID    int                `json:"tid"`
	Helper bool               `json:"helper,omitempty"` // the interpreter's own, such as a fork server
	Start  float64            `json:"start_s"`
	End    float64            `json:"end_s"`
	States map[string]float64 `json:"state_s"`
}

// Observer is what the observing took.
type Observer struct {
	CPUShare *float64 `json:"cpu_share"` // of one core, while the run went on
	RateHz   *float64 `json:"rate_hz"`   // samples of the lanes a second
	Samples  int      `json:"samples"`
	Late     int      `json:"late"`    // samples taken more than half an interval after they were due
	Dropped  int      `json:"dropped"` // events of the program that there was no room for
	Sources  []string `json:"sources"` // where the lanes come from
}

// Summarize computes the summary of a recording, which may be incomplete.
func Summarize(r *recording.Recording) Summary {
	h := r.Header
	s := Summary{
		Workload: h.Workload, Model: h.Model, Runtime: h.Runtime, Parameters: h.Parameters, Machine: h.Machine,
		Status: r.Status(), Metric: recording.RSS, Result: json.RawMessage("null"),
		Lanes: lanes(r), Cores: cores(r), Blocking: blocking(r), Warnings: append(append([]string{}, r.Warnings...), r.Damage...),
		Observer: Observer{Sources: append([]string{}, h.Observed.Sources...)},
	}
	if began, ok := r.Mark(recording.MarkWorkStart); ok {
		s.Startup = seconds(began)
	}
	if work, ok := Work(r); ok {
		s.Work = seconds(work)
	}
	s.PeakMemory, s.PeakPSS = peak(r, recording.RSS), peak(r, recording.PSS)
	if e := r.End; e != nil {
		s.addEnd(*e)
	} else {
		s.Warnings = append(s.Warnings, "the recording has no end: Regatta was killed, or the run still goes on")
	}
	s.Findings = findings(r, s)
	return s
}

func (s *Summary) addEnd(e recording.End) {
	s.Reason, s.ExitCode = e.Reason, &e.ExitCode
	s.Wall = seconds(e.Wall)
	if len(e.Result) > 0 {
		s.Result = e.Result
	}
	s.Observer.Samples, s.Observer.Late, s.Observer.Dropped = e.Observer.Samples, e.Observer.Late, e.Observer.Dropped
	if len(e.Observer.Sources) > 0 {
		s.Observer.Sources = e.Observer.Sources
	}
	if e.Wall <= 0 {
		return
	}
	if e.CPUKnown {
		s.CPU, s.CoresBusy = seconds(e.CPU), ratio(e.CPU, e.Wall)
	}
	if e.Observer.Samples > 0 {
		s.Observer.CPUShare, s.Observer.RateHz = ratio(e.Observer.CPU, e.Wall), &e.Observer.RateHz
	}
}

// Work is the time from the program's first dispatch to its last result; ok is false where the program did not say.
func Work(r *recording.Recording) (d time.Duration, ok bool) {
	from, began := r.Mark(recording.MarkWorkStart)
	to, ended := r.Mark(recording.MarkWorkEnd)
	return to - from, began && ended && to >= from
}

func lanes(r *recording.Recording) []Lane {
	lanes := []Lane{}
	for _, t := range r.Tracks() {
		end := t.End
		if end == recording.StillAlive {
			end = t.SeenUntil()
		}
		l := Lane{
			ID: t.ID, Parent: t.Parent, Kind: t.Kind, Name: t.Name, Detail: t.Detail, PID: t.PID, TID: t.TID, Helper: t.Helper,
			Start: t.Start.Seconds(), End: end.Seconds(), States: map[string]float64{},
		}
		for state, d := range t.StateTimes(t.Start, end) {
			l.States[state.String()] = d.Seconds()
		}
		lanes = append(lanes, l)
	}
	return lanes
}

func seconds(d time.Duration) *float64 { s := d.Seconds(); return &s }

func ratio(a, b time.Duration) *float64 { r := float64(a) / float64(b); return &r }
