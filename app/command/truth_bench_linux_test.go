package command_test

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"regatta/workloads/recording"
)

// bar is the agreement by time that is wanted of stretches of 20 ms and longer.
const bar = 0.98

// kinds are the kinds of workers that testdata/truth.py knows.
var kinds = []string{"main", "thread", "fork", "spawn", "forkserver", "interpreter", "task"}

// BenchmarkTruth lets workers of each kind do one thing after the other, for 20, 50 and 250 ms each, and reports how much
// of that time their lanes say what they did: of all the time, and of the worst phase; and of the single stretches the
// median and the worst.
func BenchmarkTruth(b *testing.B) {
	lengths := append(slices.Repeat([]string{"0.02"}, 8), "0.05", "0.05", "0.05", "0.05", "0.25", "0.25")
	for _, kind := range kinds {
		b.Run(kind, func(b *testing.B) {
			for b.Loop() {
				w := testify(b, "truth.py", append([]string{kind}, lengths...)...)
				w.check(b)
				phases := byPhase(w.told.Stretches)
				worst := 1.0
				for _, phase := range slices.Sorted(maps.Keys(phases)) {
					share := w.share(phases[phase])
					if worst = min(worst, share); share < bar {
						w.logWorst(b, phases[phase])
					}
					b.ReportMetric(100*share, "%"+strings.ReplaceAll(phase, " ", "-"))
				}
				all := w.agreements()
				b.ReportMetric(100*w.share(w.told.Stretches), "%agree")
				b.ReportMetric(100*worst, "%worst-phase")
				b.ReportMetric(100*middle(all), "%median-stretch")
				b.ReportMetric(100*slices.Min(all), "%worst-stretch")
				b.ReportMetric(w.seen.End.Observer.RateHz, "samples/s")
				b.ReportMetric(0, "ns/op") // means nothing here
			}
		})
	}
}

// BenchmarkGIL lets threads compete for the GIL for 3 s and reports how far their lanes are from what the kernel counted:
// of the time that they waited for the GIL, in percentage points, and of their CPU time, in percent. The hand-overs seen
// are held against those that the program counted, and against one every 5 ms.
func BenchmarkGIL(b *testing.B) {
	const length = 3 * time.Second
	for _, count := range []string{"2", "4", "8"} {
		b.Run(count, func(b *testing.B) {
			for b.Loop() {
				w := testify(b, "contest.py", count, "3")
				w.check(b)
				var points, cpu []float64
				for _, s := range w.told.Stretches {
					seen, truth := w.times(s), s.truth()
					wall := float64(s.duration())
					points = append(points, 100*math.Abs(float64(seen["gil"]-truth["gil"]))/wall)
					cpu = append(cpu, 100*(float64(seen["running"]+seen["native"])/float64(s.CPU)-1))
					b.Logf("told %v, seen %v", truth, seen)
				}
				handed := float64(w.handOvers())
				b.ReportMetric(middle(points), "GIL-points-median")
				b.ReportMetric(slices.Max(points), "GIL-points-worst")
				b.ReportMetric(middle(cpu), "%CPU-off-median")
				b.ReportMetric(furthest(cpu), "%CPU-off-worst")
				b.ReportMetric(handed/float64(w.told.Handed), "hand-overs/told")
				b.ReportMetric(handed/float64(length/(5*time.Millisecond)), "hand-overs/5ms")
				b.ReportMetric(100*w.share(w.told.Stretches), "%agree")
				b.ReportMetric(w.seen.End.Observer.RateHz, "samples/s")
				b.ReportMetric(0, "ns/op")
			}
		})
	}
}

// check demands of every lane that its spans cover its life, one after the other.
func (w *witness) check(t testing.TB) {
	t.Helper()
	for _, s := range w.told.Stretches {
		if w.lane(s) == nil {
			t.Errorf("%s: there is no lane of process %d, thread %d, task %q", s.Phase, s.PID, s.TID, s.Task)
		}
	}
	for _, l := range w.seen.Tracks() {
		if l.Len() > 0 && (l.Span(0).Start != l.Start || l.SeenUntil() != l.End) {
			t.Errorf("lane %s of thread %d lives from %v to %v, its spans last from %v to %v", l.Name, l.TID, l.Start, l.End, l.Span(0).Start, l.SeenUntil())
		}
	}
}

// logWorst shows the stretch that agrees least.
func (w *witness) logWorst(t testing.TB, stretches []stretch) {
	worst := slices.MinFunc(stretches, func(a, b stretch) int { return cmp.Compare(w.agreement(a), w.agreement(b)) })
	from, to := w.span(worst)
	t.Logf("%s, thread %d, %v to %v: was %v, seen %v", worst.Phase, worst.TID, from, to, worst.truth(), w.times(worst))
}

func (w *witness) agreements() []float64 {
	all := make([]float64, len(w.told.Stretches))
	for i, s := range w.told.Stretches {
		all[i] = w.agreement(s)
	}
	return all
}

// handOvers counts how often another of the threads is seen with the GIL than before.
func (w *witness) handOvers() int {
	type turn struct {
		at   time.Duration
		lane recording.LaneID
	}
	var turns []turn
	for _, s := range w.told.Stretches {
		lane := w.lane(s)
		from, to := w.span(s)
		for i := lane.Search(from); i < lane.Len() && lane.Span(i).Start < to; i++ {
			if span := lane.Span(i); span.State == recording.Running {
				turns = append(turns, turn{span.Start, lane.ID})
			}
		}
	}
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Compare(a.at, b.at) })
	handed := 0
	for i := 1; i < len(turns); i++ {
		if turns[i].lane != turns[i-1].lane {
			handed++
		}
	}
	return handed
}

func middle(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// furthest is the value that is furthest from zero.
func furthest(values []float64) float64 {
	return slices.MaxFunc(values, func(a, b float64) int { return cmp.Compare(math.Abs(a), math.Abs(b)) })
}
