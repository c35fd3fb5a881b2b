package probe_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"regatta/workloads/probe"
	"regatta/workloads/programs/pythontest"
)

// bench is a folder with a program in it, and what is needed to run it.
type bench struct {
	t              *testing.T
	python         string
	dir, prog      string
	events, loaded string
}

func newBench(t *testing.T, source string) bench {
	t.Helper()
	b := bench{t: t, python: pythontest.Python(t), dir: t.TempDir(), events: t.TempDir()}
	b.prog = filepath.Join(b.dir, "prog.py")
	if err := os.WriteFile(b.prog, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if b.loaded, err = probe.Write(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	return b
}

// bare runs the program as anybody would; -s and -E keep this machine's settings out.
func (b bench) bare(stdin string, args ...string) pythontest.End {
	b.t.Helper()
	return pythontest.Run(b.t, b.dir, stdin, append([]string{b.python, "-sEB", b.prog}, args...)...)
}

// observed runs it with the probe.
func (b bench) observed(stdin string, args ...string) pythontest.End {
	b.t.Helper()
	command := []string{b.python, "-sEB", b.loaded, b.events, b.prog}
	return pythontest.Run(b.t, b.dir, stdin, append(command, args...)...)
}

// inside begins a program that looks around in subinterpreters: by interpreters, with the source told.
const inside = `
import sys
try:
    import _interpreters as interpreters
except ImportError:
    try: import _xxsubinterpreters as interpreters
    except ImportError: sys.exit('there are none')
told = """
import sys, __main__
print(sys.path, sys.argv, getattr(sys, 'orig_argv', 0), sys.flags, sys.executable, sys.warnoptions, sys._xoptions)
print([getattr(f, '__name__', type(f)) for f in sys.meta_path + sys.path_hooks], sorted(sys.path_importer_cache))
print(sorted(sys.modules), sorted(vars(__main__)), __main__ is sys.modules['__main__'], sys.dont_write_bytecode, sys.gettrace(), flush=True)
"""
`

// Programs that would notice a probe, or end in a way of their own.
var noticing = map[string]string{
	"exit":       "import sys; print('out'); sys.exit(3)",
	"exit text":  "raise SystemExit('a message')",
	"exit now":   "import os; print('out', flush=True); os._exit(4)",
	"exit none":  "raise SystemExit",
	"syntax":     "def f(:\n    pass\n",
	"cookie":     "# coding: latin-1\nprint(ascii('caf\xe9'))\n",
	"interrupt":  "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(10)\n",
	"terminate":  "import os, signal, time\nos.kill(os.getpid(), signal.SIGTERM)\ntime.sleep(10)\n",
	"input":      "print([input(), input('more? ')])\nimport sys; print(sys.stdin.read())",
	"arguments":  "import sys; print(sys.argv, getattr(sys, 'orig_argv', 0), sys.path, sys.flags)",
	"identity":   "print(__name__, __file__, __doc__, __package__, __spec__, type(__loader__), __builtins__)",
	"globals":    "print(sorted(globals()), __loader__.path, __loader__.name)",
	"docstring":  "'''A text.'''\nprint(__doc__)",
	"annotated":  "x: int = 1\nprint(x, __annotations__ if '__annotations__' in globals() else 0)",
	"future":     "def f(x: undefined = 1): return x\n" + "print(f())\n",
	"main":       "import __main__, sys; print(__main__ is sys.modules['__main__'], __main__.__file__)",
	"modules":    "import sys; print(sorted(set(sys.modules) & {'threading', 'asyncio', 'multiprocessing', 'regatta_probe'}))",
	"own module": "import helper_of_prog; print(helper_of_prog.X)",
	"atexit":     "import atexit; atexit.register(print, 'one'); atexit.register(print, 'two')",
	"pickle":     "import pickle\nclass C: pass\nprint(pickle.dumps(C()), C.__module__)",
	"inspect":    "import inspect\ndef f():\n    return 1\nprint(inspect.getsource(f))",
	"descriptor": "import os\nf = open(__file__)\nprint(f.fileno())",
	"raise": `
def inner(): return 1 / 0
def outer():
    try:
        inner()
    except ZeroDivisionError as error:
        raise ValueError('outer') from error
outer()
`,
	"context": "try:\n    {}['a']\nexcept KeyError:\n    1 / 0\n",
	"deep":    "def f(): f()\ntry: f()\nexcept RecursionError as e: print(e)\n",
	"own hook": `
import sys
def hook(kind, value, traceback):
    print(kind, value, traceback.tb_lineno, traceback.tb_next, sys.excepthook is hook)
sys.excepthook = hook
raise ValueError('x')
`,
	"thread": `
import threading
def work(): raise ValueError('in a thread')
t = threading.Thread(target=work); t.start(); t.join()
print('goes on', threading.current_thread(), t.name)
`,
	"thread hook": `
import threading, traceback
threading.excepthook = lambda args: print(args.exc_type, traceback.format_tb(args.exc_traceback), args.thread.name)
t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()
`,
	"thread twice": "import threading\nt = threading.Thread(); t.start(); t.join(); t.start()\n",
	"daemon":       "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nprint('done')",
	"subinterpreters": inside + `
import helper_of_prog
for kind in ('isolated', 'legacy'):
    named = hasattr(interpreters, 'new_config')
    made = interpreters.create(kind) if named else interpreters.create(isolated=kind == 'isolated')
    print(kind, interpreters.run_string(made, told), flush=True)
    interpreters.destroy(made)
sys.argv, sys.path = ['changed'], sys.path[:1] + ['/changed']
made = interpreters.create()
print('changed', interpreters.run_string(made, told), flush=True)
interpreters.run_string(made, 'import helper_of_prog; print(helper_of_prog.X, flush=True)')
`,
	"subinterpreter pool": `
import sys
def main(): return __name__
if __name__ == '__main__' and sys.version_info >= (3, 14):
    import helper_of_prog, threading
    from concurrent import interpreters
    from concurrent.futures import InterpreterPoolExecutor
    with InterpreterPoolExecutor(2) as pool:
        print(pool.submit(helper_of_prog.f).result(), pool.submit(main).result())
    print(interpreters.list_all())
    made = interpreters.create()
    made.call(print, 'in it', flush=True)
    del made
    print(interpreters.list_all(), interpreters.create())
`,
	"asyncio": `
import asyncio
async def bad():
    await asyncio.sleep(0.001)
    raise ValueError('in a task')
async def main():
    asyncio.get_running_loop().call_soon(lambda: 1 / 0)
    print(await asyncio.gather(bad(), return_exceptions=True))
    await bad()
asyncio.run(main())
`,
	"asyncio exit":  "import asyncio, sys\nasync def main(): sys.exit(7)\nasyncio.run(main())\n",
	"asyncio abort": "import asyncio\nasync def main(): raise KeyboardInterrupt\nasyncio.run(main())\n",
	"fork": `
import os, sys
sys.stdout.flush()
if os.fork() == 0:
    print('child', flush=True)
    sys.exit(5)
print(os.wait()[1])
`,
}

func TestProgramsDoNotNoticeTheProbe(t *testing.T) {
	for name, source := range noticing {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, source)
			if err := os.WriteFile(filepath.Join(b.dir, "helper_of_prog.py"), []byte("X = 1\ndef f(): return X\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			bare, observed := b.bare("first\nsecond\nthird", "a", "b c"), b.observed("first\nsecond\nthird", "a", "b c")
			if strings.HasPrefix(name, "asyncio") {
				// Two runs of one program differ in addresses.
				bare.Stderr, observed.Stderr = withoutAddresses(bare.Stderr), withoutAddresses(observed.Stderr)
			}
			if name == "thread" {
				bare.Stdout, observed.Stdout = withoutIdents(bare.Stdout), withoutIdents(observed.Stdout)
			}
			if diff := cmp.Diff(bare, observed); diff != "" {
				t.Errorf("without (-) and with (+) the probe:\n%s", diff)
			}
		})
	}
}

func withoutAddresses(s string) string {
	fields := strings.Split(s, " at 0x")
	for i := range fields[1:] {
		_, fields[i+1], _ = strings.Cut(fields[i+1], ">")
	}
	return strings.Join(fields, ">")
}

func withoutIdents(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, s)
}

