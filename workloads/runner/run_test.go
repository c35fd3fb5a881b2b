package runner

import (
	gocmp "cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"regatta/workloads/clock"
	"regatta/workloads/recording"
	"regatta/workloads/tree"
	"regatta/workloads/webserver"
)

func TestStatus(t *testing.T) {
	const sleep = "import time; print('up', flush=True); time.sleep(600)"
	cases := []struct {
		name    string
		source  string
		change  func(*Order)
		status  recording.Status
		reason  string // a part of it
		code    int
		signal  string
		stdout  string // a part of it
		stderr  string
		result  string
		warning string
		events  string
	}{
		{name: "finished", source: "print('hello')", status: recording.Finished, stdout: "hello\n"},
		{
			name: "result", source: "import time; t=time.perf_counter_ns()\nprint('a'); print('{\"result\": [1, 2], \"work_start_ns\": %d, \"work_end_ns\": %d}' % (t, time.perf_counter_ns()))",
			status: recording.Finished, stdout: "a\n", result: "[1,2]",
		},
		{
			name: "moments that cannot be", source: "print('{\"result\": 1, \"work_start_ns\": 1, \"work_end_ns\": 2}')",
			status: recording.Finished, result: "1", warning: "lies outside its run",
		},
		{name: "last line in braces", source: "print('{no json}')", status: recording.Finished, stdout: "{no json}"},
		{name: "exit code", source: "raise SystemExit(3)", status: recording.Failed, reason: "exit code 3", code: 3},
		{
			name: "traceback", source: "def f(): 1/0\nf()", status: recording.Failed, reason: "exit code 1: ZeroDivisionError: division by zero",
			code: 1, stderr: "Traceback (most recent call last)",
		},
		{name: "signal", source: "import os; os.kill(os.getpid(), 11)", status: recording.Failed, reason: "SIGSEGV", code: -1, signal: "SIGSEGV"},
		{name: "killed by itself", source: "import os; os.kill(os.getpid(), 9)", status: recording.Failed, reason: "SIGKILL", code: -1, signal: "SIGKILL"},
		{
			name: "no such program", source: "", change: func(o *Order) { o.Command[0] = "/no/such/python" },
			status: recording.Failed, reason: "start /no/such/python", code: -1, events: "prepared ended",
		},
		{
			name: "time limit", source: sleep, change: func(o *Order) { o.TimeLimit = 300 * time.Millisecond },
			status: recording.TimedOut, reason: "limit of 300ms", code: -1, signal: "SIGKILL", events: "prepared started stopping exited reaped ended",
		},
		{
			name: "memory limit", source: sleep, change: func(o *Order) { o.MemoryLimit = 5e6 },
			status: recording.OutOfMemory, reason: "10.0 MB of memory, its limit was 5.0 MB", code: -1, signal: "SIGKILL", events: "prepared started stopping exited reaped ended",
		},
		{name: "no observers", source: "print('x')", change: func(o *Order) { o.Bare, o.MemoryLimit = true, 1 }, status: recording.Finished, stdout: "x"},
		{name: "closed output", source: "import os; os.write(1, b'bye'); os.close(1); os.close(2)", status: recording.Finished, stdout: "bye"},
		{
			name: "left over", source: "import subprocess, sys; [subprocess.Popen([sys.executable, '-I', '-c', 'import time; time.sleep(600)'], start_new_session=True) for _ in range(2)]",
			status: recording.Finished, warning: "2 processes were left over",
		},
		{name: "empty input", source: "import sys; print(repr(sys.stdin.read()))", status: recording.Finished, stdout: "''"},
		{
			name: "server", source: "import sys; print(sys.argv[1])", status: recording.Finished, stdout: "http://127.0.0.1:",
			change: func(o *Order) { o.Command = append(o.Command, "{server}"); o.Server = &webserver.Options{Size: 1000} },
		},
		{
			name: "environment", source: "import os; print(os.environ['E'] == os.getcwd() + '/events', sorted(os.listdir()), os.stat('main.py').st_mode & 0o777)",
			change: func(o *Order) { o.Env = []string{"E={events}"} }, status: recording.Finished, stdout: "True ['events', 'lock', 'main.py'] 384",
		},
		{
			name: "nothing inherited", source: `
import os, signal
print(sorted(os.listdir('/proc/self/fd')), [signal.getsignal(s) for s in (signal.SIGTERM, signal.SIGHUP)] == [signal.SIG_DFL] * 2,
    signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.pthread_sigmask(signal.SIG_BLOCK, []), sorted(os.environ))`,
			status: recording.Finished, stdout: "['0', '1', '2', '3'] True True set() ['LC_CTYPE', 'REGATTA_RUN']",
		},
		{name: "working directory", source: "import os; print(os.getcwd())", change: func(o *Order) { o.Dir = "/usr" }, status: recording.Finished, stdout: "/usr\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o := order(t, c.source)
			if c.change != nil {
				c.change(&o)
			}
			r, events := launch(t, o)
			got, rec := finish(t, r)
			want := Outcome{
				Status: c.status, Reason: got.Reason, ExitCode: c.code, Signal: c.signal, Recording: o.Recording,
				Forced: strings.Contains(c.events, "stopping"),
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("outcome: %s", diff)
			}
			if !strings.Contains(got.Reason, c.reason) || (got.Reason == "") != (c.status == recording.Finished) {
				t.Errorf("reason %q, want %q", got.Reason, c.reason)
			}
			if want := gocmp.Or(c.events, "prepared started exited reaped ended"); events.kinds() != want {
				t.Errorf("events %q, want %q", events.kinds(), want)
			}
			if rec.End == nil || rec.End.Status != c.status || rec.End.Reason != got.Reason {
				t.Fatalf("the recording's end is %+v", rec.End)
			}
			if out := rec.Printed(recording.Stdout); !strings.Contains(out, c.stdout) {
				t.Errorf("printed %q, want %q", out, c.stdout)
			}
			if out := rec.Printed(recording.Stderr); !strings.Contains(out, c.stderr) {
				t.Errorf("errors %q, want %q", out, c.stderr)
			}
			if string(rec.End.Result) != c.result {
				t.Errorf("result %q, want %q", rec.End.Result, c.result)
			}
			checkWarnings(t, rec, c.warning)
			checkMarks(t, rec, c.result != "" && c.warning == "", o.Bare || strings.HasPrefix(c.events, "prepared ended"))
			if left := runFolders(t); len(left) > 0 {
				t.Errorf("left folders %v", left)
			}
		})
	}
}

