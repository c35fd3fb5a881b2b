package command_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"regatta/workloads/recording"
	"regatta/workloads/runner"
)

// cases are the models, and processes with each start method.
var cases = []struct{ model, startMethod string }{
	{"sequential", ""},
	{"threads", ""},
	{"asyncio", ""},
	{"processes", "fork"},
	{"processes", "forkserver"},
	{"processes", "spawn"},
}

// Whoever is killed, nothing of the run is left, and the recording opens.
func TestKill(t *testing.T) {
	for _, c := range cases {
		for _, victim := range []string{"front", runner.Command} {
			t.Run(c.model+c.startMethod+"/"+victim, func(t *testing.T) {
				mark := t.TempDir()
				path := filepath.Join(t.TempDir(), "run.regatta")
				self, err := os.Executable()
				if err != nil {
					t.Fatal(err)
				}
				cmd := exec.Command(self)
				cmd.Env = append(os.Environ(), "TMPDIR="+mark, asFront+"="+c.model+","+c.startMethod+","+path)
				cmd.Stderr = os.Stderr
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				defer cmd.Wait()
				defer cmd.Process.Kill()
				awaitReady(t, mark)
				pid := cmd.Process.Pid
				if victim != "front" {
					pid = find(t, mark, victim)
				}
				start := time.Now()
				syscall.Kill(pid, syscall.SIGKILL)
				if victim == "front" {
					cmd.Wait()
				}
				awaitNone(t, mark)
				t.Logf("gone after %v", time.Since(start).Round(time.Millisecond))
				openEither(t, path)
			})
		}
	}
}

// Fifty stops at random moments leave nothing, and each recording opens.
func TestFiftyStops(t *testing.T) {
	mark := t.TempDir()
	t.Setenv("TMPDIR", mark)
	for i := range 50 {
		c := cases[i%len(cases)]
		path := filepath.Join(t.TempDir(), "run.regatta")
		order, err := stubbornOrder(c.model, c.startMethod, path)
		if err != nil {
			t.Fatal(err)
		}
		run, err := runner.Start(order, func(runner.Event) {})
		if err != nil {
			t.Fatal(err)
		}
		delay := rand.N(400 * time.Millisecond)
		time.Sleep(delay) // the moment is what is tested
		run.Stop()
		outcome, err := run.Wait()
		if err != nil || outcome.Status != recording.Stopped {
			t.Fatalf("stop %d, of %s %s after %v: %+v, %v", i, c.model, c.startMethod, delay, outcome, err)
		}
		if r, err := recording.Open(outcome.Recording); err != nil || r.Status() != recording.Stopped || len(r.Damage) > 0 {
			t.Errorf("stop %d, of %s %s after %v: %v", i, c.model, c.startMethod, delay, err)
		}
		awaitNone(t, mark)
	}
}

// openEither opens the recording at its final name or, where nobody was left to move it, beside it.
func openEither(t *testing.T, path string) {
	t.Helper()
	r, err := recording.Open(path)
	if err != nil {
		r, err = recording.Open(path + recording.PartSuffix)
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Tracks()) == 0 {
		t.Error("the recording has no lanes")
	}
}

func awaitReady(t *testing.T, mark string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if found, _ := filepath.Glob(filepath.Join(mark, "*", "ready")); len(found) > 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the program did not start")
		}
	}
}

func awaitNone(t *testing.T, mark string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		left := marked(mark)
		if len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			for pid, command := range left {
				syscall.Kill(pid, syscall.SIGKILL)
				t.Errorf("process %d is left: %s", pid, command)
			}
			return
		}
	}
}

// find returns the process with the mark whose only argument is a word.
func find(t *testing.T, mark, word string) int {
	t.Helper()
	for pid, command := range marked(mark) {
		if fields := strings.Fields(command); len(fields) == 2 && fields[1] == word {
			return pid
		}
	}
	t.Fatalf("no process %s", word)
	return 0
}

// marked lists the processes, other than this one, that have the mark in their command line or environment.
func marked(mark string) map[int]string {
	found := map[int]string{}
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		command, _ := os.ReadFile(filepath.Join("/proc", e.Name(), "cmdline"))
		environ, _ := os.ReadFile(filepath.Join("/proc", e.Name(), "environ"))
		if bytes.Contains(command, []byte(mark)) || bytes.Contains(environ, []byte(mark)) {
			found[pid] = strings.ReplaceAll(string(command), "\x00", " ")
		}
	}
	return found
}
