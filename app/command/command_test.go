package command_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"regatta/app/command"
	"regatta/workloads/analysis"
	"regatta/workloads/observers"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
)

// asRegatta makes the test's own binary behave as regatta does.
const asRegatta = "REGATTA_TEST_COMMAND"

func TestMain(m *testing.M) {
	if code, ours := runner.Main(os.Args[1:], os.Stdin, os.Stdout, observers.Start); ours {
		os.Exit(code)
	}
	if words := os.Getenv(asFront); words != "" {
		os.Exit(front(strings.Split(words, ",")))
	}
	if os.Getenv(asRegatta) != "" {
		os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	// Built with the race detector every process of ours would sleep a second at its end.
	os.Setenv("GORACE", "atexit_sleep_ms=0")
	os.Exit(m.Run())
}

// end is how a command ended.
type end struct {
	stdout, stderr string
	code           int
}

// prepare makes a regatta command that keeps its recordings in a folder of the test's own.
func prepare(t *testing.T, ctx context.Context, args ...string) (*exec.Cmd, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	if _, err := runtimes.BuiltIn(""); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Env = append(os.Environ(), asRegatta+"=1", "REGATTA_DATA="+t.TempDir())
	cmd.Dir = t.TempDir()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	return cmd, &stdout, &stderr
}

func regatta(t *testing.T, args ...string) end {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd, stdout, stderr := prepare(t, ctx, args...)
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	if strings.Contains(stderr.String(), "goroutine ") {
		t.Errorf("%v: a stack trace of Go:\n%s", args, stderr)
	}
	return end{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

func summary(t *testing.T, text string) analysis.Summary {
	t.Helper()
	var s analysis.Summary
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return s
}

// Every model of a workload gives the same result, and its lanes are there, each with states that add up to its life.
func TestEveryPair(t *testing.T) {
	small := map[string][]string{
		"sum":      {"--set", "size=1_000_000"},
		"download": {"--set", "latency_ms=30", "--set", "bandwidth_kbs=0"},
		"services": {"--set", "work_ms=50"},
	}
	wantLanes := map[string]struct {
		kind recording.Kind
		most int // lanes of this kind
	}{
		"sequential": {recording.Process, 1}, "threads": {recording.Thread, 3}, "processes": {recording.Process, 2}, "asyncio": {recording.Task, 3},
	}
	for workload, set := range small {
		var first json.RawMessage
		for model, want := range wantLanes {
			e := regatta(t, append([]string{"run", workload, "--model", model, "--json"}, set...)...)
			if e.code != 0 {
				t.Fatalf("%s under %s: exit %d\n%s", workload, model, e.code, e.stderr)
			}
			s := summary(t, e.stdout)
			if first == nil {
				first = s.Result
			}
			if !bytes.Equal(first, s.Result) {
				t.Errorf("%s under %s: result %s, another model's %s", workload, model, s.Result, first)
			}
			count := 0
			for _, l := range s.Lanes {
				if l.Kind == want.kind {
					count++
				}
				checkLane(t, workload+" under "+model, l)
			}
			if count < want.most {
				t.Errorf("%s under %s: %d lanes of kind %s, want %d: %+v", workload, model, count, want.kind, want.most, s.Lanes)
			}
			checkNumbers(t, workload+" under "+model, s)
		}
	}
}

func checkLane(t *testing.T, of string, l analysis.Lane) {
	t.Helper()
	sum := 0.0
	for state, d := range l.States {
		if state == "unknown" && d > 0.05 {
			t.Errorf("%s: nothing is known of lane %s for %v s", of, l.Name, d)
		}
		sum += d
	}
	if life := l.End - l.Start; sum > life+1e-6 || sum < life-1e-6 {
		t.Errorf("%s: the states of lane %s add up to %v s of %v s", of, l.Name, sum, life)
	}
	if l.Name == "" || l.PID == 0 || l.TID == 0 {
		t.Errorf("%s: lane %+v", of, l)
	}
}

func checkNumbers(t *testing.T, of string, s analysis.Summary) {
	t.Helper()
	if s.Wall == nil || s.Work == nil || s.CPU == nil || s.Startup == nil || s.PeakMemory == nil || s.CoresBusy == nil {
		t.Fatalf("%s: a number is missing: %+v", of, s)
	}
	if *s.Work+*s.Startup > *s.Wall || *s.CPU <= 0 || *s.PeakMemory < 1e6 || s.Runtime.Version == "" || s.Status != recording.Finished {
		t.Errorf("%s: wall %v, work %v, start %v, cpu %v, memory %v", of, *s.Wall, *s.Work, *s.Startup, *s.CPU, *s.PeakMemory)
	}
}

func TestWrongUse(t *testing.T) {
	for want, args := range map[string][]string{
		"no workload \"dance\"":   {"run", "dance", "--model", "threads"},
		"choose one of sum":       {"run", "dance", "--model", "threads"},
		"no model \"hope\"":       {"run", "sum", "--model", "hope"},
		"missing flags: --model":  {"run", "sum"},
		"from 1 to 64":            {"run", "sum", "--model", "threads", "--set", "tasks=0"},
		"no parameter \"speed\"":  {"run", "sum", "--model", "threads", "--set", "speed=1"},
		"name=value":              {"run", "sum", "--model", "threads", "--set", "tasks"},
		"a whole number":          {"run", "sum", "--model", "threads", "--set", "tasks=many"},
		"one of default, fork":    {"run", "sum", "--model", "processes", "--set", "start_method=magic"},
		"no address of a file":    {"run", "download", "--model", "threads", "--set", "urls=ftp://x"},
		"must not be negative":    {"run", "sum", "--model", "threads", "--timeout=-1s"},
		"no folder":               {"run", "sum", "--model", "threads", "--out", "none/x.regatta"},
		"unexpected argument fly": {"fly"},
		"try: regatta --help":     {"fly"},
	} {
		e := regatta(t, args...)
		if e.code != command.WrongUse || !strings.Contains(e.stderr, want) || e.stdout != "" {
			t.Errorf("%v: exit %d, stdout %q, stderr %q, want %q", args, e.code, e.stdout, e.stderr, want)
		}
	}
}

func TestBadFiles(t *testing.T) {
	dir := t.TempDir()
	empty, other := filepath.Join(dir, "empty"), filepath.Join(dir, "other")
	os.WriteFile(empty, nil, 0o600)
	os.WriteFile(other, []byte("a text that is no recording"), 0o600)
	for file, want := range map[string]string{
		empty: "is empty", other: "not a Regatta recording", filepath.Join(dir, "none"): "no such file", dir: "directory",
	} {
		for _, args := range [][]string{{"show", file}, {"export", file, "--png", filepath.Join(dir, "x.png")}} {
			e := regatta(t, args...)
			if e.code != command.Failed || !strings.Contains(e.stderr, want) {
				t.Errorf("%v: exit %d, %q", args, e.code, e.stderr)
			}
		}
	}
}

// A recording is where --out says, is not overwritten, shows the same summary later, and opens when it was cut.
func TestOutAndShow(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run.regatta")
	args := []string{"run", "sum", "--model", "sequential", "--set", "size=1000", "--json", "--out", out}
	ran := regatta(t, args...)
	shown := regatta(t, "show", out, "--json")
	if ran.code != 0 || shown.code != 0 || ran.stdout != shown.stdout {
		t.Errorf("run: %d\n%s\nshow: %d\n%s", ran.code, ran.stdout, shown.code, shown.stdout)
	}
	if again := regatta(t, args...); again.code != command.WrongUse || !strings.Contains(again.stderr, "exists already") {
		t.Errorf("a second run to the same file: %d, %q", again.code, again.stderr)
	}
	whole, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(out, whole[:len(whole)-10], 0o600)
	cut := regatta(t, "show", out)
	if cut.code != 0 || !strings.Contains(cut.stdout, "cut off") || !strings.Contains(cut.stdout, "incomplete") {
		t.Errorf("a cut recording: %d\n%s%s", cut.code, cut.stdout, cut.stderr)
	}
}

func TestFailingProgramShowsItsTraceback(t *testing.T) {
	e := regatta(t, "run", "download", "--model", "threads", "--json", "--set", "urls=http://127.0.0.1:1/boat.gif")
	if e.code != command.Failed || !strings.Contains(e.stderr, "http://127.0.0.1:1/boat.gif") {
		t.Errorf("exit %d\n%s", e.code, e.stderr)
	}
	if s := summary(t, e.stdout); s.Status != recording.Failed || s.Work != nil || string(s.Result) != "null" {
		t.Errorf("%+v", s)
	}
}

func TestLimits(t *testing.T) {
	e := regatta(t, "run", "sum", "--model", "processes", "--json", "--set", "size=1000000000", "--timeout", "700ms")
	if e.code != command.OverLimit || summary(t, e.stdout).Status != recording.TimedOut {
		t.Errorf("over the time: exit %d\n%s", e.code, e.stderr)
	}
	e = regatta(t, "run", "sum", "--model", "sequential", "--json", "--set", "size=1000000000", "--memory-limit", "1")
	if e.code != command.OverLimit || summary(t, e.stdout).Status != recording.OutOfMemory {
		t.Errorf("over the memory: exit %d\n%s", e.code, e.stderr)
	}
}

func TestInterrupt(t *testing.T) {
	cmd, stdout, stderr := prepare(t, t.Context(), "run", "sum", "--model", "processes", "--json", "--set", "size=1000000000")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	data := cmd.Env[len(cmd.Env)-1][len("REGATTA_DATA="):]
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		found, _ := filepath.Glob(filepath.Join(data, "recordings", "*.part"))
		if info, err := os.Stat(strings.Join(found, "")); err == nil && info.Size() > 30_000 { // its lanes are being written
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the run did not start")
		}
	}
	cmd.Process.Signal(syscall.SIGINT)
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != command.Interrupted || summary(t, stdout.String()).Status != recording.Stopped {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}

func TestListAndDoctor(t *testing.T) {
	var list struct {
		Workloads []struct {
			ID, Name   string
			Parameters []struct {
				Name, Unit, Help string
				Default          any
				Min, Max         *int64
			}
			Models []string
		}
		Models   []struct{ ID, Name string }
		Runtimes []struct {
			ID, Name, Version, Path string
			GIL                     *bool
		}
	}
	if err := json.Unmarshal([]byte(regatta(t, "list", "--json").stdout), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Workloads) < 3 || len(list.Models) < 4 || len(list.Runtimes) < 1 || list.Runtimes[0].GIL == nil {
		t.Errorf("%+v", list)
	}
	for _, w := range list.Workloads {
		for _, p := range w.Parameters {
			if p.Name == "" || p.Help == "" || p.Default == nil || p.Min == nil {
				t.Errorf("%s: %+v", w.ID, p)
			}
		}
	}
	if e := regatta(t, "doctor"); e.code != 0 || !strings.Contains(e.stdout, "built-in Python") || !strings.Contains(e.stdout, "samples a second") {
		t.Errorf("doctor: exit %d\n%s%s", e.code, e.stdout, e.stderr)
	}
	if e := regatta(t, "--help"); e.code != 0 || !strings.Contains(e.stdout, "export") {
		t.Errorf("help: exit %d\n%s", e.code, e.stdout)
	}
}
