package observers

import (
	"fmt"
	"time"

	"regatta/workloads/recording"
)

// interpreterLane is the lane of a subinterpreter. It does what the thread does that is in it, and while none is, it waits
// for one.
type interpreterLane struct {
	recording.Lane
	visits stays // of threads, by their ids
	inside int   // the thread that was in it last, else nowhere
	byGIL  bool  // the holders of its GIL tell which
	until  time.Duration
	over   bool
}

// interpreter returns the lane of a process's subinterpreter, new at that time if it was not known.
func (b *book) interpreter(p *process, id int64, at time.Duration) *interpreterLane {
	if i, known := p.interpreters[id]; known {
		return i
	}
	i := &interpreterLane{inside: nowhere, until: at, visits: stays{at: at}}
	i.Lane = recording.Lane{
		Parent: p.ID, Kind: recording.Interpreter, Name: fmt.Sprintf("Interpreter %d", id), PID: p.PID, Start: at, End: recording.StillAlive,
	}
	i.ID = b.w.AddLane(i.Lane)
	p.interpreters[id] = i
	return i
}

// saw notes which thread is in the interpreter at a sample, or nowhere.
func (i *interpreterLane) saw(at time.Duration, tid int) {
	i.inside = tid
	i.visits.saw(at, tid)
}

// finish ends the lane.
func (i *interpreterLane) finish(at time.Duration) {
	if !i.over {
		i.over, i.End = true, max(at, i.until)
	}
}

// write writes the lane up to a moment, up to which the spans of the process's threads are given. It tells whether that is
// all of it.
func (i *interpreterLane) write(w *recording.Writer, threads map[int][]recording.Span, upTo time.Duration) (whole bool) {
	if i.over {
		upTo = min(upTo, i.End)
	}
	idle := func(to time.Duration) {
		if to > i.until {
			w.Span(i.ID, recording.Span{Start: i.until, End: to, State: recording.Lock})
			i.until = to
		}
	}
	for _, visit := range i.visits.known {
		for _, s := range threads[visit.place] {
			start, end := max(s.Start, visit.start, i.until), min(s.End, visit.end, upTo)
			if start < end {
				idle(start)
				s.Start, s.End = start, end
				w.Span(i.ID, s)
				i.until = end
			}
		}
	}
	idle(upTo)
	i.visits.forget(upTo)
	if whole = i.over && upTo == i.End; whole {
		w.UpdateLane(i.Lane)
	}
	return whole
}
