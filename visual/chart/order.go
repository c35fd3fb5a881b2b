package chart

import (
	"cmp"
	"slices"

	"regatta/workloads/recording"
)

// row is a lane's place in the order from top to bottom.
type row struct {
	track *recording.Track
	depth int // of indentation
}

// order is the lanes from top to bottom. While a run is live that is the order in which they were seen, so that a lane
// keeps its row. Afterwards each process is followed by its own lanes, and the interpreter's helpers come last.
func order(rec *recording.Recording) []row {
	if rec == nil {
		return nil
	}
	tracks := rec.Tracks()
	rows := make([]row, 0, len(tracks))
	if rec.End == nil {
		for _, t := range tracks {
			rows = append(rows, row{track: t})
		}
		return rows
	}
	children, processes := families(rec)
	placed := make(map[recording.LaneID]bool, len(tracks))
	var add func(t *recording.Track, depth int)
	add = func(t *recording.Track, depth int) {
		if placed[t.ID] { // a damaged file may name a lane as its own ancestor
			return
		}
		placed[t.ID] = true
		rows = append(rows, row{t, depth})
		for _, child := range children[t.ID] {
			add(child, min(depth+1, 2))
		}
	}
	for _, helpers := range []bool{false, true} {
		for _, t := range tracks {
			if t.Helper == helpers && isRoot(rec, t) {
				add(t, 0)
			}
		}
	}
	for _, t := range tracks {
		add(t, 0)
	}
	if processes == 1 { // nothing to tell apart
		for i := range rows {
			rows[i].depth = 0
		}
	}
	return rows
}

// families maps each lane to the lanes inside it and counts the processes. Processes are nobody's inside: those that a
// process started stand beside it.
func families(rec *recording.Recording) (children map[recording.LaneID][]*recording.Track, processes int) {
	children = map[recording.LaneID][]*recording.Track{}
	for _, t := range rec.Tracks() {
		if t.Kind == recording.Process {
			processes++
		}
		if !isRoot(rec, t) {
			children[t.Parent] = append(children[t.Parent], t)
		}
	}
	return children, processes
}

func isRoot(rec *recording.Recording, t *recording.Track) bool {
	return t.Kind == recording.Process || rec.Track(t.Parent) == nil
}

// choose leaves the n rows that matter most, in their order: those of a live run that came first; afterwards processes,
// then the lanes that worked longest.
func (c *Chart) choose(rows []row, n int) []row {
	if len(rows) <= n {
		return rows
	}
	if c.rec.End == nil {
		return rows[:n]
	}
	byWeight := slices.Clone(rows)
	slices.SortStableFunc(byWeight, func(a, b row) int {
		return cmp.Or(
			-compareBool(a.track.Kind == recording.Process, b.track.Kind == recording.Process),
			-cmp.Compare(c.census.working(a.track), c.census.working(b.track)))
	})
	chosen := make(map[recording.LaneID]bool, n)
	for _, r := range byWeight[:n] {
		chosen[r.track.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return !chosen[r.track.ID] })
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
