//go:build cgo

package window

import (
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

// wait is what the workers of a run waited for most, and the share of their lives that it took, 0 to 1.
type wait struct {
	state recording.State // Unknown where they waited for nothing
	share float64
}

// largestWait finds it. Workers are the lanes that have no lanes inside them: who hands out work and then waits for its
// end would only hide what the work itself waited for.
func largestWait(rec *recording.Recording, s analysis.Summary) wait {
	parents := map[recording.LaneID]bool{}
	helper := func(id recording.LaneID) bool {
		t := rec.Track(id)
		return t != nil && t.Helper
	}
	for _, l := range s.Lanes {
		if !helper(l.ID) {
			parents[l.Parent] = true
		}
	}
	lives, waits := 0.0, map[recording.State]float64{}
	for _, l := range s.Lanes {
		if parents[l.ID] || helper(l.ID) {
			continue
		}
		lives += l.End - l.Start
		for _, state := range recording.States() {
			if state != recording.Unknown && !state.Working() {
				waits[state] += l.States[state.String()]
			}
		}
	}
	var largest wait
	for _, state := range recording.States() { // in their order, so that of two equal ones it is always the same
		if t := waits[state]; lives > 0 && t/lives > largest.share {
			largest = wait{state, t / lives}
		}
	}
	return largest
}
