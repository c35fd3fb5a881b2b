package export_test

import (
	"bytes"
	"io"
	"math"
	"path/filepath"
	"testing"
	"time"

	"regatta/workloads/export"
	"regatta/workloads/recording"
)

const ms = time.Millisecond

// nasty is a name that breaks careless writers.
const nasty = "a \"b\",\n\x00\x1b[1m\x7f\xff </script> \u2028 \U0001F600"

// record writes a recording and opens it again, without an end unless fill finishes it.
func record(t testing.TB, fill func(w *recording.Writer)) *recording.Recording {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{
		Created: time.Unix(1, 0).UTC(), Regatta: "0.1.0", Workload: "sum", Model: "threads", Machine: recording.Machine{Cores: 2},
	})
	if err != nil {
		t.Fatal(err)
	}
	fill(w)
	w.Flush()
	if err := w.Err(); err != nil {
		t.Fatal(err)
	}
	r, err := recording.Open(path + recording.PartSuffix)
	if err != nil {
		r, err = recording.Open(path)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Finish(recording.End{}) })
	return r
}

// small is a process with a thread that waits for it, a task, a core, and series with a gap.
func small(w *recording.Writer) {
	main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", Detail: "python", PID: 7, TID: 7, End: 10 * ms})
	thread := w.AddLane(recording.Lane{Parent: main, Kind: recording.Thread, Name: "Thread-1", Detail: "work", PID: 7, TID: 8, Start: 1 * ms, End: 9 * ms})
	task := w.AddLane(recording.Lane{Parent: main, Kind: recording.Task, Name: "Task-1", PID: 7, TID: 7, Start: 2 * ms, End: recording.StillAlive})
	core := w.AddLane(recording.Lane{Kind: recording.CoreLane, Name: "Core 0", End: recording.StillAlive})
	w.Span(main, recording.Span{End: 10 * ms, State: recording.Running, Label: "main"})
	w.Span(thread, recording.Span{Start: 1 * ms, End: 2*ms + 7, State: recording.GIL, Blocker: main})
	w.Span(thread, recording.Span{Start: 2*ms + 7, End: 3 * ms, State: recording.Running})
	w.Span(thread, recording.Span{Start: 4 * ms, End: 9 * ms, State: recording.IO}) // a millisecond that nobody saw before it
	w.Span(task, recording.Span{Start: 2 * ms, End: 6 * ms, State: recording.Await})
	w.Span(core, recording.Span{Start: 1 * ms, End: 5 * ms, State: recording.Running, Blocker: main, Label: "main"})
	use := w.AddSeries(recording.SeriesInfo{Quantity: recording.CoreUse, Name: "Core 0"})
	rss := w.AddSeries(recording.SeriesInfo{Quantity: recording.RSS, PID: 7, Name: "python"})
	w.Point(use, recording.Point{At: 2 * ms, Value: 0.5})
	w.Point(use, recording.Point{At: 4 * ms, Value: math.NaN()})
	w.Point(use, recording.Point{At: 6 * ms, Value: 1})
	w.Point(rss, recording.Point{At: 3 * ms, Value: 1e6})
	w.Point(rss, recording.Point{At: 5 * ms, Value: math.NaN()})
	w.Point(rss, recording.Point{At: 8 * ms, Value: 2e6})
	w.Mark(recording.MarkWorkStart, 2*ms)
	w.Blocking(recording.Blocking{Lane: task, Start: 3 * ms, End: 5 * ms, Function: "decode"})
}

type write func(io.Writer, *recording.Recording, export.Stretch) error

func written(t testing.TB, write write, r *recording.Recording, s export.Stretch) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, r, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
