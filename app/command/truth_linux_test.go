package command_test

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"regatta/workloads/analysis"
	"regatta/workloads/catalog"
	"regatta/workloads/plan"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
)

// phases stands in for sum.py: it does one thing after the other, each for a while, and tells when. It also tells what the
// kernel counts of it, which is what Regatta's own figures are held against.
const phases = `import time
START = time.perf_counter_ns()
import hashlib, os, resource, sys, threading
import program

PARAMETERS = {"tasks": {"default": 1, "min": 1, "max": 64}, "size": {"default": 1, "min": 1, "max": 1_000_000_000}}
LENGTH = 0.25

def items(options):
    return [0]

def compute():
    end = time.perf_counter() + LENGTH
    while time.perf_counter() < end:
        sum(range(1000))

def native():
    data = bytes(50_000_000)  # hashing lets go of the GIL
    end = time.perf_counter() + LENGTH
    start = time.perf_counter_ns()
    while time.perf_counter() < end:
        hashlib.sha256(data).digest()
    return start

def sleep():
    time.sleep(LENGTH)

def lock():
    held = threading.Lock()
    held.acquire()
    threading.Timer(LENGTH, held.release).start()
    held.acquire()

def io():
    reading, writing = os.pipe()
    threading.Timer(LENGTH, os.write, (writing, b"x")).start()
    os.read(reading, 1)

def gil():
    stop = time.perf_counter() + LENGTH
    def compete():
        while time.perf_counter() < stop:
            sum(range(1000))
    others = [threading.Thread(target=compete) for _ in range(3)]
    for other in others: other.start()
    begin, cpu, queued = time.perf_counter_ns(), time.thread_time_ns(), queue()
    compete()
    end, cpu, queued = time.perf_counter_ns(), time.thread_time_ns() - cpu, queue() - queued
    for other in others: other.join()
    return begin, end, cpu, queued

def queue():
    """Nanoseconds that this thread has waited for a core."""
    return int(open(f"/proc/thread-self/schedstat").read().split()[1])

def work(item):
    block = bytearray(os.urandom(1)) * 150_000_000  # memory that is really used, while all goes on
    told = {}
    for phase in (compute, native, sleep, lock, io, gil):
        start = time.perf_counter_ns()
        own = phase()
        end = time.perf_counter_ns()
        if isinstance(own, tuple):
            start, end, cpu, queued = own
        elif own:
            start = own
        told[phase.__name__] = [start, end]
    del block
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {"phases": told, "gil_cpu": cpu, "gil_queued": queued, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss * 1024,
            "start": START}

async def work_async(item):
    return work(item)

def combine(results):
    return results[0]

if __name__ == "__main__":
    program.main(sys.modules[__name__])
`

// What the lanes say is what the program did, and the figures are those of the kernel.
func TestTruth(t *testing.T) {
	pair, err := catalog.Find("sum", "sequential")
	if err != nil {
		t.Fatal(err)
	}
	values, _ := pair.Values(map[string]string{"tasks": "1", "size": "1"})
	rt, err := runtimes.BuiltIn("")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "run.regatta")
	order, err := plan.Order(plan.Choice{Pair: pair, Values: values, Runtime: rt}, path)
	if err != nil {
		t.Fatal(err)
	}
	order.Files["sum.py"] = phases
	run, err := runner.Start(order, func(runner.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	if outcome, err := run.Wait(); err != nil || outcome.Status != recording.Finished {
		r, _ := recording.Open(outcome.Recording)
		t.Fatalf("%+v, %v\n%s", outcome, err, r.Printed(recording.Stderr))
	}
	r, err := recording.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		Phases map[string][2]int64
		Cores  int64 `json:"gil_cpu"`    // ns that the thread was on a core while it competed for the GIL
		Queued int64 `json:"gil_queued"` // ns that it waited for a core then
		CPU    float64
		Memory float64
		Start  int64
	}
	if err := json.Unmarshal(r.End.Result, &told); err != nil {
		t.Fatal(err)
	}
	main, _ := r.Mark(recording.MarkMain)
	zero := told.Start - int64(main)
	checkPhases(t, r, told.Phases, zero)

	// The oracle: what a thread that only computes does neither on a core nor waiting for one, it waits for the GIL.
	from, to := time.Duration(told.Phases["gil"][0]-zero), time.Duration(told.Phases["gil"][1]-zero)
	wall := (to - from).Seconds()
	oracle := wall - float64(told.Cores+told.Queued)/1e9
	seen := r.Tracks()[0].StateTimes(from, to)[recording.GIL].Seconds()
	t.Logf("waiting for the GIL: %.1f %% seen, %.1f %% by the oracle", 100*seen/wall, 100*oracle/wall)
	if math.Abs(seen-oracle) > 0.15*wall { // one stretch of a quarter of a second, on a busy machine
		t.Errorf("the thread waited %.3f s of %.3f s for the GIL, the lane says %.3f s", oracle, wall, seen)
	}

	s := analysis.Summarize(r)
	if *s.CPU < told.CPU || *s.CPU > told.CPU*1.1+0.1 { // what comes after the program's last look is ours alone
		t.Errorf("cpu_s is %.3f, the program's own count %.3f", *s.CPU, told.CPU)
	}
	if *s.PeakMemory < 0.95*told.Memory || *s.PeakMemory > 1.05*told.Memory {
		t.Errorf("the peak of memory is %.0f, the kernel's %.0f", *s.PeakMemory, told.Memory)
	}
}

// checkPhases holds the main thread's lane against the phases, whose times are Python's minus zero.
func checkPhases(t *testing.T, r *recording.Recording, told map[string][2]int64, zero int64) {
	t.Helper()
	// A thread that can run may also have to wait for a core of this machine, or wake up late.
	expected := map[string][]recording.State{
		"compute": {recording.Running, recording.Core},
		"native":  {recording.Native, recording.Core},
		"sleep":   {recording.Sleep, recording.Core},
		"lock":    {recording.Lock, recording.Core},
		"io":      {recording.IO, recording.Core},
		"gil":     {recording.GIL, recording.Running, recording.Core},
	}
	lane := r.Tracks()[0]
	for phase, states := range expected {
		from, to := time.Duration(told[phase][0]-zero), time.Duration(told[phase][1]-zero)
		times := lane.StateTimes(from, to)
		agreed := time.Duration(0)
		for state, d := range times {
			if slices.Contains(states, state) {
				agreed += d
			}
		}
		share := float64(agreed) / float64(to-from)
		t.Logf("%s: %.1f %% of %v agree: %v", phase, 100*share, (to - from).Round(time.Millisecond), times)
		if share < 0.95 {
			t.Errorf("%s: %.1f %% agree: %v", phase, 100*share, times)
		}
		if phase == "gil" { // which has a function inside
			if times[recording.GIL] < (to-from)/3 {
				t.Errorf("one of four threads that want the GIL waits %v of %v for it", times[recording.GIL], to-from)
			}
			continue
		}
		if named := labelled(lane, from, to, phase); float64(named) < 0.7*float64(to-from) { // it is read every 18 ms
			t.Errorf("%s: the lane is in that function for %v of %v", phase, named, to-from)
		}
	}
}

// labelled is how long a lane was in a function between two moments.
func labelled(lane *recording.Track, from, to time.Duration, function string) time.Duration {
	sum := time.Duration(0)
	for i := lane.Search(from); i < lane.Len() && lane.Span(i).Start < to; i++ {
		if s := lane.Span(i); s.Label == function {
			sum += min(s.End, to) - max(s.Start, from)
		}
	}
	return sum
}
