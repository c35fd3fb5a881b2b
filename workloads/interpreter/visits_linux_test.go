package interpreter

import (
	"fmt"
	"io"
	"slices"
	"testing"
	"time"
)

// Two threads go into a subinterpreter each, wait there, and come back.
const visitors = interpretersModule + `
made = [create() for _ in range(2)]
inner, outer = os.pipe(), os.pipe()
def visit(interpreter):
    run(interpreter, f"import os\nos.read({inner[0]}, 1)")
    os.read(outer[0], 1)
threads = [threading.Thread(target=visit, args=(i,)) for i in made]
for t in threads: t.start()
print(*(t.native_id for t in threads), flush=True)
for way in (inner, outer):
    os.read(0, 1)
    os.write(way[1], b"xx")
for t in threads: t.join()
for i in made: destroy(i)
print(flush=True)
os.read(0, 1)
`

// Who is inside a subinterpreter is told whatever GIL that has: its own, the main one's, or none.
func TestVisits(t *testing.T) {
	for _, kind := range []string{"isolated", "legacy"} {
		t.Run(kind, func(t *testing.T) {
			eachPython(t, func(t *testing.T, python string) {
				program := run(t, python, write(t, fmt.Sprintf(visitors, kind)))
				var first, second int
				if _, err := fmt.Sscan(program.line(t), &first, &second); err != nil {
					t.Fatal(err)
				}
				f := program.functions(t)
				awaitVisits(t, f, 2, Visit{first, 1}, Visit{second, 2})
				io.WriteString(program.input, "x")
				awaitVisits(t, f, 2)
				io.WriteString(program.input, "x")
				program.line(t)
				awaitVisits(t, f, 0)
			})
		})
	}
}

// awaitVisits looks until there are so many subinterpreters with those threads inside, at most ten seconds.
func awaitVisits(t *testing.T, f *Functions, interpreters int, want ...Visit) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if _, err := f.Look(); err != nil {
			t.Fatal(err)
		}
		v := f.Visits()
		slices.SortFunc(v.Threads, func(a, b Visit) int { return int(a.Interpreter - b.Interpreter) })
		if v.Whole && len(v.Interpreters) == interpreters && slices.Equal(v.Threads, want) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("never %v in %d interpreters; last seen %+v", want, interpreters, v)
		}
	}
}
