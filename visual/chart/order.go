package chart

import "regatta/workloads/recording"

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
		rows = append(rows, row{track: t, depth: depth})
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
