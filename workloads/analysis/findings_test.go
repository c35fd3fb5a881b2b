// This file is long because it is one table: each rule with the recordings in which it must and must not be found.

package analysis

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"regatta/workloads/recording"
)

var whole = [2]time.Duration{30, 980}

// found is a recording with what must and what must not be found in it.
type found struct {
	name      string
	sketch    sketch
	must, not []string
}

// cases has both for every rule, a test sees to that. What must not be found is what is near to what is there.
var cases = []found{
	{
		"four threads, one GIL",
		sketch{work: whole, lanes: crew(4, recording.Thread, "gil 700 running 240 core 10"), end: recording.End{CPU: 990 * ms, CPUKnown: true}},
		[]string{"gil-bound"},
		[]string{"parallel", "native-parallel", "one-core", "oversubscribed", "uneven-shares", "overlapping-waits", "waiting-for-locks", "start-up", "too-short", "not-seen"},
	},
	{
		"threads that want the GIL now and then",
		sketch{work: whole, lanes: crew(4, recording.Thread, "io 700 gil 150 running 100")},
		[]string{"overlapping-waits"},
		[]string{"gil-bound"},
	},
	{
		"a main thread that computes beside another",
		sketch{work: whole, lanes: []laneSketch{
			{kind: recording.Process, name: "MainThread", spans: "start 20 gil 480 running 500"},
			{parent: 1, kind: recording.Thread, name: "T", at: 20, spans: "running 480 gil 500"},
		}},
		[]string{"gil-bound"},
		[]string{"one-core"},
	},
	{
		"threads that wait for the GIL beside C code",
		sketch{work: whole, lanes: crew(4, recording.Thread, "gil 300 native 450 running 200")},
		[]string{"gil-bound"},
		[]string{"native-parallel", "parallel"},
	},
	{
		"two processes",
		sketch{work: whole, lanes: crew(2, recording.Process, "start 50 running 900")},
		[]string{"parallel"},
		[]string{"native-parallel", "gil-bound", "one-core", "oversubscribed", "uneven-shares", "no-free-core"},
	},
	{
		"two processes one after the other",
		sketch{work: whole, lanes: []laneSketch{
			{kind: recording.Process, name: "MainThread", spans: "start 20 running 10 lock 970"},
			{parent: 1, kind: recording.Process, pid: 2, name: "A", at: 30, spans: "running 450"},
			{parent: 1, kind: recording.Process, pid: 3, name: "B", at: 500, spans: "running 450"},
		}},
		nil,
		[]string{"parallel", "uneven-shares"},
	},
	{
		"threads without a GIL",
		sketch{noGIL: true, work: whole, lanes: crew(2, recording.Thread, "running 930")},
		[]string{"parallel"},
		[]string{"native-parallel"},
	},
	{
		"subinterpreters",
		sketch{work: whole, lanes: append(crew(2, recording.Thread, "running 930"),
			laneSketch{parent: 1, kind: recording.Interpreter, name: "Interpreter 1", at: 30, spans: "running 930"},
			laneSketch{parent: 1, kind: recording.Interpreter, name: "Interpreter 2", at: 30, spans: "running 930"})},
		[]string{"parallel"},
		[]string{"native-parallel", "gil-bound"},
	},
	{
		"threads that hash",
		sketch{work: whole, lanes: crew(2, recording.Thread, "native 800 running 80 gil 50")},
		[]string{"native-parallel"},
		[]string{"parallel", "gil-bound"},
	},
	{
		"one thread computes",
		sketch{work: whole, lanes: only("start 30 running 970"), end: recording.End{CPU: 990 * ms, CPUKnown: true}},
		[]string{"one-core"},
		[]string{"nothing-overlaps", "parallel", "gil-bound", "start-up"},
	},
	{
		"one thread computes on the only core",
		sketch{cores: 1, work: whole, lanes: only("start 30 running 970")},
		nil,
		[]string{"one-core"},
	},
	{
		"one thread waits",
		sketch{work: whole, lanes: only("start 30 running 70 io 900")},
		[]string{"nothing-overlaps"},
		[]string{"one-core", "overlapping-waits"},
	},
	{
		"one thread waits while its parent computes",
		sketch{work: whole, lanes: []laneSketch{
			{kind: recording.Process, name: "MainThread", spans: "start 20 running 400 lock 580"},
			{parent: 1, kind: recording.Thread, name: "T", at: 30, spans: "io 950"},
		}},
		nil,
		[]string{"nothing-overlaps", "one-core"},
	},
	{
		"eight processes on two cores",
		sketch{work: whole, lanes: crew(8, recording.Process, "start 50 running 220 core 680")},
		[]string{"oversubscribed", "parallel"},
		[]string{"no-free-core"},
	},
	{
		"eight processes on eight cores",
		sketch{cores: 8, work: whole, lanes: crew(8, recording.Process, "start 50 running 900")},
		[]string{"parallel"},
		[]string{"oversubscribed", "no-free-core"},
	},
	{
		"two processes on a busy machine",
		sketch{work: whole, lanes: crew(2, recording.Process, "start 50 running 300 core 600")},
		[]string{"no-free-core"},
		[]string{"oversubscribed", "parallel"},
	},
	{
		"one of four processes does nearly all",
		sketch{work: whole, lanes: append(crew(3, recording.Process, "start 50 running 20 io 880"),
			laneSketch{parent: 1, kind: recording.Process, pid: 9, name: "Busy", at: 30, spans: "start 50 running 900"})},
		[]string{"uneven-shares"},
		[]string{"parallel"},
	},
	{
		"a pool with a thread that manages it",
		sketch{work: whole, lanes: append(crew(2, recording.Process, "start 50 running 900"),
			laneSketch{parent: 1, kind: recording.Thread, name: "ExecutorManagerThread", at: 30, spans: "running 5 io 930"},
			laneSketch{parent: 1, kind: recording.Thread, name: "QueueFeederThread", at: 30, spans: "running 1 lock 930"})},
		[]string{"parallel"},
		[]string{"uneven-shares", "overlapping-waits", "waiting-for-locks"},
	},
	{
		"a fork server starts them",
		sketch{work: whole, lanes: []laneSketch{
			{kind: recording.Process, name: "MainThread", spans: "start 20 running 10 io 970"},
			{parent: 1, kind: recording.Process, pid: 2, name: "fork server", at: 25, spans: "start 20 io 900", helper: true},
			{parent: 2, kind: recording.Process, pid: 3, name: "A", at: 60, spans: "start 20 running 890"},
			{parent: 2, kind: recording.Process, pid: 4, name: "B", at: 60, spans: "start 20 running 890"},
		}},
		[]string{"parallel"},
		[]string{"overlapping-waits", "nothing-overlaps", "uneven-shares"},
	},
	{
		"three downloads in threads",
		sketch{work: whole, lanes: crew(3, recording.Thread, "io 930 running 10")},
		[]string{"overlapping-waits"},
		[]string{"nothing-overlaps", "waiting-for-locks", "gil-bound", "uneven-shares", "one-core"},
	},
	{
		"three downloads in tasks",
		sketch{work: whole, lanes: []laneSketch{
			{kind: recording.Process, name: "MainThread", spans: "start 20 running 30 io 950"},
			{parent: 1, kind: recording.Task, name: "Task-1", at: 30, spans: "running 1 await 960"},
			{parent: 1, kind: recording.Task, name: "Task-2", at: 40, spans: "running 5 await 930"},
			{parent: 1, kind: recording.Task, name: "Task-3", at: 40, spans: "running 5 await 930"},
			{parent: 1, kind: recording.Task, name: "Task-4", at: 40, spans: "running 5 await 930"},
			{parent: 1, kind: recording.Task, name: "Task-5", at: 991, spans: "running 0.1"},
		}},
		[]string{"overlapping-waits"},
		[]string{"busy-loop", "blocked-loop", "nothing-overlaps"},
	},
	{
		"tasks that await threads",
		sketch{work: whole, lanes: append(loopLanes("running 5 await 900", "running 5 await 900"),
			laneSketch{parent: 1, kind: recording.Thread, name: "T1", at: 40, spans: "gil 450 running 450"},
			laneSketch{parent: 1, kind: recording.Thread, name: "T2", at: 40, spans: "running 450 gil 450"})},
		[]string{"gil-bound"},
		[]string{"overlapping-waits", "busy-loop"},
	},
	{
		"tasks beside a thread that others need",
		sketch{work: whole, lanes: append(loopLanes("running 5 await 900", "running 5 await 900"),
			laneSketch{parent: 1, kind: recording.Thread, name: "T1", at: 40, spans: "running 30"})},
		[]string{"overlapping-waits"},
		[]string{"one-core", "nothing-overlaps"},
	},
	{
		"threads that wait for programs",
		sketch{work: whole, lanes: append(crew(2, recording.Thread, "running 10 io 900"),
			laneSketch{parent: 1, kind: recording.Process, pid: 5, name: "A", at: 40, spans: "running 900"},
			laneSketch{parent: 1, kind: recording.Process, pid: 6, name: "B", at: 40, spans: "running 900"})},
		[]string{"parallel"},
		[]string{"overlapping-waits"},
	},
	{
		"threads that hold each other up",
		sketch{work: whole, lanes: func() []laneSketch {
			lanes := crew(3, recording.Thread, "lock 600 running 30 sleep 300")
			for i := range lanes[1:] {
				lanes[i+1].blocker = 2
			}
			return lanes
		}()},
		[]string{"waiting-for-locks"},
		[]string{"not-seen", "overlapping-waits", "gil-bound"},
	},
	{
		"threads that wait for the GIL unseen",
		sketch{blind: true, work: whole, lanes: crew(3, recording.Thread, "lock 600 running 330")},
		[]string{"not-seen"},
		[]string{"waiting-for-locks", "gil-bound"},
	},
	{
		"a blocked loop",
		sketch{
			work: whole, lanes: loopLanes("ready 300 running 10 await 600", "running 300 await 600"),
			blocking: []recording.Blocking{{Lane: 4, Start: 40 * ms, End: 340 * ms, Function: "hash_password"}},
		},
		[]string{"blocked-loop"},
		[]string{"busy-loop", "parallel"},
	},
	{
		"a blocked loop that nobody wants",
		sketch{
			work: whole, lanes: loopLanes("await 300 running 10 await 600", "running 300 await 600"),
			blocking: []recording.Blocking{{Lane: 4, Start: 40 * ms, End: 340 * ms, Function: "hash_password"}},
		},
		nil,
		[]string{"blocked-loop", "busy-loop"},
	},
	{
		"tasks that take turns",
		sketch{work: whole, lanes: loopLanes("ready 500 running 400", "running 400 ready 500")},
		[]string{"busy-loop"},
		[]string{"blocked-loop", "parallel", "uneven-shares", "overlapping-waits"},
	},
	{
		"tasks of a loop that waits itself",
		sketch{work: whole, lanes: func() []laneSketch {
			lanes := loopLanes("ready 500 running 10 await 400", "ready 500 running 10 await 400")
			lanes[0].spans = "start 20 running 30 io 950"
			return lanes
		}()},
		nil,
		[]string{"busy-loop", "blocked-loop"},
	},
	{
		"starting takes most",
		sketch{work: [2]time.Duration{600, 900}, lanes: only("start 600 running 350")},
		[]string{"start-up"},
		[]string{"too-short"},
	},
	{
		"starting processes takes most",
		sketch{work: whole, lanes: crew(2, recording.Process, "start 500 running 450")},
		[]string{"start-up"},
		nil,
	},
	{
		"a script",
		sketch{main: 30, lanes: only("start 30 running 970")},
		[]string{"one-core"},
		[]string{"start-up", "too-short"},
	},
	{
		"a few milliseconds of threads",
		sketch{work: [2]time.Duration{30, 34}, lanes: []laneSketch{
			{kind: recording.Process, name: "MainThread", spans: "start 30 running 1 lock 3 running 6"},
			{parent: 1, kind: recording.Thread, name: "A", at: 31, spans: "gil 2 running 1"},
			{parent: 1, kind: recording.Thread, name: "B", at: 31, spans: "running 2 gil 1"},
		}},
		[]string{"too-short", "start-up"},
		[]string{"gil-bound", "one-core", "waiting-for-locks"},
	},
	{
		"looked at too seldom",
		sketch{
			work: whole, lanes: crew(4, recording.Thread, "gil 700 running 250"),
			end: recording.End{Observer: recording.ObserverCost{Samples: 20, RateHz: 20, CPU: 1 * ms}},
		},
		[]string{"too-short"},
		[]string{"gil-bound", "observer"},
	},
	{
		"processes with memory", memorySketch(recording.RSS, 20e6, 18e6, 18e6), []string{"memory-of-processes"}, nil,
	},
	{
		"a large process with a small one", memorySketch(recording.RSS, 200e6, 18e6), nil, []string{"memory-of-processes"},
	},
	{
		"one process with memory", memorySketch(recording.RSS, 200e6), nil, []string{"memory-of-processes"},
	},
	{
		"a busy machine", loadSketch(recording.End{CPU: 990 * ms, CPUKnown: true}, 1, 0.9), []string{"other-load", "one-core"}, []string{"observer", "not-seen"},
	},
	{
		"an idle machine", loadSketch(recording.End{CPU: 990 * ms, CPUKnown: true}, 1, 0.1), []string{"one-core"}, []string{"other-load"},
	},
	{
		"a machine of which the run's part is not known", loadSketch(recording.End{}, 1, 0.9), nil, []string{"other-load"},
	},
	{
		"the observer takes much", loadSketch(recording.End{
			CPU: 990 * ms, CPUKnown: true, Observer: recording.ObserverCost{CPU: 300 * ms, Samples: 900, RateHz: 900, Late: 400, Dropped: 3},
		}, 1, 0.35),
		[]string{"observer"},
		[]string{"other-load"},
	},
	{
		"the observer takes little", loadSketch(recording.End{
			CPU: 990 * ms, CPUKnown: true, Observer: recording.ObserverCost{CPU: 20 * ms, Samples: 900, RateHz: 900, Late: 100},
		}, 1, 0.1),
		nil,
		[]string{"observer", "too-short"},
	},
	{
		"lanes that nobody saw",
		sketch{work: whole, lanes: crew(4, recording.Thread, "gil 300 unknown 600 running 50")},
		[]string{"not-seen"},
		[]string{"gil-bound", "parallel"},
	},
	{
		"failed",
		sketch{work: whole, lanes: crew(4, recording.Thread, "gil 700 running 240"), end: recording.End{Status: recording.Failed, ExitCode: 1}},
		[]string{"failed", "gil-bound"},
		[]string{"stopped", "timed-out", "out-of-memory", "incomplete", "too-short"},
	},
	{
		"failed at once",
		sketch{main: 20, lanes: only("start 20 running 1"), end: recording.End{Status: recording.Failed, ExitCode: 1}},
		[]string{"failed"},
		[]string{"too-short"},
	},
	{
		"stopped",
		sketch{work: whole, lanes: only("running 900"), end: recording.End{Status: recording.Stopped}},
		[]string{"stopped"},
		[]string{"failed"},
	},
	{
		"timed out",
		sketch{work: whole, lanes: only("running 900"), end: recording.End{Status: recording.TimedOut}},
		[]string{"timed-out"},
		[]string{"stopped"},
	},
	{
		"out of memory",
		sketch{work: whole, lanes: only("running 900"), end: recording.End{Status: recording.OutOfMemory}},
		[]string{"out-of-memory"},
		[]string{"timed-out"},
	},
	{
		"no end",
		sketch{live: true, main: 20, lanes: only("start 20 running 10")},
		[]string{"incomplete"},
		[]string{"out-of-memory", "start-up", "too-short", "other-load", "observer"},
	},
	{"nothing", sketch{end: recording.End{Wall: 1}}, nil, []string{"gil-bound", "incomplete"}},
}

