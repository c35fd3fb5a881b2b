package command_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"regatta/app/command"
	"regatta/workloads/recording"
	"regatta/workloads/runtimes"
)

// called is one way to call a script: what it gets besides its own text.
type called struct {
	args  []string
	input string
	env   []string
	extra *os.File // becomes descriptor 3
}

// scripts do what shows a difference between `python FILE.py` and Regatta, if there is one.
var scripts = map[string]struct {
	source string
	called
}{
	"what Python tells": {
		source: `"""Doc"""
import sys
print(sys.argv, sys.path, sys.flags, sys.executable, sys.prefix, sys.orig_argv, __name__, __file__, __doc__, __spec__, sorted(globals()))`,
		called: called{args: []string{"a", "--json", "-x", "", "b c", "{dir}", "--", "a,b", "\xff"}},
	},
	"where it is":       {source: "import os; print(os.getcwd(), os.getpgrp(), os.getsid(0), os.umask(0), os.nice(0), open('beside.txt').read())"},
	"a module beside":   {source: "import beside; print(beside.__file__, beside.VALUE)"},
	"the environment":   {source: "import os; print(sorted(e for e in os.environb.items() if b'REGATTA' not in e[0]))", called: called{env: []string{"LATIN=\xe4{dir}", "PYTHONPATH=/x"}}},
	"input to output":   {source: "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])", called: called{input: "\x00\xff\r\nline\n"}},
	"asked for a line":  {source: "print('Hello', input('who? '))", called: called{input: "you\nnot you\n"}},
	"two outputs":       {source: "import os\nfor i in range(500): os.write(1 + i % 2, b'%d\\n' % i)"},
	"no output":         {source: "pass"},
	"a code":            {source: "import sys; sys.exit(3)"},
	"a large code":      {source: "import os; os._exit(255)"},
	"a message":         {source: "import sys; sys.exit('that is all')"},
	"an error":          {source: "def f():\n    return 1 / 0\ntry:\n    f()\nexcept ZeroDivisionError as e:\n    raise ValueError('x') from e"},
	"no Python":         {source: "print('a'\n"},
	"a signal":          {source: "import os, signal; print(1, flush=True); os.kill(os.getpid(), signal.SIGUSR1)"},
	"killed":            {source: "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"},
	"aborted":           {source: "import os, resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); os.abort()"},
	"interrupted":       {source: "import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(9)"},
	"what it inherits":  {source: "import os, resource, signal\nprint(os.read(3, 9), sorted(os.listdir('/proc/self/fd')), resource.getrlimit(resource.RLIMIT_NOFILE), signal.pthread_sigmask(signal.SIG_BLOCK, []), [signal.getsignal(s) for s in signal.valid_signals()])"},
	"a closed output":   {source: "import os; os.write(1, b'x'); os.close(1); os.close(2)"},
	"threads":           {source: "import threading\nfor i in range(3):\n    t = threading.Thread(target=print, args=(i,)); t.start(); t.join()\nprint(threading.current_thread().name)"},
	"asyncio":           {source: "import asyncio\nasync def f(): await asyncio.sleep(0.01); print(asyncio.current_task().get_name())\nasyncio.run(f())"},
	"at the end":        {source: "import atexit; atexit.register(print, 'bye'); print('hello')"},
	"another Python":    {source: "import subprocess, sys; print(subprocess.run([sys.executable, '-c', 'import sys; print(sys.path, sys.argv)'], capture_output=True, text=True))"},
	"subinterpreters":   {source: subinterpreters, called: called{args: []string{"a b", "\xff"}}},
	"its own source":    {source: "import inspect, sys\ndef f(): pass\nprint(inspect.getsource(f), open(__file__).read())"},
	"children and pool": {source: pools},
}

// subinterpreters tells what Python tells inside one, and works in a pool of them with a module that lies beside.
const subinterpreters = `import concurrent.futures, beside
from concurrent import interpreters

def tell():
    import sys
    print(__name__, sys.path, sys.argv, sys.orig_argv, sys.flags, sys.meta_path[:2], sorted(sys.modules), flush=True)

if __name__ == "__main__":
    made = interpreters.create()
    made.exec("import sys; print(sys.path, sys.argv, sys.orig_argv, sorted(sys.modules), sorted(globals()), flush=True)")
    made.close()
    with concurrent.futures.InterpreterPoolExecutor(1) as pool:
        print(pool.submit(beside.value).result(), pool.submit(tell).result())
`

