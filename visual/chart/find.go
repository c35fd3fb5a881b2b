package chart

import (
	"maps"
	"slices"

	"regatta/workloads/recording"
)

// Groups lists the lanes that have others inside, so that all of them can be folded or unfolded.
func (c *Chart) Groups() []recording.LaneID {
	if c.rec == nil {
		return nil
	}
	k := c.familiesOf(order(c.rec))
	return slices.Sorted(maps.Keys(k.inside))
}

// Rows is how many rows a view has, and how many of them it shows at once.
func (c *Chart) Rows(v View) (total, shown int) {
	c.census.count(c.rec)
	l := c.layout(v, 0, 0)
	return l.total, len(l.rows)
}

// Neighbour is the lane that lies so many rows below another one, or above for a negative by; the first or the last one
// of all where there is none. row is its place among all rows.
func (c *Chart) Neighbour(v View, id recording.LaneID, by int) (lane recording.LaneID, row int) {
	c.census.count(c.rec)
	l := c.layout(v, 0, 0)
	if len(l.all) == 0 {
		return recording.NoLane, 0
	}
	at := l.rowOf(id)
	if at < 0 {
		at, by = l.first, 0
	}
	at = min(max(at+by, 0), len(l.all)-1)
	return l.all[at].track.ID, at
}

// rowOf is the row among all that shows a lane, in its group where that is folded, -1 where none does.
func (l *layout) rowOf(id recording.LaneID) int {
	return slices.IndexFunc(l.all, func(r row) bool {
		return r.track.ID == id || slices.ContainsFunc(r.group, func(t *recording.Track) bool { return t.ID == id })
	})
}

// Folded tells whether a group's lanes are hidden in a view.
func (c *Chart) Folded(v View, id recording.LaneID) bool {
	c.census.count(c.rec)
	l := c.layout(v, 0, 0)
	i := l.rowOf(id)
	return i >= 0 && l.all[i].group != nil
}

// States lists the states that occur, in the order of the legend.
func (c *Chart) States() (states []recording.State) {
	c.census.count(c.rec)
	for _, s := range recording.States() {
		if s != recording.Unknown && c.census.states&(1<<s) != 0 {
			states = append(states, s)
		}
	}
	return states
}
