// Package sample makes up recordings for tests of pictures. They go through a file, as real ones do.
package sample

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"regatta/workloads/recording"
)

const ms = time.Millisecond

// Recording writes a recording and opens it again. fill may leave it without an end, then it is live.
func Recording(t testing.TB, fill func(w *recording.Writer)) *recording.Recording {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{
		Created: time.Unix(1_700_000_000, 0), Workload: "sum", Model: "threads",
		Machine: recording.Machine{Cores: 2},
	})
	if err != nil {
		t.Fatal(err)
	}
	fill(w)
	w.Flush()
	if err := w.Err(); err != nil {
		t.Fatal(err)
	}
	rec, err := recording.Open(path + recording.PartSuffix)
	if err != nil {
		rec, err = recording.Open(path) // fill has finished it
	}
	if err != nil {
		t.Fatal(err)
	}
	// A live recording's file stays open until the writer finishes; some systems cannot remove it before.
	t.Cleanup(func() { _ = w.Finish(recording.End{}) })
	return rec
}

// Threads is four threads that take turns at the GIL, as in the drawings.
func Threads(t testing.TB) *recording.Recording {
	return Recording(t, func(w *recording.Writer) {
		random := rand.New(rand.NewPCG(1, 2))
		main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", Detail: "python", PID: 8216, TID: 8216, End: 554 * ms})
		spans(w, main, 0, recording.Start, 12*ms, recording.Running, 8*ms, recording.Lock, 530*ms, recording.Running, 4*ms)
		const n = 4
		lanes := make([]recording.LaneID, n)
		at := make([]time.Duration, n)
		for i := range lanes {
			lanes[i] = w.AddLane(recording.Lane{
				Parent: main, Kind: recording.Thread, Name: "Thread-" + string(rune('1'+i)), Detail: "sum_range",
				PID: 8216, TID: 8217 + i, Start: 20 * ms, End: 549 * ms,
			})
			at[i] = 20 * ms
		}
		for now, turn := 20*ms, 0; now < 545*ms; turn++ {
			i := turn % n
			before := lanes[(i+n-1)%n]
			if now > at[i] {
				w.Span(lanes[i], recording.Span{Start: at[i], End: now, State: recording.GIL, Blocker: before})
			}
			at[i] = now + 5*ms + time.Duration(random.IntN(1000))*time.Microsecond
			w.Span(lanes[i], recording.Span{Start: now, End: at[i], State: recording.Running, Label: "sum_range"})
			now = at[i]
		}
		Cores(w, random, 2, 554*ms, 10*ms, nil)
		Memory(w, 8216, "python", 0, 554*ms, 9.1e6, 14.2e6, false)
		w.Mark(recording.MarkMain, 12*ms)
		w.Mark(recording.MarkWorkStart, 20*ms)
		w.Mark(recording.MarkWorkEnd, 549*ms)
		finish(w, 554*ms)
	})
}

// spans adds consecutive spans: state and duration in turn.
func spans(w *recording.Writer, lane recording.LaneID, at time.Duration, list ...any) {
	for i := 0; i < len(list); i += 2 {
		end := at + list[i+1].(time.Duration)
		w.Span(lane, recording.Span{Start: at, End: end, State: list[i].(recording.State)})
		at = end
	}
}

// Cores adds the use of n cores until a time; missing tells which samples are.
func Cores(w *recording.Writer, random *rand.Rand, n int, until, every time.Duration, missing func(at time.Duration) bool) {
	for core := range n {
		id := w.AddSeries(recording.SeriesInfo{Quantity: recording.CoreUse, Core: core})
		level := 0.35 + 0.5*random.Float64()
		for at := every; at <= until; at += every {
			v := min(max(level+0.12*random.NormFloat64(), 0), 1)
			if at < until/20 {
				v = 0.03
			}
			if missing != nil && missing(at) {
				v = math.NaN()
			}
			w.Point(id, recording.Point{At: at, Value: v})
		}
	}
}

// Memory adds a process's memory: low at first, then high. With shares it adds PSS too.
func Memory(w *recording.Writer, pid int, name string, from, until time.Duration, low, high float64, shares bool) {
	id := w.AddSeries(recording.SeriesInfo{Quantity: recording.RSS, PID: pid, Name: name})
	every := max((until-from)/40, ms)
	for at := from + ms; at <= until; at += every {
		w.Point(id, recording.Point{At: at, Value: low + (high-low)*min(float64(at-from)/float64(40*ms), 1)})
	}
	if shares {
		id := w.AddSeries(recording.SeriesInfo{Quantity: recording.PSS, PID: pid, Name: name})
		for at := from + ms; at <= until; at += 4 * every {
			w.Point(id, recording.Point{At: at, Value: 0.7 * (low + (high-low)*min(float64(at-from)/float64(40*ms), 1))})
		}
	}
}

func finish(w *recording.Writer, wall time.Duration) {
	_ = w.Finish(recording.End{Status: recording.Finished, Wall: wall}) // the first error is in Err
}