// loopLanes is an event loop with a task that starts two others, and what those do.
func loopLanes(first, second string) []laneSketch {
	return []laneSketch{
		{kind: recording.Process, name: "MainThread", spans: "start 20 running 980"},
		{parent: 1, kind: recording.Task, name: "Task-1", at: 30, spans: "running 1 await 960"},
		{parent: 1, kind: recording.Task, name: "Task-2", at: 40, spans: first, blocker: 4},
		{parent: 1, kind: recording.Task, name: "Task-3", at: 40, spans: second},
	}
}

func memorySketch(q recording.Quantity, bytes ...float64) sketch {
	s := sketch{work: whole, lanes: only("start 30 running 970")}
	s.series, s.values = memories(q, bytes...)
	return s
}

// loadSketch is one thread that computes, on cores that are used so much.
func loadSketch(end recording.End, use ...float64) sketch {
	s := sketch{work: whole, lanes: only("start 30 running 970"), end: end, values: use}
	for core := range use {
		s.series = append(s.series, recording.SeriesInfo{Quantity: recording.CoreUse, Core: core})
	}
	return s
}

func ids(found []Finding) (ids []string) {
	for _, f := range found {
		ids = append(ids, f.ID)
	}
	return ids
}

func TestFindings(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found := Summarize(c.sketch.record(t)).Findings
			for _, id := range c.must {
				if !slices.Contains(ids(found), id) {
					t.Errorf("%s is not found, but %q", id, ids(found))
				}
			}
			for _, id := range c.not {
				if slices.Contains(ids(found), id) {
					t.Errorf("%s is found: %+v", id, found)
				}
			}
			checkFindings(t, found)
		})
	}
}