// pools starts processes in every way.
const pools = `import multiprocessing, os, sys, threading, time, asyncio

def work(i):
    time.sleep(0.05)
    return i * i

async def step(): await asyncio.sleep(0.02)
async def steps(): await asyncio.gather(*[step() for _ in range(3)])

if __name__ == "__main__":
    for method in ("fork", "forkserver", "spawn"):
        child = multiprocessing.get_context(method).Process(target=work, args=(3,), name="by " + method)
        child.start(); child.join()
        print(method, child.exitcode, flush=True)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(work, range(4)), flush=True)
    if os.fork() == 0:
        work(0)
        os._exit(0)
    print(os.wait()[1], flush=True)
    worker = threading.Thread(target=work, args=(1,), name="worker thread")
    worker.start(); worker.join()
    asyncio.run(steps())
`

// interpreter is the built-in CPython.
func interpreter(t *testing.T) runtimes.Runtime {
	t.Helper()
	rt, err := runtimes.BuiltIn("")
	if err != nil {
		t.Fatal(err)
	}
	return rt
}

// folder holds a script and what it looks for beside itself.
func folder(t *testing.T, name, source string) string {
	t.Helper()
	dir := t.TempDir()
	for file, text := range map[string]string{name: source, "beside.txt": "beside", "beside.py": "VALUE = 7\ndef value(): return VALUE\n"} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// in runs a command in a folder.
func (c called) in(t *testing.T, dir string, cmd *exec.Cmd) end {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = dir, strings.NewReader(c.input), &stdout, &stderr
	cmd.Env = append(append(cmd.Environ(), "PWD="+dir), c.env...)
	if c.extra != nil {
		c.extra.Seek(0, 0)
		cmd.ExtraFiles = []*os.File{c.extra}
	}
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return end{stdout.String(), stderr.String(), exitOf(cmd.ProcessState)}
}

// asScript is the command that runs a script under Regatta.
func asScript(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd, _, _ := prepare(t, t.Context(), append([]string{"run"}, args...)...)
	cmd.Stdout, cmd.Stderr = nil, nil
	return cmd
}

func TestScriptIsWhatPythonMakesOfIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("some of the scripts are for POSIX")
	}
	rt := interpreter(t)
	for name, s := range scripts {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, "it.py", s.source)
			file, err := os.Open(filepath.Join(dir, "beside.txt"))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			s.extra = file
			want := s.in(t, dir, exec.Command(rt.Path, append([]string{"-B", "it.py"}, s.args...)...))
			got := s.in(t, dir, asScript(t, append([]string{"it.py", "--"}, s.args...)...))
			checkSame(t, want, got)
		})
	}
}

func checkSame(t *testing.T, want, got end) {
	t.Helper()
	if got.stdout != want.stdout {
		t.Errorf("stdout %q\nPython  %q", got.stdout, want.stdout)
	}
	ours, found := strings.CutPrefix(got.stderr, want.stderr)
	if !found || !strings.HasPrefix(ours, "regatta: recording: ") {
		t.Errorf("stderr %q\nPython  %q", got.stderr, want.stderr)
	}
	if got.code != want.code {
		t.Errorf("exit %d, Python's %d", got.code, want.code)
	}
}

// A script in another folder, called in each way that a path can be written.
func TestScriptElsewhere(t *testing.T) {
	rt := interpreter(t)
	dir := folder(t, "it.py", "import beside, sys; print(sys.argv, sys.path[0], __file__)")
	for in, path := range map[string]string{filepath.Dir(dir): filepath.Join(filepath.Base(dir), "it.py"), "/": filepath.Join(dir, "it.py"), dir: "./it.py"} {
		want := called{}.in(t, in, exec.Command(rt.Path, "-B", path))
		checkSame(t, want, called{}.in(t, in, asScript(t, path)))
	}
}

