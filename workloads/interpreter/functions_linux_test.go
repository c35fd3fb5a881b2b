package interpreter

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"regatta/workloads/programs/pythontest"
)

// running is a Python program under test.
type running struct {
	*exec.Cmd
	input io.WriteCloser
	lines *bufio.Reader
}

// run starts a script that lives until its input ends.
func run(t testing.TB, python, script string) running {
	t.Helper()
	cmd := exec.Command(python, "-I", "-B", script)
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		input.Close()
		cmd.Process.Kill()
		cmd.Wait()
	})
	return running{cmd, input, bufio.NewReader(output)}
}

func (r running) line(t testing.TB) string {
	t.Helper()
	line, err := r.lines.ReadString('\n')
	if err != nil {
		t.Fatalf("the program said %q: %v", line, err)
	}
	return strings.TrimSpace(line)
}

// functions opens a reader for the program.
func (r running) functions(t testing.TB) *Functions {
	t.Helper()
	reader, err := Open(r.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	f, err := reader.Functions(OwnCode())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// write makes a script of a source.
func write(t testing.TB, source string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "script.py")
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// eachPython runs a test with every kind of CPython that can be read: the built-in one, pyenv's 3.13 and a free-threaded one.
func eachPython(t *testing.T, test func(t *testing.T, python string)) {
	t.Run("built-in", func(t *testing.T) { test(t, pythontest.Python(t)) })
	t.Run("3.13", func(t *testing.T) { test(t, python313(t)) })
	t.Run("free-threaded", func(t *testing.T) { test(t, freeThreaded(t)) })
}

// await looks until a condition on the names of threads holds, at most ten seconds.
func await(t *testing.T, f *Functions, what string, holds func(names map[string]string) bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		found, err := f.Look()
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]string{}
		for _, function := range found {
			names[fmt.Sprint(function.TID)] = function.Name
		}
		if holds(names) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: never so; last seen %v", what, names)
		}
	}
}

// Each thread is found in the user's function that it stays in, and then in no other.
func TestFunctions(t *testing.T) {
	eachPython(t, func(t *testing.T, python string) {
		script, err := filepath.Abs("testdata/places.py")
		if err != nil {
			t.Fatal(err)
		}
		program := run(t, python, script)
		var want map[string]string
		if err := json.Unmarshal([]byte(program.line(t)), &want); err != nil {
			t.Fatal(err)
		}
		f := program.functions(t)
		await(t, f, "all threads in their functions", func(names map[string]string) bool { return maps.Equal(names, want) })
		for range 300 {
			found, err := f.Look()
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range found {
				if at.Name != want[fmt.Sprint(at.TID)] || at.File != script || at.Line == 0 || at.Interpreter != 0 {
					t.Fatalf("%+v, want %s", at, want[fmt.Sprint(at.TID)])
				}
			}
		}
	})
}

const inSubinterpreter = `
import os, sys, threading
try:
    import _interpreters
except ImportError:
    import _xxsubinterpreters as _interpreters
folder = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(folder, "inner.py"), "w") as f:
    f.write("import time\ndef inside():\n    time.sleep(3600)\n")
def enter():
    _interpreters.run_string(_interpreters.create(), f"import sys; sys.path.insert(0, {folder!r}); import inner; inner.inside()")
thread = threading.Thread(target=enter, daemon=True)
thread.start()
print(thread.native_id, flush=True)
sys.stdin.read()
os._exit(0)
`

// A thread that runs code in a subinterpreter is in a function there, and in the one that called from the main one.
func TestFunctionsInSubinterpreter(t *testing.T) {
	eachPython(t, func(t *testing.T, python string) {
		program := run(t, python, write(t, inSubinterpreter))
		tid := program.line(t)
		f := program.functions(t)
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
			found, err := f.Look()
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, at := range found {
				if fmt.Sprint(at.TID) == tid {
					names = append(names, fmt.Sprintf("%s in %t", at.Name, at.Interpreter == 0))
				}
			}
			if slices.Equal(names, []string{"inside in false", "enter in true"}) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("last seen %v", names)
			}
		}
	})
}

const reused = `
import gc, os, types
def f():
    os.read(0, 1)
for number in range(60):
    code = f.__code__.replace(co_name=f"f{number:03}", co_qualname=f"f{number:03}")
    print(id(code), flush=True)
    types.FunctionType(code, globals())()
    del code
    gc.collect()  # a free-threaded build frees code only then
`

