package sample

import (
	"fmt"
	"testing"
	"time"

	"regatta/workloads/recording"
)

// Loop is an event loop with three tasks of which one blocks it, on a machine with two cores whose workers were seen.
func Loop(t testing.TB) *recording.Recording {
	return Recording(t, func(w *recording.Writer) {
		const wall = 400 * ms
		main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", Detail: "python", PID: 42, TID: 42, End: wall})
		spans(w, main, 0, recording.Start, 30*ms, recording.Running, 20*ms, recording.IO, 60*ms, recording.Running, 120*ms,
			recording.IO, 150*ms, recording.Running, 20*ms)
		executor := w.AddLane(recording.Lane{
			Parent: main, Kind: recording.Thread, Name: "a_thread_pool_executor_with_a_very_long_name_0", Detail: "resize",
			PID: 42, TID: 43, Start: 60 * ms, End: 380 * ms,
		})
		spans(w, executor, 60*ms, recording.Native, 60*ms, recording.Lock, 100*ms, recording.Native, 150*ms)
		for i := range 3 {
			task := w.AddLane(recording.Lane{
				Parent: main, Kind: recording.Task, Name: fmt.Sprintf("Task-%d", i+2), Detail: "fetch", PID: 42, TID: 42,
				Start: 35 * ms, End: 390 * ms,
			})
			if i == 1 {
				spans(w, task, 35*ms, recording.Running, 5*ms, recording.Await, 70*ms, recording.Running, 120*ms, recording.Await, 160*ms)
				w.Blocking(recording.Blocking{Lane: task, Start: 110 * ms, End: 230 * ms, Function: "hash_password"})
				continue
			}
			spans(w, task, 35*ms, recording.Running, 5*ms, recording.Await, time.Duration(72+i)*ms, recording.Ready, time.Duration(118-i)*ms,
				recording.Running, 2*ms, recording.Await, 158*ms)
		}
		for core := range 2 {
			id := w.AddLane(recording.Lane{Kind: recording.CoreLane, Core: core, End: recording.StillAlive})
			if core == 0 {
				w.Span(id, recording.Span{Start: 0, End: 50 * ms, State: recording.Running, Blocker: main})
				w.Span(id, recording.Span{Start: 110 * ms, End: 230 * ms, State: recording.Running, Blocker: main})
				w.Span(id, recording.Span{Start: 240 * ms, End: 330 * ms, State: recording.Native, Blocker: executor})
			} else {
				w.Span(id, recording.Span{Start: 60 * ms, End: 120 * ms, State: recording.Native, Blocker: executor})
				w.Span(id, recording.Span{Start: 330 * ms, End: 370 * ms, State: recording.Native, Blocker: executor})
			}
			series := w.AddSeries(recording.SeriesInfo{Quantity: recording.CoreUse, Core: core})
			for i, v := range []float64{0.95, 0.2, 0.95, 0.7, 0.3, 0.8, 0.9, 0.15} {
				if core == 1 {
					v = 1 - 0.8*v
				}
				w.Point(series, recording.Point{At: time.Duration(i+1) * 50 * ms, Value: v})
			}
		}
		ours := w.AddSeries(recording.SeriesInfo{Quantity: recording.CoreOurs})
		for i := range 4 {
			w.Point(ours, recording.Point{At: time.Duration(i+1) * 100 * ms, Value: 0.5 + 0.25*float64(i)})
		}
		Memory(w, 42, "python", 0, wall, 9e6, 21e6, false)
		finish(w, wall)
	})
}
