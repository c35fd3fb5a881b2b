package analysis

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"regatta/workloads/recording"
)

// sketch is a recording in short. Times are milliseconds.
type sketch struct {
	model    string
	cores    int // of the machine; 0 is 2
	noGIL    bool
	blind    bool // it was not seen who held the GIL
	lanes    []laneSketch
	series   []recording.SeriesInfo // each with the value at its place in values, all the time
	values   []float64
	work     [2]time.Duration // when it began and ended; where that is 0 to 0 it is not known
	main     time.Duration
	blocking []recording.Blocking
	end      recording.End
	live     bool
}

// laneSketch is a lane with its spans as "start 20 running 100". Its parent is the place of another, from 1, 0 for none.
type laneSketch struct {
	parent  int
	kind    recording.Kind
	name    string
	pid     int
	at      time.Duration
	spans   string
	helper  bool
	blocker int // of all its waits for a lock or its loop, likewise
}

// states by their names.
var states = func() map[string]recording.State {
	states := map[string]recording.State{}
	for _, s := range recording.States() {
		states[s.String()] = s
	}
	return states
}()

func (s sketch) record(t testing.TB) *recording.Recording {
	t.Helper()
	if s.cores == 0 {
		s.cores = 2
	}
	sources := []string{"kernel", "interpreter's memory", "probe"}
	if s.blind {
		sources = sources[:1]
	}
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{
		Created: time.Unix(1, 0), Workload: "sum", Model: s.model, Runtime: recording.Runtime{Name: "CPython", GIL: !s.noGIL},
		Machine: recording.Machine{Cores: s.cores, CPU: "Test"}, Observed: recording.Observed{Sources: sources},
	})
	if err != nil {
		t.Fatal(err)
	}
	last := time.Duration(0)
	for i, l := range s.lanes {
		lane := recording.Lane{
			Parent: recording.LaneID(l.parent), Kind: l.kind, Name: l.name, PID: max(l.pid, 1), TID: i + 1, Start: l.at * ms, Helper: l.helper,
		}
		id := w.AddLane(lane)
		lane.ID, lane.End = id, lane.Start
		words := strings.Fields(l.spans)
		for i := 0; i < len(words); i += 2 {
			n, err := strconv.ParseFloat(words[i+1], 64)
			state, known := states[words[i]]
			if err != nil || !known {
				t.Fatalf("spans %q", l.spans)
			}
			span := recording.Span{Start: lane.End, End: lane.End + time.Duration(n*float64(ms)), State: state}
			if state == recording.Lock || state == recording.Ready {
				span.Blocker = recording.LaneID(l.blocker)
			}
			w.Span(id, span)
			lane.End = span.End
		}
		w.UpdateLane(lane)
		last = max(last, lane.End)
	}
	for i, info := range s.series {
		id := w.AddSeries(info)
		for at := 100 * ms; at <= last; at += 100 * ms {
			w.Point(id, recording.Point{At: at, Value: s.values[i]})
		}
	}
	if s.main > 0 {
		w.Mark(recording.MarkMain, s.main*ms)
	}
	if s.work[1] > 0 {
		w.Mark(recording.MarkWorkStart, s.work[0]*ms)
		w.Mark(recording.MarkWorkEnd, s.work[1]*ms)
	}
	for _, b := range s.blocking {
		w.Blocking(b)
	}
	opened := path
	if s.live {
		w.Flush()
		opened += recording.PartSuffix
		t.Cleanup(func() { _ = w.Finish(recording.End{}) })
	} else {
		if s.end.Status == "" {
			s.end.Status = recording.Finished
		}
		if s.end.Wall == 0 {
			s.end.Wall = last
		}
		if err := w.Finish(s.end); err != nil {
			t.Fatal(err)
		}
	}
	r, err := recording.Open(opened)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// crew is a main thread that hands out work, and so many workers inside it with the same spans, at the same time.
func crew(n int, kind recording.Kind, spans string) []laneSketch {
	lanes := []laneSketch{{kind: recording.Process, name: "MainThread", spans: "start 20 running 10 lock 970"}}
	for i := range n {
		l := laneSketch{parent: 1, kind: kind, name: "Worker-" + strconv.Itoa(i+1), at: 30, spans: spans}
		if kind == recording.Process {
			l.pid = 2 + i
		}
		lanes = append(lanes, l)
	}
	return lanes
}

// only is a main thread without others.
func only(spans string) []laneSketch {
	return []laneSketch{{kind: recording.Process, name: "MainThread", spans: spans}}
}

// memories are processes with so many bytes each.
func memories(q recording.Quantity, bytes ...float64) (series []recording.SeriesInfo, values []float64) {
	for i := range bytes {
		series = append(series, recording.SeriesInfo{Quantity: q, PID: i + 1})
	}
	return series, bytes
}
