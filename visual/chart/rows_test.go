package chart

import (
	"fmt"
	"testing"
	"time"

	"regatta/visual/internal/sample"
	"regatta/workloads/recording"
)

// named lists the names of rows, a folded group's with the number of its lanes.
func named(rows []row) []string {
	all := []string{}
	for _, r := range rows {
		name := r.track.Name
		if r.group != nil {
			name += fmt.Sprintf(" (%d)", len(r.group))
		}
		all = append(all, name)
	}
	return all
}

// crew is a main process with two threads, and another process with one: 5 lanes.
func crew(t *testing.T) *recording.Recording {
	return sample.Recording(t, func(w *recording.Writer) {
		lane := func(kind recording.Kind, name string, parent recording.LaneID, works time.Duration, state recording.State) recording.LaneID {
			id := w.AddLane(recording.Lane{Kind: kind, Name: name, Parent: parent, Detail: "detail of " + name, PID: int(parent) + 70, End: recording.StillAlive})
			w.Span(id, recording.Span{End: works, State: recording.Running})
			w.Span(id, recording.Span{Start: works, End: 100 * ms, State: state})
			return id
		}
		main := lane(recording.Process, "main", 0, 1*ms, recording.Lock)
		lane(recording.Thread, "lazy", main, 2*ms, recording.IO)
		lane(recording.Thread, "busy", main, 30*ms, recording.GIL)
		child := lane(recording.Process, "child", main, 50*ms, recording.Lock)
		lane(recording.Thread, "child's", child, 3*ms, recording.Sleep)
		if err := w.Finish(recording.End{Wall: 100 * ms}); err != nil {
			t.Error(err)
		}
	})
}

func TestRows(t *testing.T) {
	fold := func(folded bool, ids ...recording.LaneID) map[recording.LaneID]bool {
		folds := map[recording.LaneID]bool{}
		for _, id := range ids {
			folds[id] = folded
		}
		return folds
	}
	c := New(crew(t))
	c.census.count(c.rec)
	for _, test := range []struct {
		name  string
		lanes Lanes
		fit   int
		want  []string
	}{
		{"room for all", Lanes{}, 5, []string{"main", "lazy", "busy", "child", "child's"}},
		{"no room: groups fold, the busiest first", Lanes{}, 4, []string{"child (2)", "main (3)"}},
		{"the user unfolds one", Lanes{Folds: fold(false, 1)}, 4, []string{"child (2)", "main", "busy", "lazy"}},
		{"the user folds one", Lanes{Folds: fold(true, 1)}, 9, []string{"main (3)", "child", "child's"}},
		{"a name", Lanes{Filter: "BUS"}, 5, []string{"busy"}},
		{"a function", Lanes{Filter: "detail of lazy"}, 5, []string{"lazy"}},
		{"a group's name", Lanes{Filter: "child"}, 5, []string{"child", "child's"}},
		{"a process id", Lanes{Filter: "71"}, 5, []string{"lazy", "busy", "child", "child's"}},
		{"a filter looks into folds", Lanes{Filter: "busy", Folds: fold(true, 1)}, 5, []string{"busy"}},
		{"a state", Lanes{State: recording.Lock}, 5, []string{"main", "child"}},
		{"a state and a name", Lanes{State: recording.Lock, Filter: "main"}, 5, []string{"main"}},
		{"nothing is found", Lanes{Filter: "xyz"}, 5, []string{}},
	} {
		for range 2 { // the second time they are kept
			if got := named(c.rowsOf(test.lanes, test.fit)); !equal(got, test.want) {
				t.Errorf("%s: %q, want %q", test.name, got, test.want)
			}
		}
	}
	if got := c.Groups(); len(got) != 2 || got[0] != 1 {
		t.Errorf("groups %v", got)
	}
}