const pool = `
import multiprocessing, sys
class Point:
    def __init__(self, x): self.x = x
def square(point):
    print(multiprocessing.current_process().name.split('-')[0], __name__, flush=True)
    return Point(point.x ** 2)
def fail(): raise ValueError('in a child')
if __name__ == '__main__':
    context = multiprocessing.get_context(sys.argv[1])
    with context.Pool(1) as pool:
        print([p.x for p in pool.map(square, [Point(2), Point(3)])])
        pool.close(); pool.join()
    p = context.Process(target=fail); p.start(); p.join()
    print(p.exitcode)
    p = context.Process(target=sys.exit, args=(9,)); p.start(); p.join()
    print(p.exitcode)
`

// Without the usual guard, a spawned child fails while it imports the main module.
const unguarded = `
import multiprocessing
multiprocessing.set_start_method('spawn')
p = multiprocessing.Process(target=print); p.start(); p.join()
print(p.exitcode)
`

func TestProcessesDoNotNoticeTheProbe(t *testing.T) {
	for _, method := range []string{"fork", "forkserver", "spawn"} {
		t.Run(method, func(t *testing.T) {
			b := newBench(t, pool)
			if diff := cmp.Diff(b.bare("", method), b.observed("", method)); diff != "" {
				t.Errorf("without (-) and with (+) the probe:\n%s", diff)
			}
		})
	}
	t.Run("unguarded", func(t *testing.T) {
		b := newBench(t, unguarded)
		bare, observed := b.bare(""), b.observed("")
		// The probe is a line in front of the child's -c command.
		observed.Stderr = strings.ReplaceAll(observed.Stderr, `"<string>", line 2`, `"<string>", line 1`)
		for _, end := range []*pythontest.End{&bare, &observed} {
			end.Stderr = withoutIdents(end.Stderr) // numbers of pipes
		}
		if diff := cmp.Diff(bare, observed); diff != "" {
			t.Errorf("without (-) and with (+) the probe:\n%s", diff)
		}
	})
}