// Each rule has a recording in which it must, and one in which it must not appear.
func TestEveryRuleHasItsCases(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range Rules() {
		if seen[id] {
			t.Errorf("two rules are %s", id)
		}
		seen[id] = true
		if !slices.ContainsFunc(cases, func(c found) bool { return slices.Contains(c.must, id) }) {
			t.Errorf("no recording in which %s must be found", id)
		}
		if !slices.ContainsFunc(cases, func(c found) bool { return slices.Contains(c.not, id) }) {
			t.Errorf("no recording in which %s must not be found", id)
		}
	}
}

// contradicting are the findings that must never be told together, since the sentence of one denies the other's.
var contradicting = [][2]string{
	{"gil-bound", "native-parallel"},
	{"gil-bound", "one-core"},
	{"gil-bound", "nothing-overlaps"},
	{"gil-bound", "uneven-shares"},
	{"parallel", "native-parallel"},
	{"parallel", "one-core"},
	{"parallel", "nothing-overlaps"},
	{"native-parallel", "one-core"},
	{"native-parallel", "nothing-overlaps"},
	{"one-core", "nothing-overlaps"},
	{"one-core", "oversubscribed"},
	{"one-core", "uneven-shares"},
	{"one-core", "overlapping-waits"},
	{"one-core", "waiting-for-locks"},
	{"one-core", "busy-loop"},
	{"nothing-overlaps", "overlapping-waits"},
	{"nothing-overlaps", "waiting-for-locks"},
	{"nothing-overlaps", "busy-loop"},
	{"oversubscribed", "no-free-core"},
	{"blocked-loop", "busy-loop"},
}

