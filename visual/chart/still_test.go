package chart

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"regatta/visual/internal/sample"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// noted is what a lane's columns were, by their number from the start of the recording.
type noted struct {
	base  int64
	whole map[int64]recording.State
	mixes map[int64]mixture
}

func note(t *recording.Track, a axis) noted {
	n := noted{a.base, map[int64]recording.State{}, map[int64]mixture{}}
	merge(t, a, 0, a.columns, n)
	return n
}

func (n noted) run(s recording.State, first, last int) {
	for i := first; i < last; i++ {
		n.whole[n.base+int64(i)] = s
	}
}

func (n noted) mixed(column int, m *mixture) { n.mixes[n.base+int64(column)] = *m }

// Columns are the same stretches of time wherever the view is moved, by pixels or by less.
func TestPanningDoesNotChangeColumns(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		track := lane(t, drawSpans(r)...)
		from := time.Duration(rapid.IntRange(-500, 1500).Draw(r, "from"))
		length := time.Duration(rapid.IntRange(100, 3000).Draw(r, "length"))
		columns := rapid.IntRange(1, 150).Draw(r, "columns")
		moved := from + time.Duration(rapid.IntRange(-50, 50).Draw(r, "moved"))
		before, after := note(track, newAxis(from, from+length, columns)), note(track, newAxis(moved, moved+length, columns))
		for column, m := range before.mixes {
			n, there := after.mixes[column]
			if _, run := after.whole[column]; !there && !run {
				continue // it was moved out of the view
			}
			for s := range m.share {
				if d := m.share[s] - n.share[s]; there && (d > 1e-4 || d < -1e-4) {
					r.Fatalf("column %d is %v, moved %v", column, m, n)
				}
			}
		}
		for column, s := range before.whole {
			if got, there := after.whole[column]; there && got != s {
				r.Fatalf("column %d is %v, moved %v", column, s, got)
			}
		}
	})
}

// painted is the fills of a lane's columns, the outermost band first.
func painted(t *recording.Track, v View) map[int][]scene.Packed {
	l := New(nil).layout(v, 0, 0) // of no recording: a lane's place does not matter
	var k ink
	b := newBrush(l, &k)
	b.row(0, func() { merge(t, l.axis, 0, l.axis.columns, b) })
	var s scene.Scene
	k.addTo(&s)
	fills := map[int][]scene.Packed{}
	for _, shape := range s.Shapes {
		if c, ok := shape.(*scene.Cells); ok {
			for i, column := range c.Columns {
				fills[int(column)] = c.Fills[i*len(c.Bands) : (i+1)*len(c.Bands)]
			}
		}
	}
	return fills
}

// A span too short to see is seen all the same: work within a wait at its full height, a wait within work in its own
// colour. Among very many it is hardly more than its share.
func TestShortSpansAreSeen(t *testing.T) {
	const run, gil = recording.Running, recording.GIL
	v := View{Width: 1200, Height: 500, To: time.Second, Theme: palette.Light}
	rapid.Check(t, func(r *rapid.T) {
		at := time.Duration(rapid.IntRange(int(100*ms), int(900*ms)).Draw(r, "at"))
		end := at + time.Duration(rapid.IntRange(1, 50_000).Draw(r, "length"))
		around, short := gil, run
		if rapid.Bool().Draw(r, "a wait in work") {
			around, short = run, gil
		}
		track := lane(t, recording.Span{End: at, State: around}, recording.Span{Start: at, End: end, State: short}, recording.Span{Start: end, End: time.Second, State: around})
		seen := 0
		for _, fills := range painted(track, v) {
			outer, inner := fills[0].NRGBA(), fills[len(fills)-1].NRGBA()
			switch {
			case short == run && outer.A >= 60:
				seen++
			case short == gil && inner.R > 40 && outer.R < 10 && outer.A > 240:
				seen++
			}
		}
		if seen < 1 || seen > 2 { // an edge may divide it
			r.Fatalf("%v from %v to %v is seen in %d columns", short, at, end, seen)
		}
	})
	many := sample.Recording(t, func(w *recording.Writer) {
		id := w.AddLane(recording.Lane{Kind: recording.Thread, End: recording.StillAlive})
		for at := time.Duration(0); at < time.Second; at += 10 * time.Microsecond {
			w.Span(id, recording.Span{Start: at, End: at + 50, State: gil})
			w.Span(id, recording.Span{Start: at + 50, End: at + 10*time.Microsecond, State: run})
		}
	})
	for column, fills := range painted(many.Tracks()[0], v) {
		if c := fills[len(fills)-1].NRGBA(); c.R > 60 || c.R < 20 {
			t.Fatalf("column %d with 0.5 %% of waits is %v", column, c)
		}
	}
}

// shares is what a column shows, of one state or of several.
func (n noted) shares(column int64) (all [mixtureStates]float32) {
	if m, mixed := n.mixes[column]; mixed {
		return m.share
	}
	if s, run := n.whole[column]; run {
		all[s] = 1
	}
	return all
}

// A column is the mean of the two that it becomes when the view is zoomed in.
func TestZoomingInResolvesTheMean(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		track := lane(t, drawSpans(r)...)
		columns := rapid.IntRange(1, 100).Draw(r, "columns")
		length := time.Duration(rapid.IntRange(50, 3000).Draw(r, "length"))
		far, near := note(track, newAxis(0, length, columns)), note(track, newAxis(0, length, 2*columns))
		for i := range int64(columns) {
			got, left, right := far.shares(i), near.shares(2*i), near.shares(2*i+1)
			for s := range got {
				if want := (left[s] + right[s]) / 2; got[s] > want+1e-3 || got[s] < want-1e-3 {
					r.Fatalf("column %d has %.4f of state %d, its halves %.4f and %.4f", i, got[s], s, left[s], right[s])
				}
			}
		}
	})
}
