package chart

import (
	"strings"
	"testing"
	"time"

	"regatta/visual/internal/sample"
	"regatta/workloads/recording"
)

func TestSpots(t *testing.T) {
	rec := sample.Threads(t)
	v := View{Width: 1120, Height: 724, Handles: true}.Whole(rec)
	c := New(rec)
	x, width := c.Plot(v)
	for _, p := range []struct {
		name  string
		x, y  float64
		area  Area
		lane  string
		state recording.State
		folds bool
	}{
		{"legend", x + 5, 26, OnLegend, "", recording.Running, false},
		{"beside the legend", x + width - 5, 26, Nowhere, "", 0, false},
		{"ruler", x + 100, 60, OnRuler, "", 0, false},
		{"triangle", 6, 104, OnLabels, "MainThread", 0, true},
		{"label", 30, 104, OnLabels, "MainThread", 0, false},
		{"no triangle", 6, 104 + 58, OnLabels, "Thread-1", 0, false},
		{"lane", x + 100, 104 + 58, OnLanes, "Thread-1", 0, false},
		{"cores", x + 100, 440, OnCores, "", 0, false},
		{"memory", x + 100, 650, OnMemory, "", 0, false},
		{"outside", -5, 650, Nowhere, "", 0, false},
	} {
		s := c.Spot(v, p.x, p.y)
		name := ""
		if s.Track != nil {
			name = s.Track.Name
		}
		if s.Area != p.area || name != p.lane || s.State != p.state || s.Folds != p.folds {
			t.Errorf("%s: %+v, lane %q", p.name, s, name)
		}
	}
}

func TestTipsEverywhere(t *testing.T) {
	rec := sample.Loop(t)
	v := View{Width: 1120, Height: 724}.Whole(rec)
	c := New(rec)
	x, width := c.Plot(v)
	at := func(d time.Duration) float64 { return x + width*float64(d)/float64(v.To) }
	l := c.layout(v, 0, 0)
	for _, p := range []struct {
		name  string
		x, y  float64
		wants []string
	}{
		{"a name that is cut", 30, l.rowMid(1), []string{"a_thread_pool_executor_with_a_very_long_name_0", "resize", "thread id 43", "works 210 ms"}},
		{"a blocking step", at(150 * ms), l.rowMid(3), []string{"Task-3 · running", "blocks its event loop for 120 ms, in hash_password"}},
		{"a core with a worker", at(150 * ms), l.strips[0].Y + 3, []string{"Core 0 · MainThread, running", "70 % used by the whole machine"}},
		{"a core without", at(220 * ms), l.strips[1].Y + 3, []string{"Core 1 · none of this run's workers"}},
		{"memory", at(200 * ms), l.memoryPlot.Y + 5, []string{"21.0 MB resident", "python (42)"}},
		{"the legend", x + 3, 26, []string{"Running"}},
	} {
		tip, ok := c.TipAt(v, p.x, p.y)
		text := tip.Title + "\n" + strings.Join(tip.Lines, "\n")
		for _, want := range p.wants {
			if !ok || !strings.Contains(text, want) {
				t.Errorf("%s: %q has no %q", p.name, text, want)
			}
		}
	}
	v.Until = 100 * ms
	if tip, ok := c.TipAt(v, at(150*ms), l.rowMid(3)); ok {
		t.Errorf("a replay tells the future: %+v", tip)
	}
}

func TestTipOfAFoldedGroup(t *testing.T) {
	rec := sample.Threads(t)
	v := View{Width: 1120, Height: 724, Lanes: Lanes{Folds: map[recording.LaneID]bool{1: true}}}.Whole(rec)
	c := New(rec)
	h, ok := c.Hit(v, 500, 104)
	if !ok || h.Lanes != 5 || len(h.Shares) == 0 {
		t.Fatalf("hit %+v", h)
	}
	if tip, ok := c.TipAt(v, 500, 104); !ok || tip.Title != "5 lanes, mean" {
		t.Errorf("tip %+v", tip)
	}
}