// checkFindings tells what must hold for the findings of every recording.
func checkFindings(t interface{ Errorf(string, ...any) }, list []Finding) {
	has := map[string]Finding{}
	outcomes := 0
	for i, f := range list {
		if _, twice := has[f.ID]; twice {
			t.Errorf("%s is found twice", f.ID)
		}
		has[f.ID] = f
		if !slices.Contains(Rules(), f.ID) || f.Role.place() < 0 || !(f.Weight >= 0 && f.Weight <= 1) || len(f.Numbers) == 0 {
			t.Errorf("%+v", f)
		}
		for name, n := range f.Numbers {
			share := strings.HasSuffix(name, "_share") || name == "share"
			if math.IsNaN(n) || math.IsInf(n, 0) || n < 0 || share && name != "observer_share" && n > 1+1e-9 {
				t.Errorf("%s: %s is %v", f.ID, name, n)
			}
		}
		if f.Role == Outcome {
			outcomes++
		}
		if i > 0 && f.Role.place() < list[0].Role.place() {
			t.Errorf("%s comes after %s", f.ID, list[0].ID)
		}
	}
	if outcomes > 1 {
		t.Errorf("the run ended in %d ways: %+v", outcomes, list)
	}
	for _, pair := range contradicting {
		_, one := has[pair[0]]
		_, other := has[pair[1]]
		if one && other {
			t.Errorf("%s contradicts %s: %+v", pair[0], pair[1], list)
		}
	}
	if _, short := has["too-short"]; short {
		for _, f := range list {
			if f.Role == Cause && f.ID != "start-up" {
				t.Errorf("%s of a run that is too short to tell", f.ID)
			}
		}
	}
}

