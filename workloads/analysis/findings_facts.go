package analysis

import (
	"math"
	"strings"

	"regatta/workloads/recording"
)

// facts is what the rules look at, worked out once. Times are seconds.
type facts struct {
	Summary
	rec     *recording.Recording
	wall    float64 // to the end, or to what was seen last
	work    float64 // from the first dispatch to the last result; else what is known to lie around that
	workers []Lane
	active  []Lane  // the workers that had a part in the work, or wanted to
	elapsed float64 // from when the first worker had started to the last one's end
	running float64 // how many workers ran Python, or what a worker runs that is no Python, on average over that time
	native  float64 // how many were in C code without the GIL
	pids    int     // how many processes the active workers were in
}

func newFacts(r *recording.Recording, s Summary) facts {
	f := facts{Summary: s, rec: r, wall: r.Seen().Seconds(), workers: s.workers()}
	if s.Wall != nil {
		f.wall = *s.Wall
	}
	f.work = f.wall
	if began, ok := f.began(); ok {
		f.work = max(f.wall-began, 0)
	}
	if s.Work != nil {
		f.work = *s.Work
	}
	first, last, part := math.Inf(1), 0.0, 0.0
	for _, l := range f.workers {
		first, last = min(first, l.Start+l.in(recording.Start)), max(last, l.End)
		part += l.wanted() / float64(len(f.workers))
	}
	f.elapsed = max(last-first, 0)
	pids := map[int]bool{}
	for _, l := range f.workers {
		// A tenth of the average: less has the thread of a pool that got nothing to do, or one that manages others.
		if l.wanted() < part/10 {
			continue
		}
		f.active = append(f.active, l)
		pids[l.PID] = true
	}
	f.pids = len(pids)
	if f.elapsed > 0 {
		for _, l := range f.workers {
			f.running += l.in(recording.Running) / f.elapsed
			f.native += l.in(recording.Native) / f.elapsed
		}
	}
	return f
}

// began is when the program's own work began: its first dispatch, of a script its own first line.
func (f facts) began() (at float64, ok bool) {
	if f.Startup != nil {
		return *f.Startup, true
	}
	main, ok := f.rec.Mark(recording.MarkMain)
	return main.Seconds(), ok
}

// The bounds below which shares of time say nothing.
const (
	// shortWork is what the system's own moods take easily: a scheduler's turn is 4 ms, a thread's start 1 ms.
	shortWork = 0.05
	// fewSamples leave a share of one half uncertain by 7 points (the square root of 1/4 n).
	fewSamples = 50
	// mostUnseen is the share of the workers' time without which the rest is no basis.
	mostUnseen = 0.5
)

// short tells whether the work was over before it was looked at often enough.
func (f facts) short() bool {
	return f.work < shortWork || f.rate() > 0 && f.work*f.rate() < fewSamples
}

// rate is how often the lanes were looked at, 0 where that is not known.
func (f facts) rate() float64 {
	if f.Observer.RateHz == nil {
		return 0
	}
	return *f.Observer.RateHz
}

// tell tells whether the lanes say anything.
func (f facts) tell() bool {
	return f.wall > 0 && !f.short() && shareOf(f.workers, recording.Unknown) < mostUnseen
}

// sawGIL tells whether it was seen who held the GIL. Else waiting for it shows as waiting for a lock.
func (f facts) sawGIL() bool {
	return !f.Runtime.GIL || strings.Contains(strings.Join(f.Observer.Sources, " "), "interpreter")
}

// part is the share of the run in which its workers lived: what a share of their lives is multiplied with to become a
// share of the run.
func (f facts) part() float64 {
	if f.wall <= 0 {
		return 0
	}
	return min(f.elapsed/f.wall, 1)
}

// kindOf is what workers are called, one of them: "thread", "process", "task", "subinterpreter". A process's own lane is its
// main thread, so lanes of one process are threads; what is mixed is "worker".
func (f facts) kindOf(lanes []Lane) string {
	kinds, pids := map[recording.Kind]bool{}, map[int]bool{}
	for _, l := range lanes {
		kinds[l.Kind], pids[l.PID] = true, true
	}
	threads := !kinds[recording.Task] && !kinds[recording.Goroutine]
	switch {
	case threads && len(pids) == 1 && f.subinterpreters() == len(lanes):
		return "subinterpreter"
	case threads && len(pids) == 1:
		return "thread"
	case threads && len(pids) == len(lanes):
		return "process"
	case len(kinds) == 1 && kinds[recording.Task]:
		return "task"
	case len(kinds) == 1 && kinds[recording.Goroutine]:
		return "goroutine"
	case len(kinds) == 1 && kinds[recording.Thread]:
		return "thread"
	}
	return "worker"
}

// alone tells whether there was one worker, beside which nothing else did anything: neither who handed out the work, nor a
// helper.
func (f facts) alone() bool {
	if len(f.workers) != 1 {
		return false
	}
	others := 0.0
	for _, l := range f.Lanes {
		loop := l.ID == f.workers[0].Parent && f.workers[0].Kind == recording.Task // which does what its task does
		if l.ID != f.workers[0].ID && l.Kind != recording.Interpreter && !loop {
			others += l.working()
		}
	}
	return others <= besides*f.elapsed
}

// subinterpreters counts those with a GIL of their own.
func (f facts) subinterpreters() (n int) {
	for _, l := range f.Lanes {
		if l.Kind == recording.Interpreter {
			n++
		}
	}
	return n
}

// of makes a finding about workers.
func (f facts) of(workers []Lane, weight float64, numbers map[string]float64) *Finding {
	numbers["workers"] = float64(len(workers))
	return &Finding{Weight: weight, Numbers: numbers, Names: map[string]string{"worker": f.kindOf(workers)}}
}

// addCores adds how many cores the run kept busy of how many, where that is known.
func (f facts) addCores(numbers map[string]float64) {
	if f.CoresBusy != nil {
		numbers["cores_busy"] = *f.CoresBusy
	}
	if f.Machine.Cores > 0 {
		numbers["cores"] = float64(f.Machine.Cores)
	}
}
