package analysis

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"regatta/workloads/recording"
)

// Who was ready during a blocking step, and kept waiting by just that one, counts.
func TestBlocking(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{Created: time.Unix(1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", End: recording.StillAlive})
	lane := func(name string, spans ...recording.Span) recording.LaneID {
		id := w.AddLane(recording.Lane{Parent: main, Kind: recording.Task, Name: name, End: recording.StillAlive})
		for _, s := range spans {
			w.Span(id, s)
		}
		return id
	}
	ready := func(from, to time.Duration, by recording.LaneID) recording.Span {
		return recording.Span{Start: from * ms, End: to * ms, State: recording.Ready, Blocker: by}
	}
	blocker := lane("blocker", recording.Span{Start: 100 * ms, End: 400 * ms, State: recording.Sleep})
	lane("for a while", ready(200, 400, blocker), ready(400, 550, main))
	lane("all the time", ready(0, 100, blocker), ready(100, 500, blocker)) // it ran for a moment before and after, too
	lane("by another", ready(100, 400, main))
	lane("not ready", recording.Span{Start: 100 * ms, End: 400 * ms, State: recording.Await, Blocker: blocker})
	w.Blocking(recording.Blocking{Lane: main, Start: 400 * ms, End: 600 * ms})
	w.Blocking(recording.Blocking{Lane: blocker, Start: 100 * ms, End: 400 * ms, Function: "fetch"})
	if err := w.Finish(recording.End{}); err != nil {
		t.Fatal(err)
	}
	r, err := recording.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []Blocking{
		{Lane: blocker, Name: "blocker", Start: 0.1, Duration: 0.3, Function: "fetch", Kept: 2, KeptFor: 0.5},
		{Lane: main, Name: "MainThread", Start: 0.4, Duration: 0.2, Kept: 1, KeptFor: 0.15},
	}
	if diff := cmp.Diff(want, Summarize(r).Blocking, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
	text, err := json.Marshal(Summarize(r).Blocking[0])
	if err != nil {
		t.Fatal(err)
	}
	var object map[string]any
	if err := json.Unmarshal(text, &object); err != nil {
		t.Fatal(err)
	}
	has(t, object, "lane", "name", "start_s", "duration_s", "function", "kept_waiting", "kept_waiting_s")
}
