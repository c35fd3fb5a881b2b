package interpreter

import (
	"fmt"
	"testing"

	"regatta/workloads/programs/pythontest"
)

const benched = `
import queue, sys, threading, time
def busy():
    while True:
        for _ in range(1000): pass
def getting():
    queue.Queue().get()
def sleeping():
    time.sleep(3600)
for _ in range(%d):
    threading.Thread(target=%s, daemon=True).start()
print(flush=True)
sys.stdin.read()
`

// BenchmarkLook is what a look costs, by the number of threads and what they do.
func BenchmarkLook(b *testing.B) {
	for _, threads := range []int{4, 200} {
		for _, function := range []string{"sleeping", "getting", "busy"} {
			if function == "busy" && threads > 4 {
				continue
			}
			b.Run(fmt.Sprintf("%d-%s", threads, function), func(b *testing.B) {
				program := run(b, pythontest.Python(b), write(b, fmt.Sprintf(benched, threads, function)))
				program.line(b)
				f := program.functions(b)
				f.Look()
				b.ReportAllocs()
				told, calls := 0, &counted{f.mem, 0, 0}
				f.mem = calls
				for b.Loop() {
					found, err := f.Look()
					if err != nil {
						b.Fatal(err)
					}
					told += len(found)
				}
				b.ReportMetric(float64(told)/float64(b.N), "threads/op")
				b.ReportMetric(float64(calls.reads)/float64(b.N), "reads/op")
				b.ReportMetric(float64(calls.pieces)/float64(b.N), "pieces/op")
			})
		}
	}
}

// counted counts what is asked of a source.
type counted struct {
	source
	reads, pieces int
}

func (c *counted) readPieces(pieces []piece) error {
	c.reads++
	c.pieces += len(pieces)
	return c.source.readPieces(pieces)
}
