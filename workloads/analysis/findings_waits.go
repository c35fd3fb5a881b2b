package analysis

import (
	"cmp"
	"math"
	"slices"
	"time"

	"regatta/workloads/recording"
)

const (
	// overlap is how much more waiting there was than time: from 1 on waits overlapped, but of less it is not the story.
	overlap = 1.3
	// mostlyWaiting is the share of its life from which on a worker is one that waits.
	mostlyWaiting = 0.4
	// muchLock is the share of their lives that workers wait for each other: handing over work takes some, not a third.
	muchLock = 0.3
	// known is the share of the waits for a lock of which the holder must be known to be named.
	known = 0.5
	// muchReady is the share of their lives that tasks queue for their event loop.
	muchReady = 0.25
	// muchStart is the share of the run that starting takes when there is little left for the work.
	muchStart = 0.4
)

// outsideStates are the waits for what no worker of the run could hurry.
var outsideStates = []recording.State{recording.IO, recording.Sleep, recording.Await}

// computing are the states of a worker that computes, or would if it had a core.
var computing = []recording.State{recording.Running, recording.Native, recording.Core}

func overlappingWaits(f facts) *Finding {
	var waiting []Lane
	first, last, waited, mean := math.Inf(1), 0.0, 0.0, 0.0
	for _, l := range f.workers {
		mean += l.outside() / float64(len(f.workers))
	}
	for _, l := range f.workers {
		// A tenth of the average: asyncio's own tasks at the end are no part of the work.
		if l.outside() > mean/10 && l.outside() >= mostlyWaiting*l.life() {
			waiting = append(waiting, l)
			first, last = min(first, l.Start+l.in(recording.Start)), max(last, l.End)
			waited += l.outside()
		}
	}
	elapsed := last - first
	share := shareOf(f.workers, outsideStates...)
	if len(waiting) < 2 || elapsed <= 0 || waited < overlap*elapsed || share < mostlyWaiting || f.wall <= 0 {
		return nil
	}
	state, of, _ := largestWait(waiting, outsideStates...)
	found := f.of(waiting, (1-elapsed/waited)*elapsed/f.wall, map[string]float64{"waited_s": waited, "elapsed_s": elapsed, "wait_share": of})
	found.Names["wait"] = state.String()
	return found
}

func nothingOverlaps(f facts) *Finding {
	share := shareOf(f.workers, outsideStates...)
	if !f.alone() || share < mostlyWaiting || share <= shareOf(f.workers, computing...) {
		return nil
	}
	state, of, _ := largestWait(f.workers, outsideStates...)
	found := f.of(f.workers, share*f.part(), map[string]float64{"wait_share": of})
	found.Names["wait"] = state.String()
	return found
}

func waitingForLocks(f facts) *Finding {
	share := shareOf(f.active, recording.Lock)
	if len(f.active) < 2 || share < muchLock || !f.sawGIL() {
		return nil
	}
	found := f.of(f.active, share*f.part(), map[string]float64{"lock_share": share})
	if holder, of := f.holder(); of >= known {
		found.Names["holder"], found.Numbers["holder_share"] = holder, of
	}
	return found
}

// holder is who held what the workers waited for, for the largest share of these waits.
func (f facts) holder() (name string, share float64) {
	held, all := map[recording.LaneID]time.Duration{}, time.Duration(0)
	for _, l := range f.active {
		t := f.rec.Track(l.ID)
		if t == nil {
			continue
		}
		for i := range t.Len() {
			if t.State(i) == recording.Lock {
				s := t.Span(i)
				held[s.Blocker] += s.Duration()
				all += s.Duration()
			}
		}
	}
	delete(held, recording.NoLane)
	var most recording.LaneID
	for id, d := range held {
		if f.rec.Track(id) != nil && (d > held[most] || d == held[most] && id < most) {
			most = id
		}
	}
	if most == recording.NoLane || all <= 0 {
		return "", 0
	}
	return f.rec.Track(most).Name, float64(held[most]) / float64(all)
}

// keeping are the steps that kept other tasks waiting: a loop that is blocked while nobody wants it hurts nobody.
func (f facts) keeping() []Blocking {
	return slices.DeleteFunc(slices.Clone(f.Blocking), func(b Blocking) bool { return b.Kept < 1 })
}

func blockedLoop(f facts) *Finding {
	steps := f.keeping()
	if len(steps) == 0 || f.wall <= 0 {
		return nil
	}
	longest := slices.MaxFunc(steps, func(a, b Blocking) int { return cmp.Compare(a.Duration, b.Duration) })
	sum := 0.0
	for _, b := range steps {
		sum += b.Duration
	}
	return &Finding{
		Weight:  sum / f.wall,
		Numbers: map[string]float64{"longest_s": longest.Duration, "kept_waiting": float64(longest.Kept), "times": float64(len(steps)), "sum_s": sum},
		Names:   map[string]string{"task": longest.Name, "function": longest.Function},
	}
}

func busyLoop(f facts) *Finding {
	var tasks []Lane
	for _, l := range f.active {
		if l.Kind == recording.Task {
			tasks = append(tasks, l)
		}
	}
	share := shareOf(tasks, recording.Ready)
	if len(tasks) < 2 || share < muchReady || len(f.keeping()) > 0 || shareOf(f.loops(tasks), computing...) < share/2 {
		return nil
	}
	return f.of(tasks, share*f.part(), map[string]float64{"ready_share": share})
}

// loops are the threads whose event loops run the tasks: a task is only kept waiting while its loop is at work itself.
func (f facts) loops(tasks []Lane) (loops []Lane) {
	of := map[recording.LaneID]bool{}
	for _, t := range tasks {
		of[t.Parent] = true
	}
	for _, l := range f.Lanes {
		if of[l.ID] {
			loops = append(loops, l)
		}
	}
	return loops
}

// startUp adds to what passes before the work begins what the slowest child process needed until it was ready. Others may
// have started at the same time, so it is the least that starting took.
func startUp(f facts) *Finding {
	began, ok := f.began()
	if !ok || f.wall <= 0 || f.rec.End == nil {
		return nil
	}
	child := 0.0
	for _, l := range f.Lanes {
		if l.Kind == recording.Process && l.Parent != recording.NoLane && !l.Helper {
			child = max(child, l.in(recording.Start))
		}
	}
	share := min((began+child)/f.wall, 1)
	if share < muchStart {
		return nil
	}
	numbers := map[string]float64{"start_s": began, "start_share": share, "wall_s": f.wall}
	if child > 0 {
		numbers["child_start_s"] = child
	}
	return &Finding{Weight: share, Numbers: numbers}
}
