package timeline

import (
	"maps"

	"regatta/visual/chart"
	"regatta/workloads/recording"
)

// only leaves the lanes that were in a state, or all of them again.
func (t *Timeline) only(s recording.State) {
	if t.lanes.State == s {
		s = recording.Unknown
	}
	t.lanes.State, t.lanes.First = s, 0
	t.pace.want(true)
}

// nextState goes through the states of the legend and back to all.
func (t *Timeline) nextState() {
	var states []recording.State
	t.ask(func(c *chart.Chart, v chart.View) { states = c.States() })
	states = append([]recording.State{recording.Unknown}, states...)
	for i, s := range states {
		if s == t.lanes.State {
			t.lanes.State, t.lanes.First = states[(i+1)%len(states)], 0
			break
		}
	}
	t.pace.want(true)
}

// fold folds a group or unfolds it.
func (t *Timeline) fold(id recording.LaneID) {
	var folded bool
	t.ask(func(c *chart.Chart, v chart.View) { folded = c.Folded(v, id) })
	t.setFolds(!folded, id)
}

// foldAll folds all groups, or unfolds them where one is folded.
func (t *Timeline) foldAll() {
	var groups []recording.LaneID
	folded := false
	t.ask(func(c *chart.Chart, v chart.View) {
		for _, id := range c.Groups() {
			groups = append(groups, id)
			folded = folded || c.Folded(v, id)
		}
	})
	t.setFolds(!folded, groups...)
}

func (t *Timeline) setFolds(folded bool, ids ...recording.LaneID) {
	folds := maps.Clone(t.lanes.Folds) // the painting goroutine may be reading the old ones
	if folds == nil {
		folds = map[recording.LaneID]bool{}
	}
	for _, id := range ids {
		folds[id] = folded
	}
	t.lanes.Folds = folds
	t.pace.want(true)
}

// page scrolls the lanes by a page.
func (t *Timeline) page(by int) {
	shown := 0
	t.ask(func(c *chart.Chart, v chart.View) { _, shown = c.Rows(v) })
	t.ScrollLanes(by * max(shown-1, 1))
}

// selectLane selects the lane so many rows below the selected one, in the same moment.
func (t *Timeline) selectLane(by int) {
	t.ask(func(c *chart.Chart, v chart.View) {
		if t.selected.Lane == recording.NoLane {
			by, t.selected.At = 0, -1
		}
		id, row := c.Neighbour(v, t.selected.Lane, by)
		t.selected.Lane = id
		t.reveal(c, v, row)
	})
	t.pace.want(true)
}

// reveal scrolls a row into the picture.
func (t *Timeline) reveal(c *chart.Chart, v chart.View, row int) {
	if total, shown := c.Rows(v); shown < total {
		t.lanes.First = min(max(t.lanes.First, row-shown+1), row)
	}
}

// step selects the next span of the selected lane, or the one before, and brings it into view.
func (t *Timeline) step(forward bool) {
	t.ask(func(c *chart.Chart, v chart.View) { t.selected = c.Step(v, forward) })
	t.revealSelected()
}

// blocker selects what the lane that the selected one waited for did meanwhile.
func (t *Timeline) blocker() {
	t.ask(func(c *chart.Chart, v chart.View) {
		_, s, ok := c.SelectedSpan(t.selected)
		if !ok || t.rec.Track(s.Blocker) == nil {
			return
		}
		t.selected = chart.Selection{Lane: s.Blocker, At: max(t.selected.At, s.Start)}
		_, row := c.Neighbour(v, s.Blocker, 0)
		t.reveal(c, v, row)
	})
	t.revealSelected()
}

func (t *Timeline) revealSelected() {
	var s recording.Span
	var ok bool
	t.ask(func(c *chart.Chart, v chart.View) { _, s, ok = c.SelectedSpan(t.selected) })
	if length := t.to - t.from; ok && (s.End <= t.from || s.Start >= t.to) {
		t.show(s.Start-length/4, s.Start-length/4+length)
	}
	t.pace.want(true)
}

// measureSelected measures the selected span, or else what is in view.
func (t *Timeline) measureSelected() {
	t.ask(func(c *chart.Chart, v chart.View) {
		t.stretch = chart.Stretch{From: v.From, To: min(v.To, max(t.seen(), v.From))}
		if _, s, ok := c.SelectedSpan(t.selected); ok {
			t.stretch = chart.Stretch{From: s.Start, To: s.End}
		}
	})
	t.pace.want(true)
}
