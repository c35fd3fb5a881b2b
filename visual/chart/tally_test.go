package chart

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"regatta/visual/internal/sample"
	"regatta/workloads/recording"
)

// shared is how much of the columns each state has, on the whole.
func (c *crowd) shared() (all [mixtureStates]float64) {
	for i := range c.columns {
		for s, part := range c.columns[i].share {
			all[s] += float64(part)
		}
	}
	return all
}

// What was added up in steps is what the lanes are: the same on the whole, and in each column but for what the step at
// its edges takes to its neighbour.
func TestTallyIsWhatTheLanesAre(t *testing.T) {
	rec := sample.Many(t, 40, 40_000)
	var steps, lanes crowd
	rapid.Check(t, func(r *rapid.T) {
		length := int(rec.Seen())
		from := time.Duration(rapid.IntRange(-length/4, length/2).Draw(r, "from"))
		a := newAxis(from, from+time.Duration(rapid.IntRange(length/2, length).Draw(r, "length")), rapid.IntRange(20, 80).Draw(r, "columns"))
		group := rec.Tracks()[rapid.IntRange(0, 5).Draw(r, "first"):rapid.IntRange(30, 40).Draw(r, "last")]
		if y := steps.tallyOf(1, group); y == nil || a.each < float64(y.width) {
			r.Fatalf("columns of %.0f ns are not added up in steps", a.each)
		}
		steps.countAll(1, group, a)
		lanes.count(group, a, 0, a.columns)
		got, want := steps.shared(), lanes.shared()
		for s := range want {
			if d := got[s] - want[s]; d > 0.5 || d < -0.5 {
				r.Fatalf("state %d has %.2f columns, want %.2f", s, got[s], want[s])
			}
		}
		for i := range a.columns {
			for s := range want {
				if d := steps.mean(i).share[s] - lanes.mean(i).share[s]; d > 0.2 || d < -0.2 {
					r.Fatalf("column %d of %d: state %d has %.3f, want %.3f", i, a.columns, s, steps.mean(i).share[s], lanes.mean(i).share[s])
				}
			}
		}
	})
}

// A tally that followed lanes which grew, came and went is the same as one that is made anew.
func TestTallyFollows(t *testing.T) {
	rec := sample.Many(t, 40, 40_000)
	var followed tally
	for _, group := range [][]*recording.Track{rec.Tracks()[:30], rec.Tracks()[5:40], rec.Tracks()[1:2], rec.Tracks()} {
		followed.follow(group, 40_000, rec.Seen())
		var fresh tally
		fresh.follow(group, 40_000, rec.Seen())
		if !slices.Equal(followed.parts, fresh.parts) || !slices.Equal(followed.edges, fresh.edges) || !slices.Equal(followed.spans, fresh.spans) {
			t.Fatalf("%d lanes: the steps differ from those of a fresh tally", len(group))
		}
	}
}