// A virtual environment's interpreter sees its own packages, and a named one runs the script.
func TestScriptOnAGivenPython(t *testing.T) {
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 on PATH")
	}
	given, err := runtimes.Given(path)
	if err != nil {
		t.Skip(err)
	}
	dir := folder(t, "it.py", "import sys; print(sys.version, sys.prefix, sys.path, sys.flags, sys.executable)")
	if text, err := exec.Command(given.Path, "-m", "venv", "--without-pip", filepath.Join(dir, "own")).CombinedOutput(); err != nil {
		t.Skipf("this python3 makes no virtual environments: %v: %s", err, text)
	}
	own := filepath.Join(dir, "own", "bin", "python")
	for _, python := range []string{given.Path, own, filepath.Join("own", "bin", "python")} {
		want := called{}.in(t, dir, exec.Command(python, "it.py"))
		if filepath.IsAbs(python) {
			checkSame(t, want, called{}.in(t, dir, asScript(t, "it.py", "--python", python)))
			continue
		}
		if got := (called{}).in(t, dir, asScript(t, "it.py", "--python", python)); !strings.Contains(got.stdout, filepath.Join(dir, own)) && !strings.Contains(got.stdout, own) {
			t.Errorf("%s: %q", python, got.stdout)
		}
	}
}

func TestScriptInTheRecording(t *testing.T) {
	dir := folder(t, "it.py", pools)
	out := filepath.Join(t.TempDir(), "x.regatta")
	e := called{}.in(t, dir, asScript(t, "it.py", "--json", "--out", out, "--", "an argument"))
	if e.code != 0 {
		t.Fatalf("exit %d\n%s", e.code, e.stderr)
	}
	lines := strings.Split(strings.TrimSpace(e.stderr), "\n")
	s := summary(t, lines[len(lines)-1])
	if s.Workload != "it.py" || s.Model != "script" || s.Parameters["args"].([]any)[0] != "an argument" || s.Wall == nil || *s.Wall <= 0 {
		t.Errorf("%+v", s)
	}
	kinds, names := map[recording.Kind]int{}, map[string]bool{}
	for _, l := range s.Lanes {
		if !l.Helper {
			kinds[l.Kind]++
			names[l.Name] = true
		}
		if l.Name == "" || l.PID == 0 || l.TID == 0 || l.End < l.Start {
			t.Errorf("lane %+v", l)
		}
	}
	// The script, one child of each start method, two of the pool, one that was forked; three tasks inside a fourth.
	if kinds[recording.Process] < 7 || kinds[recording.Task] < 4 {
		t.Errorf("lanes %v: %v", kinds, names)
	}
	for _, name := range []string{"by fork", "by forkserver", "by spawn", "worker thread"} {
		if !names[name] {
			t.Errorf("no lane %q among %v", name, names)
		}
	}
	r, err := recording.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Header.Sources) != 1 || r.Header.Sources[0].Name != "it.py" || r.Header.Sources[0].Text != pools {
		t.Errorf("sources %+v", r.Header.Sources)
	}
	for _, args := range [][]string{{"show", out}, {"export", out, "--png", filepath.Join(dir, "x.png")}} {
		if e := regatta(t, args...); e.code != 0 {
			t.Errorf("%v: exit %d: %s", args, e.code, e.stderr)
		}
	}
}

// sharing has a subinterpreter of the old kind, and a child that is no Python.
const sharing = `import _interpreters, subprocess, threading
made = _interpreters.create("legacy")
inside = threading.Thread(target=_interpreters.run_string, args=(made, "import time; time.sleep(0.3)"), name="inside")
inside.start()
subprocess.run(["sleep", "0.3"])
inside.join()
_interpreters.destroy(made)
`

// A subinterpreter that shares the main one's GIL has a lane too, which does what the thread in it does; and a child that
// nobody names is called as its program.
func TestScriptLanesOfOthers(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux names programs")
	}
	dir := folder(t, "it.py", sharing)
	out := filepath.Join(t.TempDir(), "x.regatta")
	if e := (called{}).in(t, dir, asScript(t, "it.py", "--out", out)); e.code != 0 {
		t.Fatalf("exit %d\n%s", e.code, e.stderr)
	}
	r, err := recording.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]map[recording.State]bool{}
	for _, track := range r.Tracks() {
		states[track.Name] = map[recording.State]bool{}
		for i := range track.Len() {
			states[track.Name][track.State(i)] = true
		}
	}
	for _, name := range []string{"Interpreter 1", "inside", "sleep"} {
		if !states[name][recording.Sleep] {
			t.Errorf("%q was never asleep: %v", name, states)
		}
	}
}

