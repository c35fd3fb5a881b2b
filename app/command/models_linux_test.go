package command_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

// workers are lanes that a run must have.
type workers struct {
	kind   recording.Kind
	like   string // what name and detail match, with a colon between them
	count  int
	states string // each of these is seen in at least one of them
}

// The lanes of each model are the workers that it starts: of their kind, as many, named as Python names them, and seen to
// compute, wait and take turns as the model has it.
func TestLanesOfModels(t *testing.T) {
	const (
		sum      = "sum --set tasks=4 --set size=1_500_000 "
		services = "services --set work_ms=150 "
	)
	for _, test := range []struct {
		args string
		want []workers
		more bool // there may be more of them
	}{
		{args: sum + "--model thread-pool --set workers=3", want: []workers{{recording.Thread, `^pool_[012]:$`, 3, "running gil"}}},
		{args: services + "--model thread-pool", want: []workers{{recording.Thread, `^pool_[012]:$`, 3, "io"}}},
		{args: sum + "--model interpreters --set workers=2", want: []workers{
			{recording.Interpreter, `^Interpreter [12]:$`, 2, "running"}, {recording.Thread, `^pool_[01]:$`, 2, "running"},
		}},
		{args: services + "--model interpreters", want: []workers{{recording.Interpreter, `^Interpreter [123]:$`, 3, "io"}}},
		{args: sum + "--model process-pool --set workers=2 --set start_method=fork", want: []workers{
			{recording.Process, `^ForkProcess-[12]:`, 2, "running"}, {recording.Thread, `^QueueFeederThread:`, 1, ""},
		}},
		{args: sum + "--model process-pool --set workers=1 --set start_method=spawn --set max_tasks_per_child=1 --set chunksize=2", want: []workers{
			{recording.Process, `^SpawnProcess-[12]:`, 2, "start running"},
		}, more: true},
		{args: services + "--model process-pool --set workers=3 --set start_method=fork", want: []workers{{recording.Process, `^ForkProcess-[123]:`, 3, "io"}}},
		{args: sum + "--model mp-pool --set workers=2 --set start_method=fork", want: []workers{
			{recording.Process, `^ForkPoolWorker-[12]:`, 2, "running"}, {recording.Thread, `^Thread-\d:_handle_(workers|tasks|results)$`, 3, ""},
		}},
		{args: sum + "--model mp-pool --set workers=2 --set start_method=spawn --set method=imap", want: []workers{
			{recording.Process, `^SpawnPoolWorker-[12]:`, 2, "start running"},
		}},
		{args: sum + "--model mp-pool --set workers=1 --set start_method=fork --set method=imap_unordered --set max_tasks_per_child=2", want: []workers{
			{recording.Process, `^ForkPoolWorker-[12]:`, 2, "running"},
		}, more: true},
		{args: sum + "--model asyncio-threads --set workers=2", want: []workers{
			{recording.Task, `:to_thread$`, 4, "await"}, {recording.Thread, `^asyncio_[01]:$`, 2, "running gil"},
		}},
		{args: services + "--model asyncio-threads", want: []workers{
			{recording.Task, `:to_thread$`, 3, "await"}, {recording.Thread, `^asyncio_[012]:$`, 3, "io"},
		}},
		{args: sum + "--model asyncio-processes --set workers=2 --set start_method=spawn", want: []workers{
			{recording.Task, `:in_pool$`, 4, "await"}, {recording.Process, `^SpawnProcess-[12]:`, 2, "start running"},
		}},
		{args: services + "--model asyncio-blocking", want: []workers{{recording.Task, `:blocking$`, 3, "io ready"}}},
	} {
		t.Run(strings.ReplaceAll(test.args, " --set", ""), func(t *testing.T) {
			e := regatta(t, append([]string{"run", "--json"}, strings.Fields(test.args)...)...)
			if e.code != 0 {
				t.Fatalf("exit %d\n%s", e.code, e.stderr)
			}
			s := summary(t, e.stdout)
			const numbers = 4 * 1_500_000
			if want := fmt.Sprint(numbers * (numbers - 1) / 2); s.Workload == "sum" && string(s.Result) != want {
				t.Errorf("the sum is %s, want %s", s.Result, want)
			}
			for _, l := range s.Lanes {
				if l.Kind == recording.Interpreter {
					l.TID = l.PID // any thread may be in it
				}
				checkLane(t, test.args, l)
			}
			checkNumbers(t, test.args, s)
			for _, want := range test.want {
				checkWorkers(t, s, want, test.more)
			}
			checkNoBlocking(t, s)
		})
	}
}

func checkWorkers(t *testing.T, s analysis.Summary, want workers, more bool) {
	t.Helper()
	like, count, seen := regexp.MustCompile(want.like), 0, map[string]bool{}
	for _, l := range s.Lanes {
		if l.Kind != want.kind || !like.MatchString(l.Name+":"+l.Detail) {
			continue
		}
		count++
		for state, d := range l.States {
			seen[state] = seen[state] || d > 0
		}
	}
	if count < want.count || count > want.count && !more {
		t.Errorf("%d lanes of kind %s are like %s, want %d:\n%+v", count, want.kind, want.like, want.count, s.Lanes)
	}
	for _, state := range strings.Fields(want.states) {
		if !seen[state] {
			t.Errorf("none of %s is seen in state %s, only in %v", want.like, state, seen)
		}
	}
}

// checkNoBlocking wants every task of the model that blocks its loop to be told as the one that did, and none elsewhere but
// for the task that starts the processes of a pool.
func checkNoBlocking(t *testing.T, s analysis.Summary) {
	t.Helper()
	if s.Model != "asyncio-blocking" {
		for _, b := range s.Blocking {
			if s.Model != "asyncio-processes" {
				t.Errorf("blocked: %+v", b)
			}
		}
		return
	}
	var names []string
	for _, b := range s.Blocking {
		names = append(names, b.Name)
		if b.Duration < 0.1 || b.Function != "fetch" {
			t.Errorf("blocked: %+v", b)
		}
	}
	slices.Sort(names)
	if want := []string{"Task-2", "Task-3", "Task-4"}; !slices.Equal(names, want) {
		t.Errorf("the loop was blocked by %v, want %v", names, want)
	}
}