func checkWarnings(t *testing.T, rec *recording.Recording, want string) {
	t.Helper()
	if want == "" && len(rec.Warnings) > 0 {
		t.Errorf("warnings %q", rec.Warnings)
	}
	if want != "" && !slices.ContainsFunc(rec.Warnings, func(w string) bool { return strings.Contains(w, want) }) {
		t.Errorf("warnings %q, want %q", rec.Warnings, want)
	}
}

// checkMarks checks that phases and work follow each other on the time axis.
func checkMarks(t *testing.T, rec *recording.Recording, worked, bare bool) {
	t.Helper()
	last := time.Duration(0)
	order := []struct {
		name string
		want bool
	}{{markObserving, !bare}, {recording.MarkWorkStart, worked}, {recording.MarkWorkEnd, worked}, {markObserved, !bare}}
	for _, m := range order {
		at, found := rec.Mark(m.name)
		if found != m.want {
			t.Errorf("mark %q there: %v, want %v", m.name, found, m.want)
		}
		if found && at < last {
			t.Errorf("mark %q is at %v, before the one before it at %v", m.name, at, last)
		}
		last = max(last, at)
	}
	if !bare && rec.End.Observer.Samples != 7 {
		t.Errorf("the observers' cost is lost: %+v", rec.End.Observer)
	}
}

func TestCPU(t *testing.T) {
	o := order(t, `
import os, time
def burn():
    while time.process_time() < 0.2: pass
if os.fork() == 0:          # an orphan that outlives the program for a moment
    if os.fork() == 0: burn()
    os._exit(0)
burn()
`)
	r, _ := launch(t, o)
	_, rec := finish(t, r)
	if e := rec.End; !e.CPUKnown || e.CPU < 390*time.Millisecond || e.CPU > 5*time.Second || e.Wall <= 0 {
		t.Errorf("CPU %v (known %v) in %v, want at least 0.4 s", e.CPU, e.CPUKnown, e.Wall)
	}
}

