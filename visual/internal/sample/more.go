package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"regatta/workloads/recording"
)

// Pool is a main process with seven workers of five lanes each and a helper: 41 lanes, more than a window shows.
func Pool(t testing.TB) *recording.Recording {
	return Recording(t, func(w *recording.Writer) {
		random := rand.New(rand.NewPCG(3, 4))
		const wall = 2300 * ms
		main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainProcess", Detail: "python", PID: 100, End: wall})
		spans(w, main, 0, recording.Start, 60*ms, recording.Running, 30*ms, recording.IO, 2200*ms, recording.Running, 10*ms)
		tracker := w.AddLane(recording.Lane{Parent: main, Kind: recording.Process, Name: "resource tracker", PID: 101, Start: 80 * ms, End: wall, Helper: true})
		spans(w, tracker, 80*ms, recording.Start, 20*ms, recording.IO, 2190*ms)
		Memory(w, 100, "MainProcess", 0, wall, 9e6, 17e6, true)
		for p := range 7 {
			start := time.Duration(90+15*p) * ms
			worker := w.AddLane(recording.Lane{
				Parent: main, Kind: recording.Process, Name: fmt.Sprintf("Process-%d", p+1), Detail: "worker", PID: 110 + p,
				Start: start, End: 2200 * ms,
			})
			spans(w, worker, start, recording.Start, 120*ms)
			wander(w, random, worker, start+120*ms, 2200*ms, recording.Running, recording.IO, recording.Core)
			for k := range 4 {
				thread := w.AddLane(recording.Lane{
					Parent: worker, Kind: recording.Thread, Name: fmt.Sprintf("ThreadPoolExecutor-0_%d", k), Detail: "fetch_and_save",
					PID: 110 + p, TID: 200 + 10*p + k, Start: start + 130*ms, End: 2150 * ms,
				})
				wander(w, random, thread, start+130*ms, 2150*ms, recording.Running, recording.IO, recording.Lock, recording.Sleep, recording.Native)
			}
			Memory(w, 110+p, fmt.Sprintf("Process-%d", p+1), start, 2200*ms, 8e6, 12e6+1e6*float64(p), true)
		}
		Cores(w, random, 8, wall, 100*ms, nil)
		finish(w, wall)
	})
}

// wander fills a stretch with spans of the states at random.
func wander(w *recording.Writer, random *rand.Rand, lane recording.LaneID, from, until time.Duration, states ...recording.State) {
	for at := from; at < until; {
		end := min(at+time.Duration(random.ExpFloat64()*float64(25*ms))+50*time.Microsecond, until)
		w.Span(lane, recording.Span{Start: at, End: end, State: states[random.IntN(len(states))]})
		at = end
	}
}

// Gaps is a live run of which not everything was seen: stretches of lanes, of cores and of memory are missing.
func Gaps(t testing.TB) *recording.Recording {
	return Recording(t, func(w *recording.Writer) {
		random := rand.New(rand.NewPCG(5, 6))
		main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", Detail: "python", PID: 31, End: recording.StillAlive})
		spans(w, main, 0, recording.Start, 20*ms, recording.Running, 10*ms, recording.IO, 80*ms)
		spans(w, main, 160*ms, recording.IO, 60*ms, recording.Running, 20*ms, recording.Sleep, 90*ms)
		for i, until := range []time.Duration{180 * ms, 330 * ms} {
			task := w.AddLane(recording.Lane{
				Parent: main, Kind: recording.Task, Name: fmt.Sprintf("Task-%d", i+2), Detail: "fetch", PID: 31, Start: 30 * ms, End: recording.StillAlive,
			})
			wander(w, random, task, 30*ms, 100*ms, recording.Running, recording.Await, recording.Ready)
			wander(w, random, task, 140*ms, until, recording.Running, recording.Await, recording.Await)
		}
		missing := func(at time.Duration) bool { return at > 100*ms && at <= 160*ms || at == 240*ms }
		Cores(w, random, 2, 330*ms, 10*ms, missing)
		id := w.AddSeries(recording.SeriesInfo{Quantity: recording.RSS, PID: 31, Name: "python"})
		for at := 5 * ms; at <= 330*ms; at += 15 * ms {
			v := 9e6 + 20e3*float64(at/ms)
			if missing(at) {
				v = math.NaN()
			}
			w.Point(id, recording.Point{At: at, Value: v})
		}
	})
}

// Many is a finished run of n spans in lanes lanes, most of them too short to see.
func Many(t testing.TB, lanes, n int) *recording.Recording {
	return Recording(t, func(w *recording.Writer) {
		random := rand.New(rand.NewPCG(7, 8))
		states := []recording.State{recording.Running, recording.GIL, recording.Running, recording.IO, recording.Lock}
		main := recording.NoLane
		for i := range lanes {
			kind := recording.Thread
			if i == 0 {
				kind = recording.Process
			}
			lane := w.AddLane(recording.Lane{Parent: main, Kind: kind, Name: fmt.Sprintf("Thread-%d", i), PID: 7, End: recording.StillAlive})
			if i == 0 {
				main = lane
			}
			at, last := time.Duration(0), recording.Unknown
			for k := range n / lanes {
				if k%100_000 == 0 {
					w.Flush() // a chunk has a limit
				}
				s := states[random.IntN(len(states))]
				for s == last {
					s = states[random.IntN(len(states))]
				}
				end := at + time.Duration(random.IntN(200)+1)*time.Microsecond
				w.Span(lane, recording.Span{Start: at, End: end, State: s})
				at, last = end, s
			}
		}
		finish(w, 0)
	})
}

// Cores64 is a run on a machine with 64 cores.
func Cores64(t testing.TB) *recording.Recording {
	return Recording(t, func(w *recording.Writer) {
		random := rand.New(rand.NewPCG(9, 10))
		main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", Detail: "python", PID: 1, End: 900 * ms})
		spans(w, main, 0, recording.Start, 30*ms, recording.Native, 840*ms, recording.Running, 20*ms)
		Cores(w, random, 64, 900*ms, 20*ms, func(at time.Duration) bool { return at > 400*ms && at < 460*ms })
		for core := range 24 {
			id := w.AddLane(recording.Lane{Kind: recording.CoreLane, Core: core, End: recording.StillAlive})
			from := time.Duration(60+20*core) * ms
			w.Span(id, recording.Span{Start: from, End: min(from+time.Duration(100+10*core)*ms, 890*ms), State: recording.Native, Blocker: main})
		}
		Memory(w, 1, "python", 0, 890*ms, 9e6, 61e6, false)
		finish(w, 900*ms)
	})
}
