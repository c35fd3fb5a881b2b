package recording

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

// writeMany writes a finished recording of n spans in lanes lanes, flushed as a run does it, and returns its path.
func writeMany(b *testing.B, lanes, n int) string {
	path := filepath.Join(b.TempDir(), "many.regatta")
	w, err := Create(path, Header{Created: time.Unix(1, 0)})
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	ids, at := make([]LaneID, lanes), make([]time.Duration, lanes)
	for i := range ids {
		ids[i] = w.AddLane(Lane{Kind: Thread, Name: fmt.Sprintf("Thread-%d", i), End: StillAlive})
	}
	flushed := time.Duration(0)
	for k := range n {
		i := k % lanes
		s := Span{Start: at[i], End: at[i] + time.Duration(random.IntN(1e6)+1000), State: Running, Label: "work"}
		if k/lanes%2 == 1 {
			s.State, s.Label, s.Blocker = GIL, "", ids[random.IntN(lanes)]
		}
		w.Span(ids[i], s)
		if at[i] = s.End; at[i]-flushed > 100*time.Millisecond {
			w.Flush()
			flushed = at[i]
		}
	}
	if err := w.Finish(End{Status: Finished}); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkOpen opens a million spans and says what they take in the file and in memory.
func BenchmarkOpen(b *testing.B) {
	const spans = 1_000_000
	for _, lanes := range []int{8, 200, 1000} {
		b.Run(fmt.Sprintf("lanes=%d", lanes), func(b *testing.B) {
			path := writeMany(b, lanes, spans)
			info, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			var r *Recording
			var took []time.Duration
			b.ReportAllocs()
			for b.Loop() {
				start := time.Now()
				if r, err = Open(path); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2].Seconds()*1e3, "ms-median")
			b.ReportMetric(float64(info.Size())/spans, "B/span-file")
			b.ReportMetric(perSpan(&r, spans), "B/span-memory")
		})
	}
}

// perSpan is how many bytes less are in use when a recording of n spans is let go.
func perSpan(r **Recording, n int) float64 {
	with := heap()
	runtime.KeepAlive(*r)
	*r = nil
	return float64(with-heap()) / float64(n)
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
