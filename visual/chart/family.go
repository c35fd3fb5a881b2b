package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"regatta/workloads/recording"
)

// kin says who is inside whom.
type kin struct {
	parent map[recording.LaneID]recording.LaneID // NoLane for the first of a group
	inside map[recording.LaneID][]*recording.Track
	groups int // lanes that have others inside
}

// familiesOf finds everybody's relations. Processes are nobody's inside.
func (c *Chart) familiesOf(rows []row) kin {
	k := kin{map[recording.LaneID]recording.LaneID{}, map[recording.LaneID][]*recording.Track{}, 0}
	for _, r := range rows {
		if !isRoot(c.rec, r.track) {
			k.parent[r.track.ID] = r.track.Parent
		}
	}
	for _, r := range rows {
		k.ancestors(r.track.ID, func(id recording.LaneID) { k.inside[id] = append(k.inside[id], r.track) })
	}
	k.groups = len(k.inside)
	return k
}

// ancestors walks from a lane outwards. A damaged file may name a lane as its own ancestor: the walk is bounded.
func (k kin) ancestors(id recording.LaneID, each func(recording.LaneID)) {
	for range 16 {
		if id = k.parent[id]; id == recording.NoLane {
			return
		}
		each(id)
	}
}

// fold takes the lanes out that are inside of folded groups. What the user did not decide is folded where crowded.
func fold(rows []row, folds map[recording.LaneID]bool, k kin, crowded bool) []row {
	folded := func(id recording.LaneID) bool {
		if f, said := folds[id]; said {
			return f
		}
		return crowded
	}
	var left []row
	for _, r := range rows {
		hidden := false
		k.ancestors(r.track.ID, func(id recording.LaneID) { hidden = hidden || folded(id) })
		if hidden {
			continue
		}
		inside := k.inside[r.track.ID]
		if r.inside = len(inside); r.inside > 0 && folded(r.track.ID) {
			r.group = append([]*recording.Track{r.track}, inside...)
		}
		left = append(left, r)
	}
	return left
}

// filter leaves the lanes that were asked for; a group whose first lane is meant by its name stays whole.
func (c *Chart) filter(rows []row, n Lanes, k kin) []row {
	wanted := strings.ToLower(n.Filter)
	named := func(t *recording.Track) bool {
		text := laneName(t) + "\n" + t.Detail
		if t.PID != 0 {
			text += fmt.Sprintf("\n%d", t.PID)
		}
		return strings.Contains(strings.ToLower(text), wanted)
	}
	return slices.DeleteFunc(rows, func(r row) bool {
		if n.State != recording.Unknown && r.track.Total()[n.State] == 0 {
			return true
		}
		found := named(r.track)
		k.ancestors(r.track.ID, func(id recording.LaneID) { found = found || named(c.rec.Track(id)) })
		return !found
	})
}

// busiestFirst puts the groups that worked longest on top, and within each the lanes that did. The interpreter's helpers
// stay at the end.
func (c *Chart) busiestFirst(rows []row) []row {
	k := c.familiesOf(rows)
	worked := map[recording.LaneID]int64{}
	for _, r := range rows {
		own := int64(c.census.working(r.track))
		worked[r.track.ID] += own
		k.ancestors(r.track.ID, func(id recording.LaneID) { worked[id] += own })
	}
	children := map[recording.LaneID][]row{}
	for _, r := range rows {
		children[k.parent[r.track.ID]] = append(children[k.parent[r.track.ID]], r)
	}
	sorted := make([]row, 0, len(rows))
	placed := map[recording.LaneID]bool{}
	var add func(id recording.LaneID)
	add = func(id recording.LaneID) {
		slices.SortStableFunc(children[id], func(a, b row) int {
			return cmp.Or(compareBool(a.track.Helper, b.track.Helper), cmp.Compare(worked[b.track.ID], worked[a.track.ID]))
		})
		for _, r := range children[id] {
			if !placed[r.track.ID] {
				placed[r.track.ID] = true
				sorted = append(sorted, r)
				add(r.track.ID)
			}
		}
	}
	add(recording.NoLane)
	for _, r := range rows { // of a damaged file: lanes that are each other's parent
		if !placed[r.track.ID] {
			sorted = append(sorted, r)
		}
	}
	return sorted
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
