//go:build linux || windows

package interpreter

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"regatta/workloads/programs/pythontest"
)

// start starts Python with a program that prints a line when it is ready and ends when its input does. It returns the
// process and the line.
func start(t *testing.T, program string) (pid int, line string) {
	t.Helper()
	cmd := exec.Command(pythontest.Python(t), "-I", "-B", "-c", program)
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		input.Close()
		cmd.Process.Kill()
		cmd.Wait()
	})
	line, err = bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return cmd.Process.Pid, strings.TrimSpace(line)
}

const busyThreads = `
import sys, threading
stop = False
def busy():
    while not stop:
        pass
threads = [threading.Thread(target=busy, daemon=True) for _ in range(3)]
for t in threads: t.start()
print(*(t.native_id for t in threads), flush=True)
sys.stdin.read()
stop = True
`

// Each of three busy threads holds the GIL in its turn, and nobody else does for long.
func TestHoldings(t *testing.T) {
	pid, line := start(t, busyThreads)
	r, err := Open(pid)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	waiting := map[string]bool{}
	for _, tid := range strings.Fields(line) {
		waiting[tid] = true
	}
	for deadline := time.Now().Add(10 * time.Second); len(waiting) > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("threads that were never seen to hold the GIL: %v", waiting)
		}
		held, err := r.Holdings()
		if err != nil {
			t.Fatal(err)
		}
		if len(held) != 1 || held[0].Off || !held[0].Covers(held[0].Address) || held[0].Covers(held[0].Address+gilSize) {
			t.Fatalf("holdings %+v", held)
		}
		delete(waiting, fmt.Sprint(held[0].TID))
	}
}

const twoInterpreters = `
import sys, threading
from concurrent import interpreters
inside = interpreters.create()
worker = threading.Thread(target=inside.exec, args=("while True: pass",), daemon=True)
worker.start()
print(worker.native_id, flush=True)
sys.stdin.read()
import os
os._exit(0)
`

// A subinterpreter has a GIL of its own, found when it comes.
func TestSubinterpreter(t *testing.T) {
	pid, line := start(t, twoInterpreters)
	r, err := Open(pid)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if err := r.FindInterpreters(); err != nil {
			t.Fatal(err)
		}
		held, err := r.Holdings()
		if err == nil && len(held) == 2 && (fmt.Sprint(held[0].TID) == line || fmt.Sprint(held[1].TID) == line) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("thread %s never held a GIL of two: %+v, %v", line, held, err)
		}
	}
}

func TestOpenRefusesWhatIsNoPython(t *testing.T) {
	if _, err := Open(os.Getpid()); !errors.Is(err, ErrNoRuntime) {
		t.Errorf("this test, which is no CPython: %v", err)
	}
	if _, err := Open(1 << 22); err == nil {
		t.Error("a process that is not there has an interpreter")
	}
}

// A target that dies under the reader gives an error, and nothing else.
func TestTargetDies(t *testing.T) {
	cmd := exec.Command(pythontest.Python(t), "-I", "-B", "-c", "print(flush=True)\nwhile True: pass")
	output, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	output.Read(make([]byte, 1))
	r, err := Open(cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Holdings(); err != nil {
		t.Error(err)
	}
	cmd.Process.Kill()
	cmd.Wait()
	if _, err := r.Holdings(); err == nil {
		t.Error("a dead process was read")
	}
}
