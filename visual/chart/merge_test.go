package chart

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"regatta/visual/internal/sample"
	"regatta/workloads/recording"
)

// columns notes what a lane's columns are.
type columns struct {
	t      *testing.T
	shares map[int]map[recording.State]float64
	next   int
}

func (c *columns) put(column int) map[recording.State]float64 {
	if column < c.next {
		c.t.Errorf("column %d comes again or late", column)
	}
	c.next = column + 1
	c.shares[column] = map[recording.State]float64{}
	return c.shares[column]
}

func (c *columns) run(s recording.State, first, last int) {
	for i := first; i < last; i++ {
		c.put(i)[s] = 1
	}
}

func (c *columns) mixed(column int, m *mixture) {
	shares := c.put(column)
	for s, p := range m.share {
		if p > 0 {
			shares[recording.State(s)] = float64(p)
		}
	}
}

func lane(t *testing.T, spans ...recording.Span) *recording.Track {
	return sample.Recording(t, func(w *recording.Writer) {
		id := w.AddLane(recording.Lane{Kind: recording.Thread, Name: "lane"})
		for _, s := range spans {
			w.Span(id, s)
		}
	}).Tracks()[0]
}

func TestMerge(t *testing.T) {
	const run, gil = recording.Running, recording.GIL
	type shares = map[recording.State]float64
	for _, c := range []struct {
		name     string
		spans    []recording.Span
		from, to time.Duration
		want     map[int]shares // of ten columns
	}{
		{"one span", []recording.Span{{Start: 2, End: 5, State: run}}, 0, 10, map[int]shares{2: {run: 1}, 3: {run: 1}, 4: {run: 1}}},
		{"half columns", []recording.Span{{Start: 5, End: 15, State: run}}, 0, 100, map[int]shares{0: {run: 0.5}, 1: {run: 0.5}}},
		{"within a column", []recording.Span{{Start: 41, End: 43, State: run}}, 0, 100, map[int]shares{4: {run: 0.2}}},
		{"to a column's edge", []recording.Span{{Start: 45, End: 50, State: run}, {Start: 50, End: 60, State: gil}}, 0, 100, map[int]shares{4: {run: 0.5}, 5: {gil: 1}}},
		{
			"neighbours share a column",
			[]recording.Span{{Start: 0, End: 25, State: run}, {Start: 25, End: 28, State: gil}, {Start: 28, End: 40, State: run}},
			0, 100,
			map[int]shares{0: {run: 1}, 1: {run: 1}, 2: {run: 0.7, gil: 0.3}, 3: {run: 1}},
		},
		{"longer than the view", []recording.Span{{Start: 0, End: 1000, State: run}}, 500, 510, map[int]shares{
			0: {run: 1}, 1: {run: 1}, 2: {run: 1}, 3: {run: 1}, 4: {run: 1}, 5: {run: 1}, 6: {run: 1}, 7: {run: 1}, 8: {run: 1}, 9: {run: 1},
		}},
		{"outside", []recording.Span{{Start: 0, End: 10, State: run}, {Start: 90, End: 99, State: run}}, 20, 80, map[int]shares{
			0: {0: 1}, 1: {0: 1}, 2: {0: 1}, 3: {0: 1}, 4: {0: 1}, 5: {0: 1}, 6: {0: 1}, 7: {0: 1}, 8: {0: 1}, 9: {0: 1},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := columns{t: t, shares: map[int]shares{}}
			merge(lane(t, c.spans...), newAxis(c.from, c.to, 10), 0, 10, &got)
			if len(got.shares) != len(c.want) {
				t.Errorf("columns %v, want %v", got.shares, c.want)
			}
			for column, want := range c.want {
				for s, p := range want {
					if math.Abs(got.shares[column][s]-p) > 1e-5 {
						t.Errorf("column %d: %v, want %v", column, got.shares[column], want)
					}
				}
			}
		})
	}
}

// TestMergeKeepsTheTime: whatever the spans and the view, the columns add up to the visible time in each state.
func TestMergeKeepsTheTime(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		track := lane(t, drawSpans(r)...)
		from := time.Duration(rapid.IntRange(0, 2000).Draw(r, "from"))
		a := newAxis(from, from+time.Duration(rapid.IntRange(1, 3000).Draw(r, "length")), rapid.IntRange(1, 200).Draw(r, "columns"))
		got := columns{t: t, shares: map[int]map[recording.State]float64{}}
		merge(track, a, 0, a.columns, &got)
		sums := map[recording.State]float64{}
		for column, shares := range got.shares {
			whole := 0.0
			for s, p := range shares {
				sums[s] += p / a.perNs
				whole += p
			}
			if column < 0 || column >= a.columns || whole > 1.0001 {
				r.Fatalf("column %d of %d has %v", column, a.columns, shares)
			}
		}
		left := float64(a.from) - a.shift/a.perNs // columns stand still: they begin up to half a one away
		right := left + float64(a.columns)/a.perNs
		for i := range track.Len() {
			s := track.Span(i)
			sums[s.State] -= max(min(float64(s.End), right)-max(float64(s.Start), left), 0)
		}
		for s, d := range sums {
			if math.Abs(d) > 0.01*float64(a.columns)/a.perNs/100+0.01 {
				r.Fatalf("%v has %.3f ns more in the picture than in the lane", s, d)
			}
		}
	})
}

// drawSpans makes up a lane of up to 40 spans within some 2 µs, with gaps.
func drawSpans(r *rapid.T) []recording.Span {
	var spans []recording.Span
	at := time.Duration(0)
	for range rapid.IntRange(1, 40).Draw(r, "spans") {
		at += time.Duration(max(rapid.IntRange(-40, 20).Draw(r, "gap"), 0))
		end := at + time.Duration(rapid.IntRange(1, 100).Draw(r, "span"))
		s := recording.State(rapid.IntRange(1, int(recording.Ready)).Draw(r, "state"))
		spans = append(spans, recording.Span{Start: at, End: end, State: s})
		at = end
	}
	return spans
}