func TestAProgramThatIsNotThere(t *testing.T) {
	b := newBench(t, "")
	b.prog = filepath.Join(b.dir, "nope.py")
	if diff := cmp.Diff(b.bare(""), b.observed("")); diff != "" {
		t.Errorf("without (-) and with (+) the probe:\n%s", diff)
	}
}

func TestIsolatedProgramsFindTheirOwnFolder(t *testing.T) {
	b := newBench(t, "import sys; print(sys.path[0], sys.flags.isolated)")
	end := pythontest.Run(t, t.TempDir(), "", b.python, "-I", "-B", b.loaded, b.events, b.prog)
	here, err := filepath.EvalSymlinks(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := here + " 1\n"; end.Stdout != want {
		t.Errorf("printed %q, want %q\n%s", end.Stdout, want, end.Stderr)
	}
}

// Where the probe cannot write, the program runs all the same.
func TestNowhereToWrite(t *testing.T) {
	for name, events := range map[string]string{"no such folder": "/nowhere/at/all", "a file": "/dev/null"} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, pool)
			b.events = events
			if diff := cmp.Diff(b.bare("", "spawn"), b.observed("", "spawn")); diff != "" {
				t.Errorf("without (-) and with (+) the probe:\n%s", diff)
			}
		})
	}
}
