package probe_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stream runs a program with the probe and returns what that wrote.
func stream(t *testing.T, source string, args ...string) []event {
	t.Helper()
	b := newBench(t, source)
	end := b.observed("", args...)
	if end.State != "exit status 0" {
		t.Fatalf("%s\n%s%s", end.State, end.Stdout, end.Stderr)
	}
	return read(t, b.events)
}

func TestThreads(t *testing.T) {
	events := stream(t, `
import threading
from concurrent.futures import ThreadPoolExecutor
def start(): threading.Thread(target=print, name='inner').start()
long = threading.Thread(target=start, name='x' * 300)
long.start(); long.join()
umlaut = threading.Thread(target=print, name='Fäden ' * 20)
umlaut.start(); umlaut.join()
with ThreadPoolExecutor(2, 'pool') as pool:
    barrier = threading.Barrier(2)
    list(pool.map(lambda _: barrier.wait(), range(2)))
`)
	lives(t, events)
	want := []string{strings.Repeat("Fäden ", 20), "MainThread", "inner", "pool_0", "pool_1", strings.Repeat("x", 255)}
	slices.Sort(want)
	if diff := cmp.Diff(want, texts(events, thread)); diff != "" {
		t.Error(diff)
	}
	if n := len(of(events, threadEnd)); n != 5 {
		t.Errorf("%d threads ended, want 5", n)
	}
	idents := map[string]event{}
	for _, e := range of(events, thread) {
		idents[e.text] = e
	}
	if starter := idents["inner"].arg; starter != idents[strings.Repeat("x", 255)].id {
		t.Errorf("inner was started by %d", starter)
	}
	if idents["MainThread"].arg != 0 || idents["pool_0"].arg != idents["MainThread"].id {
		t.Errorf("started by: %v", idents)
	}
	if idents["MainThread"].tid != idents["MainThread"].pid || idents["inner"].tid == idents["inner"].pid {
		t.Errorf("native ids: %v", idents)
	}
}

const children = `
import multiprocessing, sys, os
def inner(): pass
def outer():
    p = multiprocessing.Process(target=inner, name='grandchild'); p.start(); p.join()
if __name__ == '__main__':
    multiprocessing.set_start_method(sys.argv[1])
    p = multiprocessing.Process(target=outer); p.start(); p.join()
    with multiprocessing.Pool(2) as pool:
        pool.map(abs, range(4)); pool.close(); pool.join()
`

func TestProcesses(t *testing.T) {
	for method, helpers := range map[string][]string{
		"fork":       nil,
		"spawn":      {"resource tracker"},
		"forkserver": {"forkserver", "resource tracker"},
	} {
		t.Run(method, func(t *testing.T) {
			events := stream(t, children, method)
			names := lives(t, events)
			var got []string
			for pid, name := range names {
				got = append(got, name)
				is := func(kind int) []event {
					return slices.DeleteFunc(of(events, kind), func(e event) bool { return e.pid != pid })
				}
				if len(is(main)) == 0 {
					t.Errorf("%s never came to its own code", name)
				}
				if first := slices.IndexFunc(events, func(e event) bool { return e.pid == pid }); events[first].kind != process {
					t.Errorf("%s begins with an event %d", name, events[first].kind)
				}
				if len(is(thread)) == 0 || is(thread)[0].tid != pid {
					t.Errorf("%s has no main thread", name)
				}
				if name == "Process-1" && len(is(processEnd)) == 0 {
					t.Errorf("%s has no end", name)
				}
			}
			// A pool is no part of what is named: its workers are numbered on.
			want := append([]string{"MainProcess", "Process-1", "grandchild"}, helpers...)
			got = slices.DeleteFunc(got, func(name string) bool {
				return strings.Contains(name, "PoolWorker-")
			})
			slices.Sort(got)
			slices.Sort(want)
			// A forked child that needs a tracker or a server of its own starts one.
			if got = slices.Compact(got); !cmp.Equal(want, got) {
				t.Errorf("processes: %v, want %v", got, want)
			}
			if n := len(slices.DeleteFunc(texts(events, process), func(s string) bool { return !strings.Contains(s, "PoolWorker-") })); n != 2 {
				t.Errorf("%d workers of the pool, want 2", n)
			}
		})
	}
}

func TestForkInAForkInAThread(t *testing.T) {
	events := stream(t, `
import os, threading, warnings
warnings.simplefilter('ignore')
def fork(depth):
    if depth and os.fork() == 0:
        t = threading.Thread(target=fork, args=(depth - 1,), name='deep %d' % depth)
        t.start(); t.join()
        os._exit(0)
    if depth: os.wait()
fork(3)
`)
	lives(t, events)
	if diff := cmp.Diff([]string{"MainProcess", "fork of MainProcess", "fork of fork of MainProcess", "fork of fork of fork of MainProcess"},
		texts(events, process), cmp.Transformer("sorted", func(s []string) []string {
			s = slices.Clone(s)
			slices.Sort(s)
			return s
		})); diff != "" {
		t.Error(diff)
	}
	if n := len(of(events, main)); n != 4 {
		t.Errorf("%d processes came to their own code, want 4", n)
	}
}

const blocked = `
import asyncio, time
async def polite(future):
    await future
    for _ in range(2):
        await asyncio.sleep(0.001)
async def rude(future):
    asyncio.get_running_loop().call_later(0.001, future.set_result, None)
    time.sleep(0.05)
async def main():
    asyncio.current_task().set_name('head')
    future = asyncio.get_running_loop().create_future()
    late = asyncio.create_task(polite(future)); late.set_name('renamed')
    asyncio.get_running_loop().call_soon(time.sleep, 0.005)
    asyncio.get_running_loop().call_later(3, late.cancel)
    await asyncio.gather(late, asyncio.create_task(rude(future), name='rude'))
asyncio.run(main())
`

