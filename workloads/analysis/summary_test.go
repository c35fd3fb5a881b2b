package analysis

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"regatta/workloads/recording"
)

const ms = time.Millisecond

// record makes a recording whose numbers are known.
func record(t *testing.T, finish bool) *recording.Recording {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{
		Created: time.Unix(1, 0), Workload: "sum", Model: "threads", Parameters: map[string]any{"tasks": 4},
		Runtime: recording.Runtime{Name: "CPython", Version: "3.14.6", GIL: true, Path: "/python"},
		Machine: recording.Machine{Cores: 2}, Observed: recording.Observed{Sources: []string{"probe"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", PID: 7, TID: 7, End: 1000 * ms})
	w.Span(main, recording.Span{Start: 0, End: 100 * ms, State: recording.Start})
	w.Span(main, recording.Span{Start: 100 * ms, End: 1000 * ms, State: recording.Lock})
	for i := range 2 {
		worker := w.AddLane(recording.Lane{Parent: main, Kind: recording.Thread, Name: "Thread", PID: 7, TID: 8 + i, Start: 200 * ms, End: 800 * ms})
		w.Span(worker, recording.Span{Start: 200 * ms, End: 650 * ms, State: recording.GIL, Blocker: main})
		w.Span(worker, recording.Span{Start: 650 * ms, End: 800 * ms, State: recording.Running})
	}
	tracker := w.AddLane(recording.Lane{Parent: main, Kind: recording.Process, Name: "resource tracker", PID: 11, TID: 11, Start: 200 * ms, End: 900 * ms, Helper: true})
	w.Span(tracker, recording.Span{Start: 200 * ms, End: 900 * ms, State: recording.IO})
	// Two processes that are never there together at their largest: 30 + 5, then 40.
	first, second := w.AddSeries(recording.SeriesInfo{Quantity: recording.RSS, PID: 7}), w.AddSeries(recording.SeriesInfo{Quantity: recording.RSS, PID: 11})
	for _, p := range []struct {
		of    recording.SeriesID
		at    time.Duration
		value float64
	}{{first, 100, 20e6}, {first, 200, 30e6}, {second, 210, 5e6}, {first, 300, math.NaN()}, {second, 310, 40e6}} {
		w.Point(p.of, recording.Point{At: p.at * ms, Value: p.value})
	}
	core := w.AddLane(recording.Lane{Kind: recording.CoreLane, Core: 3, End: 1000 * ms})
	w.Span(core, recording.Span{Start: 100 * ms, End: 150 * ms, State: recording.Running, Blocker: main})
	w.Span(core, recording.Span{Start: 650 * ms, End: 800 * ms, State: recording.Running, Blocker: 2})
	w.Mark(recording.MarkMain, 100*ms)
	w.Mark(recording.MarkWorkStart, 150*ms)
	w.Mark(recording.MarkWorkEnd, 850*ms)
	w.Warn("a warning")
	end := recording.End{
		Status: recording.Finished, Wall: 1000 * ms, CPU: 1500 * ms, CPUKnown: true, Result: json.RawMessage("42"),
		Observer: recording.ObserverCost{CPU: 20 * ms, RateHz: 990, Samples: 990, Late: 3},
	}
	if !finish {
		w.Flush()
		r, err := recording.Open(path + recording.PartSuffix)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if err := w.Finish(end); err != nil {
		t.Fatal(err)
	}
	r, err := recording.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSummarize(t *testing.T) {
	s := Summarize(record(t, true))
	for name, test := range map[string]struct {
		got  *float64
		want float64
	}{
		"wall": {s.Wall, 1}, "start": {s.Startup, 0.15}, "work": {s.Work, 0.7}, "cpu": {s.CPU, 1.5}, "cores": {s.CoresBusy, 1.5},
		"peak": {s.PeakMemory, 40e6}, "observer": {s.Observer.CPUShare, 0.02}, "rate": {s.Observer.RateHz, 990},
	} {
		if test.got == nil || math.Abs(*test.got-test.want) > 1e-9*test.want {
			t.Errorf("%s: %v, want %v", name, test.got, test.want)
		}
	}
	if len(s.Cores) != 1 || s.Cores[0].Core != 3 || s.Cores[0].Workers != 2 || math.Abs(s.Cores[0].Ours-0.2) > 1e-9 {
		t.Errorf("cores %+v", s.Cores)
	}
	if s.PeakPSS != nil {
		t.Errorf("a PSS of %v that was not measured", *s.PeakPSS)
	}
	if got := s.Lanes[1].States; math.Abs(got["gil"]-0.45) > 1e-9 || math.Abs(got["running"]-0.15) > 1e-9 || len(got) != 2 {
		t.Errorf("states %v", got)
	}
	if !slices.Equal(s.Warnings, []string{"a warning"}) || string(s.Result) != "42" || s.Status != recording.Finished {
		t.Errorf("%+v", s)
	}
	// The main thread hands out work and the tracker is Python's own: neither is a worker.
	if state, share, ok := s.LargestWait(); !ok || state != recording.GIL || math.Abs(share-0.75) > 1e-9 {
		t.Errorf("largest wait %v, %v, %v", state, share, ok)
	}
}

// What a recording without an end does not tell is null, not 0.
func TestSummarizeIncomplete(t *testing.T) {
	s := Summarize(record(t, false))
	if s.Status != recording.Incomplete || s.Wall != nil || s.CPU != nil || s.CoresBusy != nil || s.ExitCode != nil || s.Observer.RateHz != nil {
		t.Errorf("%+v", s)
	}
	text, err := json.Marshal(s)
	if err != nil || !strings.Contains(string(text), `"wall_s":null`) || !strings.Contains(string(text), `"result":null`) {
		t.Errorf("%s, %v", text, err)
	}
	if last := s.Warnings[len(s.Warnings)-1]; !strings.Contains(last, "no end") {
		t.Errorf("warnings %q", s.Warnings)
	}
}

// Scripts depend on these names.
func TestNamesInJSON(t *testing.T) {
	text, err := json.Marshal(Summarize(record(t, true)))
	if err != nil {
		t.Fatal(err)
	}
	var object map[string]any
	if err := json.Unmarshal(text, &object); err != nil {
		t.Fatal(err)
	}
	has(t, object, "workload", "model", "runtime", "parameters", "status", "wall_s", "work_s", "cpu_s", "cores_busy",
		"peak_memory_bytes", "memory_metric", "result", "lanes", "blocking", "observer", "warnings")
	has(t, object["runtime"].(map[string]any), "name", "version", "gil", "path")
	has(t, object["observer"].(map[string]any), "cpu_share", "rate_hz")
	has(t, object["lanes"].([]any)[0].(map[string]any), "id", "parent", "kind", "name", "pid", "tid", "start_s", "end_s", "state_s")
}

func has(t *testing.T, object map[string]any, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, there := object[name]; !there {
			t.Errorf("there is no %q", name)
		}
	}
}
