package interpreter

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"regatta/workloads/programs/pythontest"
)

// interpretersModule gives a script create(), run(interpreter, source) and destroy(interpreter) on every CPython that can be
// read. Kind is "isolated", with a GIL of its own, or "legacy", which shares the main interpreter's.
const interpretersModule = `
import os, sys, threading
import _interpreters
kind = "%s"
def create():
    return _interpreters.create(kind)
def destroy(interpreter):
    _interpreters.destroy(interpreter)
def run(interpreter, source):
    failed = _interpreters.run_string(interpreter, source)
    if failed: sys.exit(failed)
`

const busyInterpreters = interpretersModule + `
workers = [threading.Thread(target=run, args=(create(), "while True: pass"), daemon=True) for _ in range(6)]
for w in workers: w.start()
print(*(w.native_id for w in workers), flush=True)
sys.stdin.read()
os._exit(0)
`

// Every subinterpreter with a GIL of its own is found, and each GIL is held by the one thread that runs there.
func TestSubinterpretersHoldTheirOwn(t *testing.T) {
	eachPythonWithGIL(t, func(t *testing.T, python string) {
		program := run(t, python, write(t, fmt.Sprintf(busyInterpreters, "isolated")))
		holdersOfTheirOwn(t, program)
	})
}

// holdersOfTheirOwn reads until each thread that the program's line names was seen to hold a GIL. It must always be the same
// one, which no other holds.
func holdersOfTheirOwn(t *testing.T, program running) {
	t.Helper()
	tids := strings.Fields(program.line(t))
	r, err := Open(program.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	holds := map[string]uint64{} // the address of the GIL that a thread was seen to hold
	awaitHolding(t, r, "each in its own", func(held []Holding) bool {
		if len(held) != len(tids)+1 {
			return false
		}
		for _, h := range held {
			tid := fmt.Sprint(h.TID)
			switch address, seen := holds[tid]; {
			case h.TID == 0 || h.TID == program.Process.Pid:
			case !slices.Contains(tids, tid):
				t.Fatalf("%+v, but the threads are %v", held, tids)
			case seen && address != h.Address:
				t.Fatalf("thread %s held %x and %x", tid, address, h.Address)
			default:
				holds[tid] = h.Address
			}
		}
		return len(holds) == len(tids)
	})
	if different := slices.Compact(slices.Sorted(maps.Values(holds))); len(different) != len(tids) {
		t.Errorf("%d GILs for %d threads: %v", len(different), len(tids), holds)
	}
}

// A pool of interpreters is made of subinterpreters with GILs of their own.
func TestInterpreterPool(t *testing.T) {
	program := run(t, pythontest.Python(t), write(t, poolOfInterpreters))
	holdersOfTheirOwn(t, program)
}

const poolOfInterpreters = `
import os, sys
from concurrent.futures import InterpreterPoolExecutor
reading, writing = os.pipe()
pool = InterpreterPoolExecutor(4)
source = f"import os, threading; os.write({writing}, b'%8d' % threading.get_native_id())\nwhile True: pass"
for _ in range(4):
    pool.submit(exec, source)
tids = [int(os.read(reading, 8)) for _ in range(4)]
print(*tids, flush=True)
sys.stdin.read()
os._exit(0)
`

// Subinterpreters of the old kind share the main one's GIL: there is one, which their threads hold in turns.
func TestSubinterpretersShare(t *testing.T) {
	eachPythonWithGIL(t, func(t *testing.T, python string) {
		program := run(t, python, write(t, fmt.Sprintf(busyInterpreters, "legacy")))
		waiting := strings.Fields(program.line(t))
		everyone := append(slices.Clone(waiting), "0", fmt.Sprint(program.Process.Pid))
		r, err := Open(program.Process.Pid)
		if err != nil {
			t.Fatal(err)
		}
		awaitHolding(t, r, "every thread held the one GIL", func(held []Holding) bool {
			if len(held) != 1 || !slices.Contains(everyone, fmt.Sprint(held[0].TID)) {
				t.Fatalf("%+v, but the threads are %v", held, everyone)
			}
			waiting = slices.DeleteFunc(waiting, func(tid string) bool { return tid == fmt.Sprint(held[0].TID) })
			return len(waiting) == 0
		})
	})
}

// eachPythonWithGIL runs a test with every kind of CPython that can be read and has subinterpreters with GILs of their own.
func eachPythonWithGIL(t *testing.T, test func(t *testing.T, python string)) {
	t.Run("built-in", func(t *testing.T) { test(t, pythontest.Python(t)) })
	t.Run("3.13", func(t *testing.T) { test(t, python313(t)) })
	t.Run("free-threaded with its GIL", func(t *testing.T) { test(t, withOption(t, freeThreaded(t), "-X gil=1")) })
}
