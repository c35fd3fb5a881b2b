package chart

import (
	"maps"
	"time"

	"regatta/workloads/recording"
)

// Lanes says which lanes a view shows. The zero value shows all of them.
type Lanes struct {
	Filter string // only lanes with this in their name, function or process id; case does not matter
	// State leaves the lanes that were in this state at some time, and lets their other states fade. Unknown leaves all.
	State recording.State
	// Folds says of groups that the user folded (true) or unfolded (false) that it is so. It must not change once a view
	// has it: it is copied instead.
	Folds map[recording.LaneID]bool
	First int // how many rows lie above the first one that is shown
}

func (n Lanes) filtered() bool { return n.Filter != "" || n.State != recording.Unknown }

// row is a lane's place in the order from top to bottom.
type row struct {
	track  *recording.Track
	depth  int                // of indentation
	inside int                // how many lanes its group has beside it; 0 where it is no group's first
	group  []*recording.Track // of a folded group, itself first: the row shows their mean
}

// rowsKey lists all that the rows depend on.
type rowsKey struct {
	rec   *recording.Recording
	grown int
	lanes Lanes
	fit   int
}

func (k rowsKey) equal(o rowsKey) bool {
	return k.rec == o.rec && k.grown == o.grown && k.fit == o.fit && k.lanes.Filter == o.lanes.Filter &&
		k.lanes.State == o.lanes.State && maps.Equal(k.lanes.Folds, o.lanes.Folds)
}

// rowsOf is the rows from top to bottom of which fit find room at once. Groups stay together. Where there are more than
// fit, those of a finished run come busiest first, and groups that the user did not touch are folded; a live run keeps
// its rows where they are.
func (c *Chart) rowsOf(n Lanes, fit int) []row {
	if c.rec == nil {
		return nil
	}
	key := rowsKey{rec: c.rec, grown: c.rec.Grown(), lanes: n, fit: fit}
	finished := c.rec.End != nil
	if c.rowsAre != nil && c.rowsKey.equal(key) {
		return c.rowsAre
	}
	rows := order(c.rec)
	if finished && len(rows) > fit {
		rows = c.busiestFirst(rows)
	}
	f := c.familiesOf(rows)
	if n.filtered() {
		rows = c.filter(rows, n, f)
	} else {
		rows = fold(rows, n.Folds, f, finished && len(rows) > fit && f.groups > 1)
	}
	c.rowsAre, c.rowsKey = rows, key
	return rows
}

// timeIn is how long all lanes were in a state.
func (c *Chart) timeIn(s recording.State) (sum time.Duration) {
	for _, t := range c.rec.Tracks() {
		sum += t.Total()[s]
	}
	return sum
}
