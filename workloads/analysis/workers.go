package analysis

import (
	"slices"

	"regatta/workloads/recording"
)

// idle is the share of its life below which a lane did hardly anything itself.
const idle = 0.1

// workers are the lanes that do the work. Who hands out work and then waits for its end would only hide what the work
// itself waits for. So these are no workers:
//   - a lane with others inside it, unless it worked itself, or wanted to, for half of its life;
//   - an event loop's thread: it does what its tasks do;
//   - the first task of a loop, where it did hardly anything but others lived within its life;
//   - a thread that did hardly anything, in a process with child processes: it manages a pool, or waits for a program;
//   - tasks that did hardly anything, where there are enough threads or processes that they may have waited for.
func (s Summary) workers() []Lane {
	lanes := make(map[recording.LaneID]Lane, len(s.Lanes))
	for _, l := range s.Lanes {
		lanes[l.ID] = l
	}
	around, loops, pools := map[recording.LaneID]bool{}, map[recording.LaneID]bool{}, map[int]bool{}
	for _, l := range s.Lanes {
		if l.Helper {
			continue
		}
		parent := lanes[l.Parent]
		around[l.Parent] = true
		if parent.Helper { // it starts processes for another
			around[parent.Parent] = true
			parent = lanes[parent.Parent]
		}
		switch {
		case l.Kind == recording.Task:
			loops[l.Parent] = true
		case l.Kind == recording.Process && parent.ID != recording.NoLane:
			pools[parent.PID] = true
		}
	}
	conductors := s.conductors()
	var workers []Lane
	for _, l := range s.Lanes {
		switch {
		case l.Helper || l.Kind == recording.Interpreter: // which does what the thread in it does
		case conductors[l.ID] || loops[l.ID]:
		case around[l.ID] && l.working()+l.in(recording.GIL, recording.Core) < l.life()/2:
		case l.Kind == recording.Thread && pools[l.PID] && l.wanted() < idle*l.life():
		default:
			workers = append(workers, l)
		}
	}
	return withoutAwaiting(workers)
}

// withoutAwaiting leaves out the tasks that did hardly anything, where the lives of the workers that are no tasks are at
// least half as long as these awaited: what else should they have awaited.
func withoutAwaiting(workers []Lane) []Lane {
	idleTask := func(l Lane) bool { return l.Kind == recording.Task && l.working() < idle*l.life() }
	awaited, others := 0.0, 0.0
	for _, l := range workers {
		if idleTask(l) {
			awaited += l.in(recording.Await)
		} else if l.Kind != recording.Task {
			others += l.life()
		}
	}
	if others == 0 || others < awaited/2 {
		return workers
	}
	return slices.DeleteFunc(workers, idleTask)
}

// conductors are the tasks that only start others and await their end.
func (s Summary) conductors() map[recording.LaneID]bool {
	first := map[recording.LaneID]Lane{} // by the loop's thread
	for _, l := range s.Lanes {
		if before, any := first[l.Parent]; l.Kind == recording.Task && (!any || l.Start < before.Start) {
			first[l.Parent] = l
		}
	}
	conductors := map[recording.LaneID]bool{}
	for _, l := range s.Lanes {
		if of := first[l.Parent]; l.Kind == recording.Task && l.ID != of.ID && l.End <= of.End && of.working() < idle*of.life() {
			conductors[of.ID] = true
		}
	}
	return conductors
}

func (l Lane) life() float64 { return max(l.End-l.Start, 0) }

// in is how long the lane was in some states.
func (l Lane) in(states ...recording.State) (sum float64) {
	for _, s := range states {
		sum += l.States[s.String()]
	}
	return sum
}

// working is how long the lane was on a core for the program's sake.
func (l Lane) working() float64 { return l.in(recording.Running, recording.Native) }

// wanted is how long the lane was on a core or wanted to be.
func (l Lane) wanted() float64 {
	return l.working() + l.in(recording.GIL, recording.Core, recording.Ready)
}

// outside is how long the lane waited for what no worker of the run could hurry.
func (l Lane) outside() float64 { return l.in(recording.IO, recording.Sleep, recording.Await) }
