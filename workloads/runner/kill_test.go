//go:build linux

package runner

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"regatta/workloads/recording"
)

// wild is a program that does everything to survive. Its arguments are a mark that all its processes carry and the file
// that says that all are there.
const wild = `
import os, signal, subprocess, sys, time
mark, ready = sys.argv[1:]
for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(s, signal.SIG_IGN)
print('up', flush=True)

def live():
    while True: time.sleep(600)

# a session of its own
subprocess.Popen([sys.executable, '-I', '-c', 'import time; time.sleep(600)', mark], start_new_session=True)

# a daemon, forked twice, without environment and without our pipes
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        null = os.open('/dev/null', os.O_RDWR)
        for fd in (0, 1, 2): os.dup2(null, fd)
        os.chdir('/')
        os.execve(sys.executable, [sys.executable, '-I', '-c', 'import time; time.sleep(600)', mark], {})
    os._exit(0)
os.wait()

# a hundred, seven deep
def grow(depth):
    for _ in range(2):
        if os.fork() == 0:
            if depth: grow(depth - 1)
            live()
grow(5)

# one that is never there for long: it forks and ends
if os.fork() == 0:
    os.setsid()
    while True:
        if os.fork(): os._exit(0)

# one that sleeps already
if os.fork() == 0:
    os.kill(os.getpid(), signal.SIGSTOP)

open(ready, 'w').close()
live()
`

// wildOrder is an order of the wild program, its mark, and a wait until all of it is there.
func wildOrder(t *testing.T) (o Order, mark string, ready func()) {
	t.Helper()
	mark = fmt.Sprintf("mark-%d-%d", os.Getpid(), time.Now().UnixNano())
	file := filepath.Join(t.TempDir(), "ready")
	o = order(t, wild, mark, file)
	t.Cleanup(func() {
		for _, pid := range processes(mark) { // of a test that failed
			syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	return o, mark, func() {
		t.Helper()
		await(t, "the wild program", func() bool { return exists(file) && len(processes(mark)) > 120 })
	}
}

// awaitGone waits until no process has the mark, and logs how long that took.
func awaitGone(t *testing.T, mark string, since time.Time) {
	t.Helper()
	await(t, "the end of all processes", func() bool { return len(processes(mark)) == 0 })
	t.Logf("gone after %v", time.Since(since).Round(time.Millisecond))
}

func TestStopWild(t *testing.T) {
	o, mark, ready := wildOrder(t)
	r, events := launch(t, o)
	ready()
	start := time.Now()
	r.Stop()
	r.Stop()
	await(t, "the acknowledgement", func() bool { _, _, ok := events.find(Stopping); return ok })
	awaitGone(t, mark, start)
	got, rec := finish(t, r)
	_, stopping, _ := events.find(Stopping)
	_, reaped, _ := events.find(Reaped)
	_, ended, _ := events.find(Ended)
	t.Logf("stopping after %v, reaped after %v, ended after %v", stopping.Sub(start), reaped.Sub(start), ended.Sub(start))
	if got.Status != recording.Stopped || rec.End.Status != recording.Stopped {
		t.Errorf("status %v, in the recording %v", got.Status, rec.End.Status)
	}
	checkWarnings(t, rec, "")
	if rec.Printed(recording.Stdout) != "up\n" {
		t.Errorf("output %q", rec.Printed(recording.Stdout))
	}
	if want := "prepared started stopping exited reaped ended"; events.kinds() != want {
		t.Errorf("events %q, want %q", events.kinds(), want)
	}
	if left := runFolders(t); len(left) > 0 {
		t.Errorf("left folders %v", left)
	}
}

// TestKillGuards kills what watches over the wild program, while the front lives.
func TestKillGuards(t *testing.T) {
	cases := []struct {
		name   string
		kill   []string
		status recording.Status
	}{
		{"runner", []string{Command}, recording.Incomplete},
		{"keeper", []string{keeperCommand}, recording.Stopped},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o, mark, ready := wildOrder(t)
			r, _ := launch(t, o)
			ready()
			start := time.Now()
			killGuards(t, c.kill)
			awaitGone(t, mark, start)
			got, rec := finish(t, r)
			t.Logf("%v: %s", time.Since(start).Round(time.Millisecond), got.Reason)
			if got.Status != c.status || rec.Status() != c.status || got.Recording != o.Recording || got.Reason == "" {
				t.Errorf("outcome %+v, the recording's status %v", got, rec.Status())
			}
			if rec.Printed(recording.Stdout) != "up\n" {
				t.Errorf("output %q", rec.Printed(recording.Stdout))
			}
			if left := runFolders(t); len(left) > 0 {
				t.Errorf("left folders %v", left)
			}
		})
	}
}

// killGuards kills the processes with the hidden arguments, and others.
func killGuards(t *testing.T, hidden []string, others ...int) {
	t.Helper()
	pids := others
	for _, h := range hidden {
		found := guards(t, h)
		if len(found) != 1 {
			t.Fatalf("processes of %s: %v", h, found)
		}
		pids = append(pids, found...)
	}
	freeze(t, pids) // so that none sees the others die: they die in one instant
	for _, pid := range pids {
		syscall.Kill(pid, syscall.SIGKILL)
	}
}

// freeze stops processes and waits until all their threads have.
func freeze(t *testing.T, pids []int) {
	t.Helper()
	for _, pid := range pids {
		syscall.Kill(pid, syscall.SIGSTOP)
		await(t, "a process to stop", func() bool {
			states, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
			return err == nil && !slices.ContainsFunc(states, func(file string) bool {
				stat, err := os.ReadFile(file)
				return err == nil && !strings.Contains(string(stat), ") T ")
			})
		})
	}
}

// TestKillFront kills the front, alone and together with one of the guards.
func TestKillFront(t *testing.T) {
	cases := []struct {
		name   string
		kill   []string
		status recording.Status // of the recording
	}{
		{"alone", nil, recording.Stopped},
		{"with the runner", []string{Command}, recording.Incomplete},
		{"with the keeper", []string{keeperCommand}, recording.Stopped},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o, mark, ready := wildOrder(t)
			front := startFront(t, o)
			ready()
			start := time.Now()
			killGuards(t, c.kill, front.Process.Pid)
			awaitGone(t, mark, start)
			front.Wait()
			await(t, "the end of the guards", func() bool { return len(guards(t, Command))+len(guards(t, keeperCommand)) == 0 })
			t.Logf("guards gone after %v", time.Since(start).Round(time.Millisecond))
			path := o.Recording
			if c.status == recording.Incomplete {
				path += recording.PartSuffix
				awaitSwept(t)
			}
			rec, err := recording.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			if rec.Status() != c.status || rec.Printed(recording.Stdout) != "up\n" {
				t.Errorf("status %v, output %q", rec.Status(), rec.Printed(recording.Stdout))
			}
			if left := runFolders(t); len(left) > 0 {
				t.Errorf("left folders %v", left)
			}
		})
	}
}

