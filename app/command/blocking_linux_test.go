package command_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"regatta/workloads/analysis"
	"regatta/workloads/recording"
	"regatta/workloads/runtimes"
)

// blockingScript blocks its event loop in many ways and tells when it did, and when each task that waited could have gone on and
// when it did.
const blockingScript = `import time
START = time.perf_counter_ns()
import asyncio, json, sys, threading

told = {"start": START, "blocked": [], "waited": []}

def blocks(name, function):
    begin = time.perf_counter_ns()
    function()
    told["blocked"].append([name, function.__name__, begin, time.perf_counter_ns()])

def waited(due):
    told["waited"].append([asyncio.current_task().get_name(), due, time.perf_counter_ns()])

def sleeps():
    time.sleep(0.3)

def computes():
    end = time.perf_counter() + 0.3
    while time.perf_counter() < end:
        sum(range(1000))

def calls_back():
    time.sleep(0.15)

async def blocker():
    await asyncio.sleep(0.05)
    blocks("blocker", sleeps)

async def computer():
    await asyncio.sleep(0.06)
    blocks("computer", computes)

async def ticks():
    for _ in range(40):
        due = time.perf_counter_ns() + 10_000_000
        await asyncio.sleep(0.01)
        waited(due)

async def on_event():
    loop, event = asyncio.get_running_loop(), asyncio.Event()
    for delay in (0.1, 0.4, 0.1):
        event.clear()
        due = time.perf_counter_ns() + int(delay * 1e9)
        loop.call_later(delay, event.set)
        await event.wait()
        waited(due)

async def in_executor():
    def short():
        time.sleep(0.1)
        nonlocal done
        done = time.perf_counter_ns()
    for _ in range(3):
        done = 0
        await asyncio.get_running_loop().run_in_executor(None, short)
        waited(done)

async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(blocks, "thread", calls_back)
    loop.call_later(0.9, blocks, "thread", calls_back)
    work = {"blocker": blocker(), "computer": computer(), "ticks": ticks(), "more ticks": ticks(), "on event": on_event(), "in executor": in_executor()}
    if hasattr(asyncio, "TaskGroup"):
        async with asyncio.TaskGroup() as group:
            for name, coroutine in work.items():
                group.create_task(coroutine, name=name)
    else:
        await asyncio.gather(*[asyncio.create_task(coroutine, name=name) for name, coroutine in work.items()])

async def quiet():
    for _ in range(40):
        due = time.perf_counter_ns() + 10_000_000
        await asyncio.sleep(0.01)
        waited(due)

async def elsewhere():
    await asyncio.gather(asyncio.create_task(quiet(), name="quiet"))

other = threading.Thread(target=asyncio.run, args=(elsewhere(),))
other.start()
asyncio.run(main())
other.join()
json.dump(told, open(sys.argv[1], "w"))
`

// Who kept a task waiting is who the script says it was, and what blocked the loop is noted, on every Python there is.
func TestBlockedLoops(t *testing.T) {
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	pythons, _ := filepath.Glob(filepath.Join(home, ".pyenv", "versions", "3.*", "bin", "python3"))
	if testing.Short() {
		pythons = nil
	}
	for _, python := range append([]string{""}, pythons...) {
		if python != "" {
			if _, err := runtimes.Given(python); err != nil {
				continue
			}
		}
		t.Run(cmp.Or(python, "built-in"), func(t *testing.T) { testBlockedLoops(t, python) })
	}
}

func testBlockedLoops(t *testing.T, python string) {
	dir := folder(t, "it.py", blockingScript)
	out, toldIn := filepath.Join(dir, "x.regatta"), filepath.Join(dir, "told.json")
	args := []string{"it.py", "--out", out, "--", toldIn}
	if python != "" {
		args = append([]string{"it.py", "--python", python}, args[1:]...)
	}
	e := called{}.in(t, dir, asScript(t, args...))
	if e.code != 0 {
		t.Fatalf("exit %d\n%s", e.code, e.stderr)
	}
	r, err := recording.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	told := readTold(t, toldIn)
	main, _ := r.Mark(recording.MarkMain)
	at := func(ns int64) time.Duration { return time.Duration(ns-told.start) + main }
	lanes := map[string]*recording.Track{"thread": r.Tracks()[0]}
	for _, track := range r.Tracks() {
		if track.Kind == recording.Task {
			lanes[track.Name] = track
		}
	}

	var truth, agreed time.Duration
	for _, w := range told.waited {
		for _, b := range told.blocked {
			from, to := max(at(w.from), at(b.from)), min(at(w.to), at(b.to))
			if to <= from || w.name == b.name || w.name == "quiet" {
				continue
			}
			truth += to - from
			d := keptBy(lanes[w.name], lanes[b.name].ID, from, to)
			agreed += d
			if to-from >= 20*time.Millisecond && float64(d) < 0.9*float64(to-from) {
				t.Errorf("%s kept %s waiting for %v from %v, its lane says for %v", b.name, w.name, to-from, from, d)
			}
		}
	}
	if share := float64(agreed) / float64(truth); share < 0.98 || truth < time.Second {
		t.Errorf("%.1f %% of %v agree", 100*share, truth)
	} else {
		t.Logf("%.2f %% of %v agree", 100*share, truth)
	}
	quiet := lanes["quiet"]
	for i := range quiet.Len() {
		if by := r.Track(quiet.Span(i).Blocker); by != nil && by.ID != quiet.Parent && by.Parent != quiet.Parent {
			t.Errorf("a task in a loop of its own was kept waiting by %s: %+v", by.Name, quiet.Span(i))
		}
	}
	checkBlocking(t, r, told, at, lanes)
	if got := strings.Count(e.stderr, "\nblocked its event loop: "); got != len(told.blocked) {
		t.Errorf("the summary names %d of %d:\n%s", got, len(told.blocked), e.stderr)
	}
}