func TestRowsOfALoop(t *testing.T) {
	rec := sample.Recording(t, func(w *recording.Writer) {
		w.AddLane(recording.Lane{Kind: recording.Thread, Name: "a", Parent: 2})
		w.AddLane(recording.Lane{Kind: recording.Thread, Name: "b", Parent: 1})
		if err := w.Finish(recording.End{}); err != nil {
			t.Error(err)
		}
	})
	c := New(rec)
	c.census.count(rec)
	if n := len(c.rowsOf(Lanes{Folds: map[recording.LaneID]bool{1: false, 2: false}}, 1)); n != 2 {
		t.Errorf("%d rows of 2 lanes that are each other's parent", n)
	}
}

func TestScrollThroughAll(t *testing.T) {
	rec := sample.Many(t, 200, 4000)
	c := New(rec)
	v := View{Width: 1000, Height: 500, Theme: nil}.Whole(rec)
	total, shown := c.Rows(v)
	if total != 200 || shown >= total || shown < 5 {
		t.Fatalf("%d of %d rows are shown", shown, total)
	}
	seen := map[recording.LaneID]bool{}
	for v.Lanes.First = 0; v.Lanes.First < total; v.Lanes.First += shown {
		l := c.layout(v, 0, 0)
		if len(l.rows)+len(l.rest) != total {
			t.Fatalf("%d rows and %d in the rest", len(l.rows), len(l.rest))
		}
		for _, r := range l.rows {
			seen[r.track.ID] = true
		}
		if got := c.Draw(v); len(got.Shapes) == 0 {
			t.Fatal("nothing is drawn")
		}
	}
	if len(seen) != total {
		t.Errorf("scrolling shows %d of %d lanes", len(seen), total)
	}
	v.Lanes.First = 1e6
	if l := c.layout(v, 0, 0); l.first != total-shown {
		t.Errorf("scrolled too far the first row is %d", l.first)
	}
	l := c.layout(View{Width: 1000, Height: 500, To: time.Second}, 0, 0)
	least := c.census.working(l.rows[len(l.rows)-1].track)
	for _, track := range l.rest {
		if w := c.census.working(track); w > least && track.Kind != recording.Process {
			t.Errorf("%s works %v, longer than a lane that is shown (%v)", track.Name, w, least)
		}
	}
}

func TestLiveRowsStay(t *testing.T) {
	live := sample.Gaps(t)
	c := New(live)
	v := View{Width: 800, Height: 220}.Whole(live)
	before := named(c.layout(v, 0, 0).all)
	if want := []string{"MainThread", "Task-2", "Task-3"}; !equal(before, want) {
		t.Errorf("live rows %q, want those that came first, first: %q", before, want)
	}
}

// TestCrowdIsTheMean: a row that stands for many lanes shows the mean of those that live.
func TestCrowdIsTheMean(t *testing.T) {
	rec := sample.Recording(t, func(w *recording.Writer) {
		for i := range 4 {
			id := w.AddLane(recording.Lane{Kind: recording.Thread, Name: "lane", End: recording.StillAlive})
			state := recording.Running
			if i > 0 {
				state = recording.GIL
			}
			if i < 2 {
				w.Span(id, recording.Span{End: 100, State: state})
			} else { // lives for the second half only
				w.Span(id, recording.Span{Start: 50, End: 100, State: state})
			}
		}
	})
	var sum crowd
	sum.count(rec.Tracks(), newAxis(0, 100, 10), 0, 10)
	for column, want := range map[int]float32{0: 0.5, 4: 0.5, 5: 0.25, 9: 0.25} {
		for range 2 {
			if got := sum.mean(column).share[recording.Running]; got != want {
				t.Errorf("column %d: %.2f run, want %.2f", column, got, want)
			}
		}
	}
}

func TestLiveGroupsDoNotFoldByThemselves(t *testing.T) {
	rec := sample.Recording(t, func(w *recording.Writer) {
		for range 3 {
			p := w.AddLane(recording.Lane{Kind: recording.Process, Name: "process", End: recording.StillAlive})
			w.AddLane(recording.Lane{Kind: recording.Thread, Name: "thread", Parent: p, End: recording.StillAlive})
		}
	})
	if got := named(New(rec).rowsOf(Lanes{}, 2)); len(got) != 6 {
		t.Errorf("of 6 lanes of a live run that do not fit the rows are %q", got)
	}
}
