package export

import (
	"bufio"
	"encoding/json"
	"io"
	"time"

	"regatta/workloads/recording"
)

// # The trace
//
// It is Chrome's trace event format, in JSON, as Perfetto, Chrome and speedscope open it. What is written follows what
// Perfetto's importer accepts, which is less than what the format allows:
//
//   - A lane is a thread of its process. A track's slices ("X") must not overlap, which spans of a lane never do; tasks
//     and interpreters, which are no threads, get thread numbers of their own, beyond those of any system.
//   - Process 0 is the idle process there, so it is not used for processes that are not known.
//   - The importer multiplies microseconds by 1000 and cuts off what is behind the point, so that 0.007 would become 6
//     ns. Times that are no whole microseconds therefore have a hundredth of a nanosecond too much.
//   - A counter holds its value until its next one. The use of a core, a mean over the time since the point before, is
//     therefore written at the beginning of that time, and where a sample was missed a slice says so.
//   - displayTimeUnit is left out: some versions take it for the unit of all times. The object begins with traceEvents,
//     by which the form is recognized.
//
// A stretch that nobody saw has no slice.

// Trace writes a recording as a trace.
func Trace(w io.Writer, r *recording.Recording, s Stretch) error {
	t := &tracer{rec: r, stretch: s, out: bufio.NewWriter(w), tracks: map[recording.LaneID]track{}, taken: map[track]bool{}, named: map[uint32]bool{}}
	t.json = json.NewEncoder(t.out)
	t.json.SetEscapeHTML(false)
	t.out.WriteString("{\"traceEvents\":[\n")
	t.lanes()
	t.cores()
	t.counters()
	t.marks()
	t.out.WriteString("],\"otherData\":")
	t.put(about(r))
	t.out.WriteString("}\n")
	if t.err != nil {
		return t.err
	}
	return t.out.Flush()
}

// tracer writes events one by one: a trace is larger than the recording in memory.
type tracer struct {
	rec     *recording.Recording
	stretch Stretch
	out     *bufio.Writer
	json    *json.Encoder // to out
	err     error         // the first
	events  int
	tracks  map[recording.LaneID]track
	taken   map[track]bool
	named   map[uint32]bool // processes that have a name
}

// event is one line of the trace.
type event struct {
	Phase    string `json:"ph"`
	Name     string `json:"name"`
	Category string `json:"cat,omitempty"`
	PID      uint32 `json:"pid"`
	TID      uint32 `json:"tid,omitzero"` // of all but what belongs to a whole process
	At       micros `json:"ts"`
	Duration micros `json:"dur,omitzero"` // of slices, which last at least a nanosecond
	Scope    string `json:"s,omitempty"`  // of instants: t is the thread, g is everything
	Args     any    `json:"args,omitempty"`
}

// The phases.
const (
	slice    = "X"
	counter  = "C"
	instant  = "i"
	metadata = "M"
)

func (t *tracer) event(e event) {
	if t.events++; t.events > 1 {
		t.out.WriteByte(',')
	}
	t.put(e)
}

func (t *tracer) put(v any) {
	if err := t.json.Encode(v); t.err == nil {
		t.err = err
	}
}

// name names a process or a thread and gives it its place among the others.
func (t *tracer) name(of string, at track, name string, place int) {
	t.event(event{Phase: metadata, Name: of + "_name", PID: at.pid, TID: at.tid, Args: map[string]string{"name": name}})
	t.event(event{Phase: metadata, Name: of + "_sort_index", PID: at.pid, TID: at.tid, Args: map[string]int{"sort_index": place}})
}

// marks are instants of everything.
func (t *tracer) marks() {
	for _, m := range t.rec.Marks {
		if t.stretch.contains(m.At) {
			t.event(event{Phase: instant, Name: "Mark: " + text(m.Name), Category: "mark", PID: coresPID, TID: coresPID, At: micros(m.At), Scope: "g"})
		}
	}
}

// about is what stands beside the events.
func about(r *recording.Recording) map[string]string {
	h := r.Header
	return map[string]string{
		"regatta": text(h.Regatta), "created": h.Created.Format(time.RFC3339), "workload": text(h.Workload), "model": text(h.Model),
		"runtime": text(h.Runtime.Name), "status": text(string(r.Status())),
	}
}