func TestScriptWrongUse(t *testing.T) {
	dir := folder(t, "it.py", "print('must not run')")
	os.WriteFile(filepath.Join(dir, "script"), []byte("print('runs')"), 0o600)
	os.Mkdir(filepath.Join(dir, "folder.py"), 0o700)
	os.WriteFile(filepath.Join(dir, "old"), []byte("#!/bin/sh\necho '{\"implementation\": \"cpython\", \"version\": [3, 8], \"full\": \"3.8.18\"}'"), 0o700)
	os.WriteFile(filepath.Join(dir, "pypy"), []byte("#!/bin/sh\necho '{\"implementation\": \"pypy\", \"version\": [3, 10], \"full\": \"3.10.14\"}'"), 0o700)
	os.WriteFile(filepath.Join(dir, "mute"), []byte("#!/bin/sh\nexec sleep 600"), 0o700)
	for want, args := range map[string][]string{
		"a script brings its own model":            {"it.py", "--model", "threads"},
		"a script has no parameters":               {"it.py", "--set", "tasks=2"},
		"there is no script none.py":               {"none.py"},
		"no file with a script":                    {"folder.py"},
		"must not be negative":                     {"it.py", "--timeout=-1s"},
		"there is no Python to be started as none": {"it.py", "--python", "none"},
		"is CPython 3.8.18, which is too old":      {"it.py", "--python", "./old"},
		"is pypy, language version 3.10.14":        {"it.py", "--python", "./pypy"},
		"it said nothing within 3s":                {"it.py", "--python", "./mute"},
		"does not answer as a Python 3":            {"it.py", "--python", "/bin/false"},
		"name a CPython 3.9 or newer":              {"it.py", "--python", "it.py"},
		"--python is for scripts":                  {"sum", "--model", "threads", "--python", "python3"},
		"only a script":                            {"sum", "--model", "threads", "--", "x"},
		"no folder":                                {"it.py", "--out", "none/x.regatta"},
	} {
		e := called{}.in(t, dir, asScript(t, args...))
		if e.code != command.WrongUse || !strings.HasPrefix(e.stderr, "regatta: ") || !strings.Contains(e.stderr, want) || e.stdout != "" {
			t.Errorf("%v: exit %d, stdout %q, stderr %q, want %q", args, e.code, e.stdout, e.stderr, want)
		}
	}
	if e := (called{}).in(t, dir, asScript(t, "script")); e.code != 0 || e.stdout != "runs\n" {
		t.Errorf("a script by another name: %+v", e)
	}
}

func TestScriptLimitsAndOwnFailures(t *testing.T) {
	dir := folder(t, "it.py", "print('up', flush=True); block = bytearray(60_000_000)\nwhile True: pass")
	e := called{}.in(t, dir, asScript(t, "it.py", "--timeout", "500ms", "--json"))
	if e.code != command.OverLimit || e.stdout != "up\n" || !strings.Contains(e.stderr, `"status":"timed-out"`) {
		t.Errorf("over the time: %+v", e)
	}
	if e = (called{}).in(t, dir, asScript(t, "it.py", "--memory-limit", "30", "--json")); e.code != command.OverLimit || !strings.Contains(e.stderr, `"status":"out-of-memory"`) {
		t.Errorf("over the memory: %+v", e)
	}
	cmd := asScript(t, "it.py")
	cmd.Env = append(cmd.Env, "TMPDIR="+filepath.Join(dir, "none"))
	if e = (called{}).in(t, dir, cmd); e.code != command.Failed || !strings.HasPrefix(e.stderr, "regatta: ") || e.stdout != "" {
		t.Errorf("no folder for the run: %+v", e)
	}
}

// exitOf is the exit status that a shell would show.
func exitOf(s *os.ProcessState) int {
	if code := s.ExitCode(); code >= 0 {
		return code
	}
	return 128 + signalOf(s)
}