func TestSelectionSteps(t *testing.T) {
	rec := sample.Threads(t)
	c := New(rec)
	v := View{Width: 1120, Height: 724}.Whole(rec)
	v.Selected = c.Step(v, true)
	track, span, ok := c.SelectedSpan(v.Selected)
	if !ok || track.Name != "MainThread" || span.State != recording.Start {
		t.Fatalf("the first step selects %v of %+v", span, v.Selected)
	}
	for _, want := range []recording.State{recording.Running, recording.Lock, recording.Running, recording.Running} {
		v.Selected = c.Step(v, true)
		if _, span, _ = c.SelectedSpan(v.Selected); span.State != want {
			t.Errorf("a step selects %v, want %v", span, want)
		}
	}
	v.Selected = c.Step(v, false)
	if _, span, _ = c.SelectedSpan(v.Selected); span.State != recording.Lock {
		t.Errorf("a step back selects %v", span)
	}
	if id, row := c.Neighbour(v, v.Selected.Lane, 2); rec.Track(id).Name != "Thread-2" || row != 2 {
		t.Errorf("two below is lane %d in row %d", id, row)
	}
	if id, row := c.Neighbour(v, v.Selected.Lane, 99); rec.Track(id).Name != "Thread-4" || row != 4 {
		t.Errorf("far below is lane %d in row %d", id, row)
	}
}

func TestNextEvent(t *testing.T) {
	rec := sample.Threads(t)
	c := New(rec)
	at, n := time.Duration(0), 0
	for {
		next := c.NextEvent(at, true)
		if next == at {
			break
		}
		if next < at {
			t.Fatalf("from %v forward to %v", at, next)
		}
		if back := c.NextEvent(next, false); back != at {
			t.Fatalf("from %v back to %v, not %v", next, back, at)
		}
		at, n = next, n+1
	}
	if at != 554*ms || n < 90 {
		t.Errorf("%d events, the last at %v", n, at)
	}
}

func TestMeasure(t *testing.T) {
	rec := sample.Loop(t)
	c := New(rec)
	v := View{Width: 1120, Height: 724}.Whole(rec)
	m := c.Measure(v, Stretch{100 * ms, 300 * ms})
	// MainThread: I/O 10, running 120, I/O 70; the executor: native 20, lock 100, native 80. Tasks do not count.
	want := map[recording.State]time.Duration{
		recording.Running: 120 * ms, recording.IO: 80 * ms, recording.Native: 100 * ms, recording.Lock: 100 * ms,
	}
	for _, s := range m.States {
		if want[s.State] != s.Time || s.Share != float64(s.Time)/float64(400*ms) {
			t.Errorf("%v: %v, %.2f", s.State, s.Time, s.Share)
		}
		delete(want, s.State)
	}
	if len(want) > 0 || m.CoresBusy != 0.875 {
		t.Errorf("missing %v, %.3f cores busy", want, m.CoresBusy)
	}
	v.Selected = Selection{Lane: 1, At: -1}
	if m := c.Measure(v, Stretch{0, 60 * ms}); m.Lane == nil || m.States[0].State != recording.Start {
		t.Errorf("of one lane: %+v", m)
	}
	tip := c.Measure(v, Stretch{0, 60 * ms}).Tip()
	if tip.Title != "60.0 ms of MainThread" || !strings.Contains(strings.Join(tip.Lines, "|"), "30.0 ms  50 % starting up|20.0 ms  33 % running") {
		t.Errorf("tip %+v", tip)
	}
}

func TestTasksAreNoWorkers(t *testing.T) {
	rec := sample.Loop(t)
	c := New(rec)
	cur := c.Cursor(View{Width: 1120, Height: 724}.Whole(rec), 150*ms) // the main thread runs, with a task in it; the executor waits
	if n := len(cur.Readouts); n == 0 || cur.Readouts[n-1].Text != "1 of 2 working" {
		t.Errorf("readouts %+v", cur.Readouts)
	}
}