func TestABlockedLoop(t *testing.T) {
	events := stream(t, blocked)
	lives(t, events)
	names := map[uint64]string{}
	for _, e := range of(events, task) {
		names[e.id] = e.text
	}
	number := func(want string) uint64 {
		for id, name := range names {
			if name == want {
				return id
			}
		}
		t.Fatalf("no task %q in %v", want, names)
		return 0
	}
	head, polite, rude := number("head\x1fmain"), number("renamed\x1fpolite"), number("rude\x1frude")

	// Steps of a loop follow each other, and each was ready before.
	running := uint64(0)
	wasReady := map[uint64]bool{}
	steps, done := map[uint64]int{}, map[uint64]bool{}
	for _, e := range events {
		switch e.kind {
		case ready:
			wasReady[e.id] = true
			if e.arg > e.at {
				t.Errorf("ready since %d ns in the future", e.arg-e.at)
			}
		case taskStep:
			if running != 0 || !wasReady[e.id] {
				t.Errorf("a step of task %d while %d runs, ready: %v", e.id, running, wasReady[e.id])
			}
			running, wasReady[e.id] = e.id, false
			steps[e.id]++
		case stepEnd:
			if running != e.id {
				t.Errorf("the end of a step of task %d, while %d runs", e.id, running)
			}
			running, done[e.id] = 0, e.arg == 1
		}
	}
	if steps[polite] != 4 || steps[rude] != 1 || !done[head] || !done[polite] || !done[rude] {
		t.Errorf("steps %v, done %v", steps, done)
	}

	// The polite task's timer fired late, because the rude one had the loop.
	isLate := slices.ContainsFunc(of(events, ready), func(e event) bool {
		return e.id == polite && e.arg > 0 && e.at-e.arg > 30e6
	})
	if !isLate {
		t.Error("nothing tells that the polite task was held up")
	}
	isLong := slices.ContainsFunc(of(events, callback), func(e event) bool { return e.text == "sleep" && e.arg >= 5e6 })
	if !isLong {
		t.Errorf("long callbacks: %v", of(events, callback))
	}
	if len(of(events, loop)) == 0 {
		t.Error("no loop")
	}
}

func TestLoopsInThreadsFollowEachOtherInOneFile(t *testing.T) {
	events := stream(t, `
import asyncio, threading
async def main(): await asyncio.sleep(0)
for _ in range(5):
    t = threading.Thread(target=asyncio.run, args=(main(),)); t.start(); t.join()
`)
	loops := map[uint64]bool{}
	for _, e := range of(events, loop) {
		loops[e.id] = true
	}
	if len(loops) != 5 || len(of(events, threadEnd)) < 5 {
		t.Errorf("loops %v, %d ends of threads", loops, len(of(events, threadEnd)))
	}
}

// Debug mode and tasks written in Python take other ways through asyncio.
func TestOtherWaysThroughAsyncio(t *testing.T) {
	const source = `
import asyncio, asyncio.tasks
%s
async def leaf():
    await asyncio.sleep(0.001)
async def main():
    await asyncio.gather(leaf(), leaf())
asyncio.run(main(), debug=%s)
`
	for name, change := range map[string][2]string{
		"debug":        {"", "True"},
		"python tasks": {"asyncio.tasks.Task = asyncio.Task = asyncio.tasks._PyTask", "False"},
	} {
		t.Run(name, func(t *testing.T) {
			events := stream(t, fmt.Sprintf(source, change[0], change[1]))
			leaves := slices.DeleteFunc(texts(events, task), func(s string) bool { return !strings.HasSuffix(s, "\x1fleaf") })
			if len(leaves) != 2 {
				t.Errorf("tasks %q", texts(events, task))
			}
			if starts, ends := len(of(events, taskStep)), len(of(events, stepEnd)); starts < 6 || starts != ends {
				t.Errorf("%d steps, %d ends", starts, ends)
			}
		})
	}
}

// What was written is there although the process had no time to say goodbye; so are files after the first.
func TestKilledAfterManySteps(t *testing.T) {
	b := newBench(t, `
import asyncio, os, signal
async def main():
    for _ in range(20000):
        await asyncio.sleep(0)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
`)
	if end := b.observed(""); end.State != "signal: killed" {
		t.Fatalf("%+v", end)
	}
	events := read(t, b.events)
	if n := len(of(events, taskStep)); n != 20001 {
		t.Errorf("%d steps, want 20001", n)
	}
	if n := len(of(events, ready)); n != 20001 {
		t.Errorf("ready %d times, want 20001", n)
	}
}

func TestWhatThereIsNoRoomForIsCounted(t *testing.T) {
	b := newBench(t, `
import asyncio, sys
probe = sys.meta_path[0].find_spec.__globals__
probe['room'] = 3 * 4096
probe['NEXT_SIZE'] = 4096
async def main():
    for _ in range(1000):
        await asyncio.sleep(0)
asyncio.run(main())
`)
	if end := b.observed(""); end.State != "exit status 0" || end.Stderr != "" {
		t.Fatalf("%+v", end)
	}
	events := read(t, b.events)
	lost := of(events, dropped)
	if len(lost) != 1 {
		t.Fatalf("lost: %v", lost)
	}
	written := 0
	for _, e := range events {
		if e.kind == ready || e.kind == taskStep || e.kind == stepEnd {
			written++
		}
	}
	if total := written + int(lost[0].arg); total < 3003 || total > 3050 {
		t.Errorf("%d written and %d lost of about 3003", written, lost[0].arg)
	}
}