// Who reads only the first lines has read why the run took its time and what to be careful about.
func TestOrderOfFindings(t *testing.T) {
	s := cases[slices.IndexFunc(cases, func(c found) bool { return c.name == "eight processes on two cores" })].sketch
	s.end = recording.End{Status: recording.TimedOut, CPU: 1900 * ms, CPUKnown: true, Observer: recording.ObserverCost{Samples: 900, RateHz: 900, Late: 500}}
	s.series, s.values = memories(recording.RSS, 20e6, 20e6, 20e6)
	summary := Summarize(s.record(t))
	want := []string{"timed-out", "parallel", "observer", "oversubscribed", "memory-of-processes"}
	if got := ids(summary.Findings); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if f, ok := summary.Headline(); !ok || f.ID != "timed-out" {
		t.Errorf("the headline is %+v, %t", f, ok)
	}
	quiet := Summary{Findings: []Finding{{ID: "other-load", Role: Caution}}}
	if f, ok := quiet.Headline(); ok {
		t.Errorf("the headline is %+v", f)
	}
}

// The numbers of a finding are those of the recording.
func TestNumbersOfFindings(t *testing.T) {
	for _, test := range []struct {
		recording, id string
		numbers       map[string]float64
		names         map[string]string
	}{
		{"four threads, one GIL", "gil-bound", map[string]float64{"gil_share": 700. / 950, "workers": 4, "processes": 1, "running": 960. / 950, "cores": 2, "cores_busy": 0.99}, map[string]string{"worker": "thread", "turns": "yes"}},
		{"a main thread that computes beside another", "gil-bound", map[string]float64{"workers": 2}, map[string]string{"worker": "thread"}},
		{"two processes", "parallel", map[string]float64{"workers": 2, "running": 2}, map[string]string{"worker": "process", "how": "processes"}},
		{"subinterpreters", "parallel", map[string]float64{"workers": 2}, map[string]string{"worker": "subinterpreter"}},
		{"threads without a GIL", "parallel", map[string]float64{"workers": 2}, map[string]string{"worker": "thread", "how": "no GIL"}},
		{"three downloads in threads", "overlapping-waits", map[string]float64{"workers": 3, "waited_s": 2.79, "elapsed_s": 0.94, "wait_share": 930. / 940}, map[string]string{"wait": "io"}},
		{"three downloads in tasks", "overlapping-waits", map[string]float64{"workers": 3}, map[string]string{"worker": "task", "wait": "await"}},
		{"a blocked loop", "blocked-loop", map[string]float64{"longest_s": 0.3, "kept_waiting": 1, "times": 1}, map[string]string{"task": "Task-3", "function": "hash_password"}},
		{"threads that hold each other up", "waiting-for-locks", map[string]float64{"lock_share": 600. / 930, "holder_share": 1}, map[string]string{"holder": "Worker-1"}},
		{"one of four processes does nearly all", "uneven-shares", map[string]float64{"workers": 4, "most_s": 0.9, "mean_s": 0.24}, map[string]string{"busiest": "Busy", "nearly": "all"}},
		{"starting processes takes most", "start-up", map[string]float64{"start_s": 0.03, "child_start_s": 0.5, "start_share": 0.53}, nil},
		{"processes with memory", "memory-of-processes", map[string]float64{"processes": 3, "rss_bytes": 56e6, "largest_bytes": 20e6}, nil},
		{"a busy machine", "other-load", map[string]float64{"other_cores": 1.9 - 0.99, "cores": 2}, nil},
		{"the observer takes much", "observer", map[string]float64{"observer_share": 0.3, "late_share": 400. / 900, "dropped": 3}, nil},
	} {
		c := cases[slices.IndexFunc(cases, func(c found) bool { return c.name == test.recording })]
		list := Summarize(c.sketch.record(t)).Findings
		i := slices.IndexFunc(list, func(f Finding) bool { return f.ID == test.id })
		if i < 0 {
			t.Errorf("%s: %s is not found", test.recording, test.id)
			continue
		}
		for name, want := range test.numbers {
			if got, there := list[i].Numbers[name]; !there || math.Abs(got-want) > 0.002 {
				t.Errorf("%s: %s is %v, want %v", test.recording, name, got, want)
			}
		}
		for name, want := range test.names {
			if got := list[i].Names[name]; got != want {
				t.Errorf("%s: %s is %q, want %q", test.recording, name, got, want)
			}
		}
	}
}
