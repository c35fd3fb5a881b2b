package observers

import (
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

// visited is a process with two threads and subinterpreters of which no GIL tells who is inside.
type visited struct {
	bookTest
	p *process
}

func newVisited(t *testing.T) visited {
	v := visited{bookTest: newBookTest(t)}
	v.p = v.process(5, 0, 0)
	v.thread(v.p, 6, 0)
	v.thread(v.p, 7, 0)
	return v
}

// look sees each thread in a state, and who is inside.
func (v visited) look(at time.Duration, state recording.State, seen interpreter.Visits, gils ...interpreter.Holding) {
	v.p.saw(at, recording.Lock, 0)
	for _, l := range v.p.threads {
		l.saw(at, state, 0)
	}
	v.visits(v.p, seen, gils, func(tid int) int { return tid }, at)
}

func inside(id int64, tids ...int) interpreter.Visits {
	v := interpreter.Visits{Whole: true, Interpreters: []int64{id}}
	for _, tid := range tids {
		v.Threads = append(v.Threads, interpreter.Visit{TID: tid, Interpreter: id})
	}
	return v
}

// An interpreter does what the thread in it does, and waits while none is. What a look could not tell whole changes nothing.
func TestVisits(t *testing.T) {
	v := newVisited(t)
	v.look(10*ms, recording.Running, inside(1))
	v.look(20*ms, recording.Running, inside(1, 6))
	v.look(30*ms, recording.Running, interpreter.Visits{})
	v.look(40*ms, recording.Running, inside(1, 7, 6)) // 7 came to it: the lane stays with 6
	v.look(50*ms, recording.Running, inside(1))
	v.look(60*ms, recording.Running, interpreter.Visits{Whole: true})
	r := v.finish(100 * ms)
	check(t, r, 3, span(10*ms, 15*ms, recording.Lock), span(15*ms, 45*ms, recording.Running), span(45*ms, 60*ms, recording.Lock))
	if end := r.Tracks()[3].End; end != 60*ms {
		t.Errorf("it ends at %v", end)
	}
}

// Where its own GIL tells who is inside, visits do not matter.
func TestVisitsWithAGIL(t *testing.T) {
	v := newVisited(t)
	gil := interpreter.Holding{Interpreter: 1}
	v.look(10*ms, recording.Running, inside(1, 6), gil)
	if len(v.p.interpreters) != 0 {
		t.Error("a lane of it by its visits")
	}
	v.interpreter(v.p, 1, 20*ms).byGIL = true
	v.look(30*ms, recording.Running, interpreter.Visits{Whole: true})
	if i := v.p.interpreters[1]; i.over || i.inside != nowhere {
		t.Errorf("%+v", i)
	}
	gil.Off = true
	v.look(40*ms, recording.Running, inside(2, 6), gil)
	if i := v.p.interpreters[2]; i == nil || i.inside != 6 {
		t.Errorf("without a GIL: %+v", i)
	}
}

// A thread that ends and an interpreter that ends are written no faster than what goes on, so that none misses the other.
func TestVisitOfAThreadThatEnds(t *testing.T) {
	for name, ends := range map[string]func(v visited){
		"thread":      func(v visited) { v.threadEnded(v.p, 6, 40*ms) },
		"interpreter": func(v visited) { v.p.interpreters[1].finish(40 * ms) },
	} {
		t.Run(name, func(t *testing.T) {
			v := newVisited(t)
			v.event(mainEvent, 5, 5, 0, 5, 0, "")
			for at := 10 * ms; at <= 40*ms; at += 10 * ms {
				v.look(at, recording.Sleep, inside(1, 6))
			}
			ends(v)
			v.settle(20*ms, 50*ms)
			v.settle(30*ms, 60*ms)
			r := v.finish(100 * ms)
			track := r.Tracks()[3]
			if got, want := track.Span(0), span(10*ms, 40*ms, recording.Sleep); track.Len() < 1 || got.Start != want.Start || got.End < want.End || got.State != want.State {
				t.Errorf("%+v, want %+v", got, want)
			}
			if got := r.Tracks()[1]; got.Len() != 1 || got.Span(0).End < 40*ms {
				t.Errorf("the thread: %d spans, %+v", got.Len(), got.Span(0))
			}
		})
	}
}

func TestLabels(t *testing.T) {
	type functions = []interpreter.Function
	for name, c := range map[string]struct {
		functions
		want map[int]string
	}{
		"one":                    {functions{{TID: 1, Name: "f"}}, map[int]string{1: "f"}},
		"of no function":         {functions{{TID: 1}}, map[int]string{1: ""}},
		"the innermost":          {functions{{TID: 1, Interpreter: 2, Name: "inner"}, {TID: 2, Name: "g"}, {TID: 1, Name: "outer"}}, map[int]string{1: "inner", 2: "g"}},
		"a string inside":        {functions{{TID: 1, Interpreter: 2}, {TID: 1, Name: "outer"}}, map[int]string{1: "outer"}},
		"a string in the middle": {functions{{TID: 1, Interpreter: 3, Name: "inner"}, {TID: 1, Interpreter: 2}, {TID: 1, Name: "outer"}}, map[int]string{1: "inner"}},
		"strings everywhere":     {functions{{TID: 1, Interpreter: 2}, {TID: 1}}, map[int]string{1: ""}},
		"only inside":            {functions{{TID: 1, Interpreter: 2}}, map[int]string{1: ""}},
	} {
		if diff := cmp.Diff(c.want, maps.Collect(labels(c.functions))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A wait doubles, from the one that was given or from the first.
func TestPatience(t *testing.T) {
	for given, want := range map[time.Duration][]time.Duration{
		0:       {0, firstWait, 3 * firstWait, 7 * firstWait},
		1 * ms:  {0, 2 * ms, 6 * ms, 14 * ms},
		3 * sec: {0, longestWait, 2 * longestWait},
	} {
		p := patience{wait: given}
		var tries []time.Duration
		for at := time.Duration(0); len(tries) < len(want); at += ms {
			if p.over(at) {
				tries = append(tries, at)
			}
		}
		if diff := cmp.Diff(want, tries); diff != "" {
			t.Errorf("%v: %s", given, diff)
		}
	}
}

const sec = time.Second
