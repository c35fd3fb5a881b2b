package interpreter

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

const briefInterpreters = interpretersModule + `
def main():
    names = []
    def some():
        names.append(threading.get_native_id())
        while not done:
            batch = [create() for _ in range(3)]
            for interpreter in batch: run(interpreter, "sum(range(100))")
            for interpreter in batch: destroy(interpreter)
            count.append(3)
    done, count = [], []
    workers = [threading.Thread(target=some) for _ in range(2)]
    for w in workers: w.start()
    print(*(w.native_id for w in workers), flush=True)
    while os.read(0, 1) == b"x":
        print(sum(count), flush=True)
    done.append(True)
    for w in workers: w.join()
    print("alone", flush=True)
    os.read(0, 1)
main()
`

// While subinterpreters come and go by the hundred, whoever is told to hold a GIL is a thread of the program, and every
// function is one of the program's. In the end the main interpreter is alone.
func TestSubinterpretersComeAndGo(t *testing.T) {
	for _, kind := range []string{"isolated", "legacy"} {
		t.Run(kind, func(t *testing.T) {
			eachPythonWithGIL(t, func(t *testing.T, python string) { comeAndGo(t, python, kind) })
		})
	}
}

func comeAndGo(t *testing.T, python, kind string) {
	program := run(t, python, write(t, fmt.Sprintf(briefInterpreters, kind)))
	threads := append(strings.Fields(program.line(t)), "0", fmt.Sprint(program.Process.Pid))
	r, err := Open(program.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	f := program.functions(t)
	largest := 0
	for made := 0; made < 60; {
		for range 40 {
			r.FindInterpreters() // fails where one goes in the middle of the list
			for range 5 {
				held, err := r.Holdings()
				if err != nil {
					t.Fatal(err)
				}
				largest = max(largest, len(held))
				for _, h := range held {
					if !slices.Contains(threads, fmt.Sprint(h.TID)) {
						t.Fatalf("%+v, but the threads are %v", held, threads)
					}
				}
			}
			found, err := f.Look()
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range found {
				if !slices.Contains([]string{"", "main", "main.<locals>.some", "create", "run", "destroy", "<module>"}, at.Name) {
					t.Fatalf("%+v", at)
				}
			}
		}
		io.WriteString(program.input, "x")
		if _, err := fmt.Sscan(program.line(t), &made); err != nil {
			t.Fatal(err)
		}
	}
	if kind == "isolated" && largest < 2 || kind == "legacy" && largest > 1 {
		t.Errorf("at most %d GILs were seen", largest)
	}
	io.WriteString(program.input, ".")
	program.line(t) // the main interpreter is alone
	awaitHolding(t, r, "one GIL in the end", func(held []Holding) bool { return len(held) == 1 })
	for range maxInterpreters { // what is gone is forgotten
		if found, err := f.Look(); err == nil && len(found) == 1 && len(f.interpreters.known) == 1 && len(f.threads.known) == 1 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("still %d interpreters and %d threads", len(f.interpreters.known), len(f.threads.known))
}
