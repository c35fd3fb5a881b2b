package chart

import (
	"math"
	"testing"
	"time"

	"regatta/visual/internal/sample"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

const ms = time.Millisecond

func TestAxisEnd(t *testing.T) {
	for _, c := range []struct{ seen, want time.Duration }{
		{0, time.Second},
		{1, ms},
		{30 * ms, 30 * ms},
		{554 * ms, 600 * ms},
		{1130 * ms, 1200 * ms},
		{1201 * ms, 1500 * ms},
		{9 * time.Second, 10 * time.Second},
		{math.MaxInt64, math.MaxInt64},
	} {
		if got := AxisEnd(c.seen); got != c.want {
			t.Errorf("AxisEnd(%v) = %v, want %v", c.seen, got, c.want)
		}
	}
}

func TestAxisEndMovesInFewSteps(t *testing.T) {
	steps, last := 0, time.Duration(0)
	for seen := 100 * ms; seen <= 10*time.Second; seen += 100 * ms {
		end := AxisEnd(seen)
		if end < seen || end < last {
			t.Fatalf("AxisEnd(%v) = %v after %v", seen, end, last)
		}
		if end != last {
			steps, last = steps+1, end
		}
	}
	if steps > 21 {
		t.Errorf("the axis moved %d times in 100 frames", steps)
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		from, to, least time.Duration
		want            []string
	}{
		{0, 600 * ms, 60 * ms, []string{"0 ms", "100 ms", "200 ms", "300 ms", "400 ms", "500 ms", "600 ms"}},
		{0, 1500 * ms, 210 * ms, []string{"0 ms", "500 ms", "1000 ms", "1500 ms"}},
		{0, 2 * time.Second, 300 * ms, []string{"0.0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s"}},
		{0, 50 * time.Microsecond, 15 * time.Microsecond, []string{"0 µs", "20 µs", "40 µs"}},
		{1230 * ms, 1231 * ms, 400 * time.Microsecond, []string{"1230.0 ms", "1230.5 ms", "1231.0 ms"}},
		{0, 5 * time.Minute, 70 * time.Second, []string{"0:00 min", "2:00 min", "4:00 min"}},
		{3 * ms, 7 * ms, ms + 1, []string{"4 ms", "6 ms"}},
	} {
		var got []string
		for _, k := range ticks(c.from, c.to, c.least) {
			got = append(got, k.label)
		}
		if len(got) != len(c.want) {
			t.Errorf("%v to %v: %q, want %q", c.from, c.to, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%v to %v: %q, want %q", c.from, c.to, got, c.want)
				break
			}
		}
	}
}

func TestTicksAreBounded(t *testing.T) {
	if n := len(ticks(0, time.Hour, 1)); n > 1000 {
		t.Errorf("%d ticks", n)
	}
}

func TestThinKeepsExtremes(t *testing.T) {
	var points []scene.Point
	for i := range 1000 {
		y := 5.0
		switch i {
		case 333:
			y = 100
		case 334:
			y = -100
		}
		points = append(points, scene.Point{X: float64(i) / 100, Y: y})
	}
	kept := thin(points, 1)
	low, high := math.Inf(1), math.Inf(-1)
	for i, p := range kept {
		low, high = min(low, p.Y), max(high, p.Y)
		if i > 0 && p.X < kept[i-1].X {
			t.Fatalf("point %d goes back", i)
		}
	}
	if len(kept) > 40 || low != -100 || high != 100 {
		t.Errorf("%d points from %g to %g", len(kept), low, high)
	}
	if kept[0] != points[0] || kept[len(kept)-1] != points[999] {
		t.Error("the ends are lost")
	}
}

func TestOrderKeepsRowsWhileLive(t *testing.T) {
	names := func(rec *recording.Recording) (all []string) {
		for _, r := range order(rec) {
			all = append(all, r.track.Name)
		}
		return all
	}
	fill := func(w *recording.Writer) {
		main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "main"})
		w.AddLane(recording.Lane{Kind: recording.Process, Name: "helper", Parent: main, Helper: true})
		child := w.AddLane(recording.Lane{Kind: recording.Process, Name: "child", Parent: main})
		w.AddLane(recording.Lane{Kind: recording.Thread, Name: "main's", Parent: main})
		w.AddLane(recording.Lane{Kind: recording.Thread, Name: "child's", Parent: child})
	}
	live := names(sample.Recording(t, fill))
	if want := []string{"main", "helper", "child", "main's", "child's"}; !equal(live, want) {
		t.Errorf("live: %q, want the order of appearance %q", live, want)
	}
	finished := names(sample.Recording(t, func(w *recording.Writer) {
		fill(w)
		if err := w.Finish(recording.End{}); err != nil {
			t.Error(err)
		}
	}))
	if want := []string{"main", "main's", "child", "child's", "helper"}; !equal(finished, want) {
		t.Errorf("finished: %q, want families together %q", finished, want)
	}
}

func TestOrderOfALoop(t *testing.T) {
	rec := sample.Recording(t, func(w *recording.Writer) {
		w.AddLane(recording.Lane{Kind: recording.Thread, Name: "a", Parent: 2})
		w.AddLane(recording.Lane{Kind: recording.Thread, Name: "b", Parent: 1})
		if err := w.Finish(recording.End{}); err != nil {
			t.Error(err)
		}
	})
	if n := len(order(rec)); n != 2 {
		t.Errorf("%d rows of 2 lanes that are each other's parent", n)
	}
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestCensusCountsEachSpanOnce(t *testing.T) {
	rec := sample.Threads(t)
	var c census
	for range 3 {
		c.count(rec)
	}
	for _, track := range rec.Tracks() {
		want := time.Duration(0)
		for i := range track.Len() {
			if s := track.Span(i); s.State.Working() {
				want += s.Duration()
			}
		}
		if got := c.working(track); got != want {
			t.Errorf("%s worked %v, want %v", track.Name, got, want)
		}
	}
	if want := uint16(1<<recording.Start | 1<<recording.Running | 1<<recording.Lock | 1<<recording.GIL); c.states != want {
		t.Errorf("states %b, want %b", c.states, want)
	}
}
