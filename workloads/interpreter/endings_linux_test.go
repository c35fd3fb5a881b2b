package interpreter

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"regatta/workloads/programs/pythontest"
)

const beforeEnd = `
import os, sys, threading, warnings
warnings.simplefilter("ignore")  # about fork beside threads
def first():
    while True: second()
def second():
    return 1
threads = [threading.Thread(target=first, daemon=True) for _ in range(2)]
for t in threads: t.start()
print(*(t.native_id for t in threads), flush=True)
line = b""
while not line.endswith(b"\n"):  # what comes behind is for the next program
    line += os.read(0, 1)
what, _, next = line.decode().strip().partition(" ")
if what == "fork":
    for _ in range(10):
        if os.fork() == 0: os._exit(0)
        os.wait()
    print(flush=True)
    sys.stdin.read()
if what == "exec":
    script = os.path.join(os.path.dirname(__file__), "next.py")
    os.execv(next, [next, "-I", "-B", script] if "python" in next else [next])
os.kill(os.getpid(), 9)
`

const afterExec = `
import sys, threading
def third():
    while True: fourth()
def fourth():
    return 1
threads = [threading.Thread(target=third, daemon=True) for _ in range(2)]
for t in threads: t.start()
print(*(t.native_id for t in threads), flush=True)
sys.stdin.read()
`

// Targets become another Python or something else, fork or are killed while they are read as fast as can be. Whatever is
// told is so, of the program that is there; when none is, there is an error, and nothing stays open.
func TestTargetsThatEndWhileRead(t *testing.T) {
	python := pythontest.Python(t)
	ends := []string{"kill", "fork", "exec " + python, "exec /bin/cat"}
	for _, other := range []string{findFreeThreaded(), findPython313()} {
		if other != "" {
			ends = append(ends, "exec "+other)
		}
	}
	open := openFiles(t)
	for number := range 50 {
		end := ends[number%len(ends)]
		t.Run(end, func(t *testing.T) { endWhileRead(t, python, end) })
	}
	if now := openFiles(t); now > open {
		t.Errorf("%d files are open, %d were before", now, open)
	}
}

func openFiles(t *testing.T) int {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

func endWhileRead(t *testing.T, python, end string) {
	t.Helper()
	script := write(t, beforeEnd)
	if err := os.WriteFile(strings.Replace(script, "script.py", "next.py", 1), []byte(afterExec), 0o600); err != nil {
		t.Fatal(err)
	}
	program := run(t, python, script)
	threads := append(strings.Fields(program.line(t)), "0", fmt.Sprint(program.Process.Pid))
	r, err := Open(program.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f, err := r.Functions(OwnCode())
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"", "first", "second", "third", "fourth", "<genexpr>", "<module>"}
	holders := map[string]bool{}
	var stop atomic.Bool
	ready, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for number := 0; !stop.Load(); number++ {
			if number%20 == 0 {
				r.FindInterpreters()
			}
			if held, err := r.Holdings(); err == nil {
				for _, h := range held {
					holders[fmt.Sprint(h.TID)] = true
				}
			}
			found, _ := f.Look()
			for _, at := range found {
				if !slices.Contains(names, at.Name) {
					t.Errorf("%s: %+v", end, at)
				}
			}
			if number == 50 {
				close(ready)
			}
		}
	}()
	defer func() { // also where what follows fails
		stop.Store(true)
		<-done
	}()
	<-ready
	io.WriteString(program.input, end+"\n")
	switch {
	case end == "kill":
		program.Process.Wait()
	case end == "exec /bin/cat":
		io.WriteString(program.input, "cat is there\n")
		program.line(t)
	default:
		threads = append(threads, strings.Fields(program.line(t))...)
	}
	stop.Store(true)
	<-done
	for holder := range holders {
		if !slices.Contains(threads, holder) {
			t.Errorf("%s: %s held the GIL, but the threads are %v", end, holder, threads)
		}
	}
	found, err := f.Look()
	if same := end == "fork" || end == "exec "+python; !same && err == nil {
		t.Errorf("%s: still %+v", end, found)
	}
	for _, at := range found {
		if old := at.Name == "first" || at.Name == "second"; old != (end == "fork") && at.Name != "" && at.Name[0] != '<' {
			t.Errorf("%s: %+v", end, at)
		}
	}
}
