package chart

import (
	"math"
	"testing"
	"time"

	"regatta/visual/internal/sample"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// memoryOf writes processes' memory: each a list of times in ms and values, NaN for a missing one.
func memoryOf(t *testing.T, processes ...[]float64) *recording.Recording {
	return sample.Recording(t, func(w *recording.Writer) {
		for i, list := range processes {
			id := w.AddSeries(recording.SeriesInfo{Quantity: recording.RSS, PID: i + 1})
			for k := 0; k < len(list); k += 2 {
				w.Point(id, recording.Point{At: time.Duration(list[k]) * ms, Value: list[k+1]})
			}
		}
		if err := w.Finish(recording.End{Wall: 100 * ms}); err != nil {
			t.Error(err)
		}
	})
}

func TestStackAddsUp(t *testing.T) {
	nan := math.NaN()
	rec := memoryOf(t, []float64{0, 10, 20, 30, 40, 30}, []float64{10, 100, 20, nan, 30, 100, 40, 100})
	st := stackOf(rec, rec.Series(recording.RSS), 0, 100*ms, 0)
	at := func(when time.Duration) float64 {
		for i, d := range st.times {
			if d == when {
				return st.total[i]
			}
		}
		return -1
	}
	for _, c := range []struct {
		at   time.Duration
		want float64
	}{{0, 10}, {10*ms - 1, 20}, {10 * ms, 120}, {20 * ms, nan}, {30 * ms, 130}, {40 * ms, 130}, {100 * ms, 130}} {
		got := at(c.at)
		if math.IsNaN(c.want) != math.IsNaN(got) || !math.IsNaN(got) && math.Abs(got-c.want) > 0.001 {
			t.Errorf("at %v: %g, want %g", c.at, got, c.want)
		}
	}
	if i := st.peak(); st.total[i] != 130 {
		t.Errorf("peak %g", st.total[i])
	}
}

func TestStackOfNothing(t *testing.T) {
	rec := memoryOf(t, []float64{})
	if st := stackOf(rec, rec.Series(recording.RSS), 0, time.Second, 0); st.peak() >= 0 {
		t.Errorf("nothing has a peak: %+v", st)
	}
}

// TestLinesBreakAtGaps: no line and no area reaches across a sample that is missing.
func TestLinesBreakAtGaps(t *testing.T) {
	rec := sample.Gaps(t)
	v := View{Width: 1120, Height: 600}.Whole(rec)
	c := New(rec)
	s := c.Draw(v)
	l := c.layout(v, 0, 0)
	gap := func(at time.Duration) float64 { return l.x(l.axis.column(at)) }
	spanning := func(points []scene.Point) bool {
		for i := range len(points) - 1 {
			if points[i].X < gap(110*ms) && points[i+1].X > gap(150*ms) {
				return true
			}
		}
		return false
	}
	lines := 0
	var look func(shapes []scene.Shape)
	look = func(shapes []scene.Shape) {
		for _, shape := range shapes {
			switch shape := shape.(type) {
			case *scene.Clip:
				look(shape.Shapes)
			case scene.Polyline:
				lines++
				if spanning(shape.Points) {
					t.Error("a line crosses the gap")
				}
			case scene.Polygon:
				low, high := math.Inf(1), math.Inf(-1)
				for _, p := range shape.Points {
					low, high = min(low, p.X), max(high, p.X)
				}
				if low < gap(110*ms) && high > gap(150*ms) {
					t.Error("an area crosses the gap")
				}
			}
		}
	}
	look(s.Shapes)
	if lines < 2*3+2 {
		t.Errorf("%d lines, want three for each of two cores and two of memory", lines)
	}
}

func TestCursorValues(t *testing.T) {
	rec := memoryOf(t, []float64{0, 10e6, 50, 20e6}, []float64{0, 5e6, 50, 5e6})
	v := View{Width: 800, Height: 500, To: 100 * ms}
	cur := New(rec).Cursor(v, 60*ms)
	if n := len(cur.Readouts); n == 0 || cur.Readouts[n-1].Text != "25.0 MB" {
		t.Errorf("readouts %+v, want the sum of both processes", cur.Readouts)
	}
}