// Code objects come and go at the same address, with the same line and the same file: the name is the present one.
func TestFunctionsOfReusedCode(t *testing.T) {
	eachPython(t, func(t *testing.T, python string) {
		program := run(t, python, write(t, reused))
		var f *Functions
		addresses := map[string]bool{}
		for number := range 60 {
			addresses[program.line(t)] = true
			if f == nil {
				f = program.functions(t)
			}
			await(t, f, "the function", func(names map[string]string) bool {
				return names[fmt.Sprint(program.Process.Pid)] == fmt.Sprintf("f%03d", number)
			})
			for range 3 {
				found, err := f.Look()
				if err != nil || len(found) != 1 || found[0].Name != fmt.Sprintf("f%03d", number) {
					t.Fatalf("step %d: %+v, %v", number, found, err)
				}
			}
			if _, err := program.input.Write([]byte("x")); err != nil {
				t.Fatal(err)
			}
		}
		if len(addresses) > 30 {
			t.Errorf("%d code objects were at %d addresses: nothing was reused", 60, len(addresses))
		}
	})
}

const forking = `
import os, sys, threading, time
def child():
    print(os.getpid(), flush=True)
    sys.stdin.read()
def bystander():
    time.sleep(3600)
threading.Thread(target=bystander, daemon=True).start()
if os.fork() == 0:
    child()
    os._exit(0)
os.wait()
`

// A forked child has one thread, and that thread's id of its own.
func TestFunctionsOfForkedChild(t *testing.T) {
	eachPython(t, func(t *testing.T, python string) {
		program := run(t, python, write(t, forking))
		var pid int
		fmt.Sscan(program.line(t), &pid)
		reader, err := Open(pid)
		if err != nil {
			t.Fatal(err)
		}
		f, err := reader.Functions(OwnCode())
		if err != nil {
			t.Fatal(err)
		}
		found, err := f.Look()
		if err != nil || len(found) != 1 || found[0].TID != pid || found[0].Name != "child" {
			t.Errorf("%+v, %v; want child in %d", found, err, pid)
		}
	})
}

const shortLived = `
import sys, threading
def brief():
    sum(range(2000))
def start():
    while True:
        batch = [threading.Thread(target=brief) for _ in range(20)]
        for t in batch: t.start()
        for t in batch: t.join()
        sys.stdout.write(".\n")
        sys.stdout.flush()
threading.Thread(target=start, daemon=True).start()
sys.stdin.read()
`

// While threads come and go by the thousand, every name that is told is one of the program's.
func TestFunctionsOfShortThreads(t *testing.T) {
	eachPython(t, func(t *testing.T, python string) {
		program := run(t, python, write(t, shortLived))
		program.line(t) // it is there
		f := program.functions(t)
		seen := map[string]int{}
		for range 50 {
			program.line(t)
			for range 20 {
				found, err := f.Look()
				if err != nil {
					t.Fatal(err)
				}
				for _, at := range found {
					seen[at.Name]++
				}
			}
		}
		for name := range seen {
			if !slices.Contains([]string{"", "brief", "start", "<module>"}, name) {
				t.Errorf("a thread in %q", name)
			}
		}
		if seen["start"] == 0 || seen["<module>"] == 0 {
			t.Errorf("seen only %v", seen)
		}
		if len(f.threads.known) > 30 {
			t.Errorf("%d threads are remembered", len(f.threads.known))
		}
	})
}

// A target that ends, or becomes another program, gives an error, and nothing else.
func TestFunctionsOfWhatIsGone(t *testing.T) {
	const script = "import os, sys\nprint(flush=True)\nif os.read(0, 1) == b'x':\n    os.execv('/bin/cat', ['cat'])\n"
	python := pythontest.Python(t)
	for _, end := range []string{"kill", "exec"} {
		program := run(t, python, write(t, script))
		program.line(t)
		f := program.functions(t)
		if found, err := f.Look(); err != nil || len(found) != 1 || found[0].Name != "<module>" {
			t.Errorf("%s: %+v, %v at first", end, found, err)
		}
		if end == "kill" {
			program.Process.Kill()
			program.Wait()
		} else {
			io.WriteString(program.input, "xecho\n")
			program.line(t) // cat is there
		}
		if found, err := f.Look(); err == nil {
			t.Errorf("%s: still %+v", end, found)
		}
	}
}
