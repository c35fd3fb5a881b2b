package interpreter

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// awaitHolding asks who holds the GIL until a condition on the answer holds, at most ten seconds. Errors are passed over:
// what was read may have gone meanwhile.
func awaitHolding(t *testing.T, r *Reader, what string, holds func(held []Holding) bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		err := r.FindInterpreters()
		var held []Holding
		if err == nil {
			held, err = r.Holdings()
		}
		if err == nil && holds(held) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: never so; last seen %+v, %v", what, held, err)
		}
	}
}

// Without a GIL nobody holds it, however many threads compute.
func TestFreeThreadedHasNoGIL(t *testing.T) {
	program := run(t, freeThreaded(t), write(t, busyThreads))
	program.line(t)
	r, err := Open(program.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	for range 200 {
		held, err := r.Holdings()
		if err != nil || len(held) != 1 || !held[0].Off || held[0].TID != 0 {
			t.Fatalf("%+v, %v", held, err)
		}
	}
}

// A free-threaded build can be told to use its GIL, and then it is held as in any other.
func TestFreeThreadedWithGIL(t *testing.T) {
	program := run(t, withOption(t, freeThreaded(t), "-X gil=1"), write(t, busyThreads))
	waiting := strings.Fields(program.line(t))
	everyone := append(slices.Clone(waiting), "0", fmt.Sprint(program.Process.Pid))
	r, err := Open(program.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	awaitHolding(t, r, "every thread held the GIL", func(held []Holding) bool {
		if len(held) != 1 || held[0].Off {
			t.Fatalf("%+v", held)
		}
		tid := fmt.Sprint(held[0].TID)
		if !slices.Contains(everyone, tid) {
			t.Fatalf("%+v, but the threads are %v", held, everyone)
		}
		waiting = slices.DeleteFunc(waiting, func(other string) bool { return other == tid })
		return len(waiting) == 0
	})
}

const gilComesOn = `
import importlib.machinery, importlib.util, os, sys, threading, warnings
warnings.simplefilter("ignore")
def busy():
    while True: pass
thread = threading.Thread(target=busy, daemon=True)
thread.start()
print(flush=True)
os.read(0, 1)
name, found = "_testmultiphase_null_slots", importlib.util.find_spec("_testmultiphase")
if found:  # one of CPython's own tests: a module that says nothing of free threading
    loader = importlib.machinery.ExtensionFileLoader(name, found.origin)
    importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
print(thread.native_id, sys._is_gil_enabled(), flush=True)
os.read(0, 1)
os._exit(0)
`

// The GIL comes on in the middle of a run, when a module is imported that needs it.
func TestFreeThreadedGILComesOn(t *testing.T) {
	program := run(t, freeThreaded(t), write(t, gilComesOn))
	program.line(t)
	r, err := Open(program.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	awaitHolding(t, r, "off at first", func(held []Holding) bool { return len(held) == 1 && held[0].Off })
	io.WriteString(program.input, "x")
	tid, enabled, _ := strings.Cut(program.line(t), " ")
	if enabled != "True" {
		t.Skip("this build has no extension module that turns the GIL on (_testmultiphase)")
	}
	awaitHolding(t, r, "held by the busy thread", func(held []Holding) bool {
		return len(held) == 1 && !held[0].Off && fmt.Sprint(held[0].TID) == tid
	})
}

// Functions are named right while many threads really run at once, calling and returning all the time.
func TestFreeThreadedFunctions(t *testing.T) {
	const count = 8
	var source strings.Builder
	source.WriteString("import sys, threading\n")
	for number := range count {
		fmt.Fprintf(&source, "def inner_%02d(x):\n    return x + 1\ndef work_%02d():\n    x = 0\n    while True: x = inner_%02d(x)\n", number, number, number)
	}
	fmt.Fprintf(&source, `
threads = [threading.Thread(target=globals()[f"work_{n:02}"], daemon=True) for n in range(%d)]
for t in threads: t.start()
print(*(t.native_id for t in threads), flush=True)
sys.stdin.read()
import os
os._exit(0)
`, count)
	program := run(t, freeThreaded(t), write(t, source.String()))
	tids := strings.Fields(program.line(t))
	f := program.functions(t)
	seen := map[string]int{}
	deadline := time.Now().Add(10 * time.Second)
	for look := 0; look < 80 || seen["work"] == 0 || seen["inner"] == 0; look++ {
		if time.Now().After(deadline) {
			t.Fatalf("after %d looks seen only %v", look, seen)
		}
		found, err := f.Look()
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range found {
			number := slices.Index(tids, fmt.Sprint(at.TID))
			if number < 0 {
				continue // the main thread
			}
			name, own, _ := strings.Cut(at.Name, "_")
			if at.Name != "" && own != fmt.Sprintf("%02d", number) {
				t.Fatalf("thread %d is in %+v", number, at)
			}
			seen[name]++
		}
	}
}

// Names and files are read whatever width their characters have.
func TestTextsOfEveryKind(t *testing.T) {
	eachPython(t, func(t *testing.T, python string) {
		for _, word := range []string{"plain", "größe", "数える", "𠀀𠀁"} {
			folder := t.TempDir()
			script := folder + "/" + word + ".py"
			source := fmt.Sprintf("import os\ndef %s():\n    os.read(0, 1)\nprint(flush=True)\n%s()\n", word, word)
			if err := os.WriteFile(script, []byte(source), 0o600); err != nil {
				t.Fatal(err)
			}
			program := run(t, python, script)
			program.line(t)
			f := program.functions(t)
			want := Function{TID: program.Process.Pid, Name: word, File: script, Line: 2}
			await(t, f, "in "+word, func(names map[string]string) bool { return names[fmt.Sprint(want.TID)] == word })
			if found, err := f.Look(); err != nil || !slices.Equal(found, []Function{want}) {
				t.Errorf("%+v, %v; want %+v", found, err, want)
			}
		}
	})
}