// sweepLeft does what the next start does, as if a minute had passed.
func sweepLeft(t *testing.T) {
	t.Helper()
	old := time.Now().Add(-2 * settling)
	for _, f := range runFolders(t) {
		if err := os.Chtimes(f, old, old); err != nil {
			t.Fatal(err)
		}
	}
	sweep()
}

// awaitSwept sweeps until the locks of processes that were just killed are gone.
func awaitSwept(t *testing.T) {
	t.Helper()
	await(t, "the locks to be free", func() bool { sweepLeft(t); return len(runFolders(t)) == 0 })
}

// tagged is a program that cannot be found but by its tag when its guards are gone.
const tagged = `
import os, subprocess, sys, time
print('up', flush=True)
subprocess.Popen([sys.executable, '-I', '-c', 'import time; time.sleep(600)', sys.argv[1]], start_new_session=True)
open(sys.argv[2], 'w').close()
time.sleep(600)
`

// TestKillBothGuards leaves the tree to init.
func TestKillBothGuards(t *testing.T) {
	for _, c := range []struct {
		name string
		all  bool // the front as well
	}{{"front lives", false}, {"all dead", true}} {
		t.Run(c.name, func(t *testing.T) {
			o, mark, _ := wildOrder(t)
			ready := o.Command[len(o.Command)-1]
			o.Files["main.py"] = tagged
			front := startFront(t, o)
			await(t, "the program", func() bool { return exists(ready) && len(processes(mark)) == 2 })
			start := time.Now()
			var others []int
			if c.all {
				others = append(others, front.Process.Pid)
			}
			killGuards(t, []string{Command, keeperCommand}, others...)
			if c.all {
				front.Wait()
				awaitSwept(t)
			}
			awaitGone(t, mark, start)
			front.Wait()
			path := o.Recording
			if c.all {
				path += recording.PartSuffix
			}
			if rec, err := recording.Open(path); err != nil || rec.Status() != recording.Incomplete {
				t.Errorf("the recording: %v", err)
			}
			if left := runFolders(t); len(left) > 0 {
				t.Errorf("left folders %v", left)
			}
		})
	}
}