// A loop that is blocked for ever is, until the run is stopped.
func TestBlockedToTheEnd(t *testing.T) {
	for what, want := range map[string]analysis.Blocking{
		"await forever()": {Name: "Task-1", Function: "sleeps"},
		"loop.call_soon(sleeps); await asyncio.sleep(600)": {Name: "MainThread", Function: "sleeps"},
	} {
		dir := folder(t, "it.py", `import asyncio, time
def sleeps(): time.sleep(600)
async def forever(): sleeps()
async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(int)
    await asyncio.sleep(0.01)
    `+what+`
asyncio.run(main())`)
		e := called{}.in(t, dir, asScript(t, "it.py", "--timeout", "1500ms", "--json"))
		lines := strings.Split(strings.TrimSpace(e.stderr), "\n")
		s := summary(t, lines[len(lines)-1])
		if len(s.Blocking) != 1 {
			t.Errorf("%s: %+v", what, s.Blocking)
			continue
		}
		if got := s.Blocking[0]; got.Name != want.Name || got.Function != want.Function || got.Start+got.Duration < *s.Wall-0.1 {
			t.Errorf("%s: %+v, the run ended at %v", what, got, *s.Wall)
		}
	}
}

// checkBlocking holds what is noted against what the script tells.
func checkBlocking(t *testing.T, r *recording.Recording, told told, at func(int64) time.Duration, lanes map[string]*recording.Track) {
	t.Helper()
	list := analysis.Summarize(r).Blocking
	if len(list) != len(told.blocked) {
		t.Fatalf("%d are noted of %d: %+v", len(list), len(told.blocked), list)
	}
	framesAreRead := r.Header.Runtime.Version >= "3.13" // versions that are tested all have two digits but the oldest
	framesAreRead = framesAreRead && !strings.HasPrefix(r.Header.Runtime.Version, "3.9")
	coroutine := map[string]string{"sleeps": "blocker", "computes": "computer", "calls_back": "blocks"}
	for i, b := range told.blocked {
		got := list[i]
		from, to := at(b.from), at(b.to)
		function := coroutine[b.function]
		if framesAreRead {
			function = b.function
		}
		if got.Lane != lanes[b.name].ID || got.Function != function || got.Name != lanes[b.name].Name {
			t.Errorf("%+v is noted as %+v", b, got)
		}
		const slack = 0.005
		if got.Start > from.Seconds()+slack || got.Start+got.Duration < to.Seconds()-slack || got.Duration > (to-from).Seconds()+4*slack {
			t.Errorf("from %v to %v is noted as %+v", from, to, got)
		}
		if got.Kept < 2 || got.KeptFor < 0.1 {
			t.Errorf("%+v kept nobody waiting: %+v", b, got)
		}
	}
}

// keptBy is how long a lane says that a task was ready and kept waiting by another, between two moments.
func keptBy(lane *recording.Track, by recording.LaneID, from, to time.Duration) time.Duration {
	sum := time.Duration(0)
	for i := lane.Search(from); i < lane.Len() && lane.Span(i).Start < to; i++ {
		if s := lane.Span(i); s.State == recording.Ready && s.Blocker == by {
			sum += min(s.End, to) - max(s.Start, from)
		}
	}
	return sum
}

// told is what a script says of itself, in nanoseconds of its clock.
type told struct {
	start           int64
	blocked, waited []toldStretch
}

type toldStretch struct {
	name, function string
	from, to       int64
}

func readTold(t *testing.T, path string) told {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var raw struct {
		Start           int64
		Blocked, Waited [][]any
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&raw); err != nil {
		t.Fatal(err)
	}
	number := func(v any) int64 {
		n, err := v.(json.Number).Int64()
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	all := told{start: raw.Start}
	for _, b := range raw.Blocked {
		all.blocked = append(all.blocked, toldStretch{b[0].(string), b[1].(string), number(b[2]), number(b[3])})
	}
	for _, w := range raw.Waited {
		all.waited = append(all.waited, toldStretch{name: w[0].(string), from: number(w[1]), to: number(w[2])})
	}
	return all
}

// The summary names the five longest.
func TestSummaryOfBlocking(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{Created: time.Unix(1, 0), Workload: "it.py", Model: "script"})
	if err != nil {
		t.Fatal(err)
	}
	task := w.AddLane(recording.Lane{Kind: recording.Task, Name: "Task-3", End: recording.StillAlive})
	for i := range time.Duration(7) {
		w.Blocking(recording.Blocking{Lane: task, Start: i * time.Second, End: i*time.Second + (i+1)*100*time.Millisecond, Function: "fetch"})
	}
	if err := w.Finish(recording.End{Status: recording.Finished}); err != nil {
		t.Fatal(err)
	}
	e := regatta(t, "show", path)
	_, lines, _ := strings.Cut(e.stdout, "\nblocked")
	want := ` its event loop: Task-3 for 700 ms in fetch
blocked its event loop: Task-3 for 600 ms in fetch
blocked its event loop: Task-3 for 500 ms in fetch
blocked its event loop: Task-3 for 400 ms in fetch
blocked its event loop: Task-3 for 300 ms in fetch
and 2 more times
`
	if e.code != 0 || lines != want {
		t.Errorf("exit %d: %q", e.code, lines)
	}
}
