package command_test

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"regatta/workloads/plan"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
)

// stretch is what one of the programs in testdata tells of a worker: what it did between two moments, in nanoseconds of
// Python's perf_counter_ns, of which it was so long on a core and so long ready but without one, by the kernel's count.
type stretch struct {
	Phase        string
	Works, Waits string // the states while it is on a core and while it waits for what the phase is about
	PID, TID     int
	Task         string // the asyncio task's name; "" is the thread itself
	Start, End   int64
	CPU, Queued  int64
}

func (s stretch) duration() time.Duration { return time.Duration(s.End - s.Start) }

// truth is how long the worker was in each state.
func (s stretch) truth() map[string]time.Duration {
	cpu, queued := time.Duration(s.CPU), time.Duration(s.Queued)
	return map[string]time.Duration{s.Works: cpu, recording.Core.String(): queued, s.Waits: max(s.duration()-cpu-queued, 0)}
}

// witness is a run of such a program, with what it told and what was seen of it.
type witness struct {
	seen *recording.Recording
	told struct {
		Begin     int64
		Stretches []stretch
		Handed    int // how often the GIL changed hands
	}
	zero int64 // of the recording's time axis, on Python's clock
}

// testify runs one of the programs in testdata under the observers.
func testify(t testing.TB, program string, args ...string) *witness {
	t.Helper()
	rt, err := runtimes.BuiltIn("")
	if err != nil {
		t.Fatal(err)
	}
	script, err := filepath.Abs(filepath.Join("testdata", program))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "run.regatta")
	order, err := plan.ScriptOrder(plan.Script{Path: script, Args: args, Runtime: rt}, path)
	if err != nil {
		t.Fatal(err)
	}
	order.Attached = false // what it prints is recorded, and its last line is its result
	run, err := runner.Start(order, func(runner.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := run.Wait()
	if err != nil || outcome.Recording == "" {
		t.Fatalf("%s %v: %+v, %v", program, args, outcome, err)
	}
	w := &witness{}
	if w.seen, err = recording.Open(outcome.Recording); err != nil {
		t.Fatal(err)
	}
	if outcome.Status != recording.Finished || w.seen.End == nil || w.seen.End.Result == nil {
		t.Fatalf("%s %v: %+v\n%s", program, args, outcome, w.seen.Printed(recording.Stderr))
	}
	if err := json.Unmarshal(w.seen.End.Result, &w.told); err != nil {
		t.Fatal(err)
	}
	begin, ok := w.seen.Mark(recording.MarkWorkStart)
	if !ok {
		t.Fatalf("%s %v: the recording has no mark for the start of the work; warnings: %q", program, args, w.seen.Warnings)
	}
	w.zero = w.told.Begin - int64(begin)
	return w
}

// span is a stretch on the recording's time axis.
func (w *witness) span(s stretch) (from, to time.Duration) {
	return time.Duration(s.Start - w.zero), time.Duration(s.End - w.zero)
}

// lane is the worker's lane at the time of a stretch, nil where there is none: thread ids are used again.
func (w *witness) lane(s stretch) *recording.Track {
	from, to := w.span(s)
	var found *recording.Track
	for _, t := range w.seen.Tracks() {
		if t.PID != s.PID || t.TID != s.TID || (t.Kind == recording.Task) != (s.Task != "") || s.Task != "" && t.Name != s.Task {
			continue
		}
		if t.Start < to && (t.End == recording.StillAlive || t.End > from) {
			found = t
		}
	}
	return found
}

// times is how long the worker's lane was in each state in a stretch.
func (w *witness) times(s stretch) map[string]time.Duration {
	times := map[string]time.Duration{}
	if lane := w.lane(s); lane != nil {
		from, to := w.span(s)
		for state, d := range lane.StateTimes(from, to) {
			times[state.String()] = d
		}
	}
	return times
}

// agreed is how much of a stretch was seen as it was, never more of a state than the worker was in it.
func (w *witness) agreed(s stretch) time.Duration {
	seen := w.times(s)
	agreed := time.Duration(0)
	for state, d := range s.truth() {
		agreed += min(d, seen[state])
	}
	return agreed
}

// agreement is the share of a stretch that was seen as it was.
func (w *witness) agreement(s stretch) float64 { return float64(w.agreed(s)) / float64(s.duration()) }

// share is the agreement by time of several stretches.
func (w *witness) share(stretches []stretch) float64 {
	var agreed, all time.Duration
	for _, s := range stretches {
		agreed += w.agreed(s)
		all += s.duration()
	}
	return float64(agreed) / float64(all)
}

// byPhase puts stretches of the same phase together.
func byPhase(stretches []stretch) map[string][]stretch {
	phases := map[string][]stretch{}
	for _, s := range stretches {
		phases[s.Phase] = append(phases[s.Phase], s)
	}
	return phases
}