// TestKillStuckRunner stops a run whose runner does not react.
func TestKillStuckRunner(t *testing.T) {
	o, mark, _ := wildOrder(t)
	ready := o.Command[len(o.Command)-1]
	o.Files["main.py"] = tagged
	r, _ := launch(t, o)
	await(t, "the program", func() bool { return exists(ready) && len(processes(mark)) == 2 })
	freeze(t, guards(t, Command))
	start := time.Now()
	r.Stop()
	awaitGone(t, mark, start)
	if got, _ := finish(t, r); got.Status != recording.Incomplete {
		t.Errorf("outcome %+v", got)
	}
}

// TestSignals sends the signals of a terminal to runner and keeper.
func TestSignals(t *testing.T) {
	o := order(t, "import time; print('up', flush=True); time.sleep(600)")
	r, events := launch(t, o)
	await(t, "the start", func() bool { _, _, ok := events.find(Started); return ok })
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGHUP, syscall.SIGPIPE} {
		for _, pid := range append(guards(t, Command), guards(t, keeperCommand)...) {
			syscall.Kill(pid, s)
		}
	}
	r.Stop()
	if got, rec := finish(t, r); got.Reason != "the run was stopped" || rec.End == nil {
		t.Errorf("outcome %+v", got)
	}
}

// TestSweepSpares keeps the folders of runs that go on, and what is not ours to remove.
func TestSweepSpares(t *testing.T) {
	o := order(t, "import time; time.sleep(600)")
	r, events := launch(t, o)
	await(t, "the start", func() bool { _, _, ok := events.find(Started); return ok })
	elsewhere := t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(os.TempDir(), folderPrefix+"link")); err != nil {
		t.Fatal(err)
	}
	sweepLeft(t)
	if left := runFolders(t); len(left) != 2 || !exists(elsewhere) {
		t.Errorf("left folders %v", left)
	}
	r.Stop()
	if got, _ := finish(t, r); got.Status != recording.Stopped {
		t.Errorf("outcome %+v", got)
	}
}

// TestDiskFull records onto a disk of its own that fills up.
func TestDiskFull(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can mount a small disk")
	}
	small := func(t *testing.T, options string) string {
		dir := t.TempDir()
		if out, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).CombinedOutput(); err != nil {
			t.Skipf("cannot mount a small disk: %s", out)
		}
		t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
		return filepath.Join(dir, "run.regatta")
	}
	t.Run("in the middle", func(t *testing.T) {
		o := order(t, "import time\nprint('first', flush=True)\nwhile True: print('x' * 1000, flush=True); time.sleep(0.001)")
		o.Recording = small(t, "size=128k")
		r, _ := launch(t, o)
		got, rec := finish(t, r)
		if got.Status != recording.Failed || !strings.Contains(got.Reason, "no space left") || !strings.Contains(got.Reason, got.Recording) {
			t.Errorf("outcome %+v", got)
		}
		if rec.Status() != recording.Incomplete || !strings.HasPrefix(rec.Printed(recording.Stdout), "first\n") {
			t.Errorf("status %v", rec.Status())
		}
	})
	t.Run("from the start", func(t *testing.T) {
		o := order(t, "print('never')")
		o.Header.Sources = []recording.Source{{Name: "large", Text: strings.Repeat("x", 100_000)}}
		o.Recording = small(t, "size=16k")
		r, _ := launch(t, o)
		if _, err := r.Wait(); err == nil || !strings.Contains(err.Error(), "no space left") || exists(r.Live()) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("read-only", func(t *testing.T) {
		o := order(t, "print('never')")
		o.Recording = small(t, "ro")
		r, _ := launch(t, o)
		if _, err := r.Wait(); err == nil || !strings.Contains(err.Error(), "read-only") {
			t.Errorf("error %v", err)
		}
	})
}

// TestStopAnytime stops runs at moments from before their start to the middle.
func TestStopAnytime(t *testing.T) {
	for i := range 20 {
		o, mark, _ := wildOrder(t)
		o.Files["main.py"] = tagged
		r, events := launch(t, o)
		timer := time.AfterFunc(time.Duration(i)*4*time.Millisecond, r.Stop)
		got, rec := finish(t, r)
		timer.Stop()
		if got.Status != recording.Stopped || rec.Status() != recording.Stopped {
			t.Errorf("stop %d: %+v", i, got)
		}
		if left := processes(mark); len(left) > 0 {
			t.Errorf("stop %d left %v", i, left)
		}
		if left := runFolders(t); len(left) > 0 {
			t.Errorf("stop %d left %v, after %s", i, left, events.kinds())
		}
	}
}