func TestFlood(t *testing.T) {
	o := order(t, `
print('first')
for i in range(30000): print(i, 'x' * 1000)
print('{"result": "after the flood"}')
`)
	r, _ := launch(t, o)
	got, rec := finish(t, r)
	text := rec.Printed(recording.Stdout)
	if !strings.HasPrefix(text, "first\n") || !strings.Contains(text, "[Regatta left out 2") || !strings.HasSuffix(text, "after the flood\"}\n") {
		t.Errorf("start, note and end: %.20q ... %.50q", text, text[max(0, len(text)-50):])
	}
	if string(rec.End.Result) != `"after the flood"` {
		t.Errorf("result %q", rec.End.Result)
	}
	info, err := os.Stat(got.Recording)
	if err != nil || info.Size() > 3*keepBytes {
		t.Errorf("the recording has %d bytes (%v)", info.Size(), err)
	}
}

func TestRefusedOrders(t *testing.T) {
	good := Order{Recording: "r", Command: []string{"/bin/true"}}
	cases := []struct {
		name   string
		change func(*Order)
		want   string
	}{
		{"no recording", func(o *Order) { o.Recording = "" }, "no file for the recording"},
		{"no command", func(o *Order) { o.Command = nil }, "no command"},
		{"relative program", func(o *Order) { o.Command = []string{"python3"} }, "absolute path"},
		{"negative limit", func(o *Order) { o.TimeLimit = -1 }, "negative"},
		{"path as a name", func(o *Order) { o.Files = map[string]string{"../x": ""} }, "may not be used"},
		{"absolute name", func(o *Order) { o.Files = map[string]string{"/x": ""} }, "may not be used"},
		{"lock", func(o *Order) { o.Files = map[string]string{lockFile: ""} }, "may not be used"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o := good
			c.change(&o)
			if _, err := Start(o, func(Event) {}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestNoRecording(t *testing.T) {
	cases := []struct {
		name    string
		prepare func(t *testing.T, o *Order)
		want    string
	}{
		{"no folder", func(t *testing.T, o *Order) { o.Recording = filepath.Join(t.TempDir(), "no", "run.regatta") }, "no such file"},
		{"being written", func(t *testing.T, o *Order) {
			if err := os.WriteFile(o.Recording+recording.PartSuffix, []byte("other"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "choose another name"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o := order(t, "print('never')")
			c.prepare(t, &o)
			r, events := launch(t, o)
			if _, err := r.Wait(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
			if events.kinds() != "ended" {
				t.Errorf("events %q", events.kinds())
			}
			if c.name == "being written" {
				if text, _ := os.ReadFile(r.Live()); string(text) != "other" {
					t.Errorf("the other run's recording was touched: %q", text)
				}
			}
			if left := runFolders(t); len(left) > 0 {
				t.Errorf("left folders %v", left)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	w, err := recording.Create(filepath.Join(t.TempDir(), "r"), recording.Header{Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	s := &session{writer: w, start: clock.Begin()}
	killed := tree.Exit{Code: -1, Signal: "SIGKILL", At: int64(s.start) + 5}
	cases := []struct {
		name   string
		exit   tree.Exit
		halt   *halt
		oom    int
		status recording.Status
		wall   time.Duration
	}{
		{"the kernel ran out of memory", killed, nil, 1, recording.OutOfMemory, 5},
		{"killed by somebody", killed, nil, 0, recording.Failed, 5},
		{"a worker was killed", tree.Exit{Code: 1, At: int64(s.start) + 7}, nil, 1, recording.Failed, 7},
		{"someone else was", tree.Exit{At: int64(s.start) + 7}, nil, 1, recording.Finished, 7},
		{"stopped", killed, &halt{recording.Stopped, "why"}, 1, recording.Stopped, 5},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if end := s.judge(c.exit, c.halt, c.oom); end.Status != c.status || end.Wall != c.wall {
				t.Errorf("end %+v", end)
			}
		})
	}
	if err := w.Finish(recording.End{}); err != nil {
		t.Fatal(err)
	}
}
