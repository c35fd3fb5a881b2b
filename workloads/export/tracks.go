package export

import (
	"time"

	"regatta/workloads/recording"
)

// track is where a lane's slices stand: a thread of a process.
type track struct{ pid, tid uint32 }

// Numbers that no system gives to processes and threads.
const (
	ownSeries  = 1 << 29        // and a series' number: where it says what it missed
	ownLanes   = 1 << 30        // and a lane's number: a lane that is no thread, or whose number is taken
	coresPID   = ownSeries - 1  // what shows the cores
	unknownPID = ownSeries - 2  // the process of lanes of which it is not known
	mostReal   = unknownPID - 1 // the largest number that is believed
)

// place chooses the track of a lane. Threads keep their numbers, unless a thread before had the same.
func (t *tracer) place(l *recording.Track) track {
	at := track{realPID(l.PID), ownLanes + uint32(l.ID)}
	if real := (track{at.pid, uint32(l.TID)}); l.TID > 0 && l.TID <= mostReal && !t.taken[real] &&
		(l.Kind == recording.Process || l.Kind == recording.Thread) {
		at = real
	}
	t.taken[at] = true
	t.tracks[l.ID] = at
	return at
}

func realPID(pid int) uint32 {
	if pid <= 0 || pid > mostReal {
		return unknownPID
	}
	return uint32(pid)
}

// lanes writes every lane as a thread.
func (t *tracer) lanes() {
	blocking := map[recording.LaneID][]recording.Blocking{}
	for _, b := range t.rec.Blocking {
		blocking[b.Lane] = append(blocking[b.Lane], b)
	}
	for i, l := range t.rec.Tracks() {
		at := t.place(l)
		if !t.named[at.pid] {
			t.named[at.pid] = true
			t.name("process", track{pid: at.pid}, process(l), i)
		}
		t.name("thread", at, full(l.Lane), i)
		t.stretch.spans(l, func(s recording.Span) {
			if s.State != recording.Unknown {
				t.event(event{
					Phase: slice, Name: s.State.Label(), Category: s.State.String(), PID: at.pid, TID: at.tid,
					At: micros(s.Start), Duration: micros(s.End - s.Start), Args: t.args(s),
				})
			}
		})
		// After the slices: at the same time they would stand around them.
		for _, b := range blocking[l.ID] {
			if t.stretch.contains(b.Start) {
				t.event(event{
					Phase: instant, Name: "Blocked its event loop", Category: "blocking", PID: at.pid, TID: at.tid, At: micros(b.Start),
					Scope: "t", Args: blockArgs{text(b.Function), float64(b.End-b.Start) / float64(time.Millisecond)},
				})
			}
		}
	}
}

// cores writes the lanes of the cores as threads of a process of their own. Its slices are named after who was there.
func (t *tracer) cores() {
	t.name("process", track{pid: coresPID}, "Cores", len(t.rec.Tracks()))
	for i, l := range t.rec.Cores() {
		at := track{coresPID, ownLanes + uint32(l.ID)}
		t.name("thread", at, full(l.Lane), i)
		t.stretch.spans(l, func(s recording.Span) {
			if s.State != recording.Unknown {
				t.event(event{
					Phase: slice, Name: t.lane(s.Blocker), Category: s.State.String(), PID: at.pid, TID: at.tid,
					At: micros(s.Start), Duration: micros(s.End - s.Start), Args: coreArgs{s.State.String(), s.Blocker, text(s.Label)},
				})
			}
		})
	}
}

type (
	spanArgs struct {
		Function string           `json:"function,omitempty"`
		Blocker  string           `json:"blocker,omitempty"` // who held what is waited for
		Lane     recording.LaneID `json:"blocker_lane,omitempty"`
	}
	coreArgs struct {
		State    string           `json:"state"`
		Lane     recording.LaneID `json:"lane,omitempty"`
		Function string           `json:"function,omitempty"`
	}
	blockArgs struct {
		Function string  `json:"function,omitempty"`
		Millis   float64 `json:"for_ms"`
	}
)

// args is what there is to know of a span, nil for nothing.
func (t *tracer) args(s recording.Span) any {
	a := spanArgs{Function: text(s.Label), Lane: s.Blocker}
	if s.Blocker != recording.NoLane {
		a.Blocker = t.lane(s.Blocker)
	}
	if a == (spanArgs{}) {
		return nil
	}
	return a
}

// lane names a lane by its number.
func (t *tracer) lane(id recording.LaneID) string {
	if l := t.rec.Track(id); l != nil {
		return full(l.Lane)
	}
	return "unknown"
}

// full is a lane's name with what it runs.
func full(l recording.Lane) string {
	name := text(l.Name)
	if l.Detail != "" && l.Detail != l.Name {
		name += " (" + text(l.Detail) + ")"
	}
	if name == "" {
		return "unnamed"
	}
	return name
}

// process names the process of a lane, which is the first that was seen of it.
func process(l *recording.Track) string {
	if l.Kind == recording.Process && l.Detail != "" {
		return text(l.Detail)
	}
	return full(l.Lane)
}
