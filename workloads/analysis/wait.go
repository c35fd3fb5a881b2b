package analysis

import "regatta/workloads/recording"

// LargestWait is what the workers of a run waited for most, and the share of their lives that it took, 0 to 1; ok is false
// where they waited for nothing. Workers are the lanes that have no lanes inside them: who hands out work and then waits
// for its end would only hide what the work itself waited for.
func (s Summary) LargestWait() (state recording.State, share float64, ok bool) {
	inside := map[recording.LaneID]bool{}
	for _, l := range s.Lanes {
		if !l.Helper {
			inside[l.Parent] = true
		}
	}
	lives, waits := 0.0, map[recording.State]float64{}
	for _, l := range s.Lanes {
		if inside[l.ID] || l.Helper || l.Kind == recording.Interpreter { // which does what the thread in it does
			continue
		}
		lives += l.End - l.Start
		for _, state := range recording.States() {
			if state != recording.Unknown && !state.Working() {
				waits[state] += l.States[state.String()]
			}
		}
	}
	for _, of := range recording.States() { // in their order, so that of two equal ones it is always the same
		if t := waits[of]; lives > 0 && t/lives > share {
			state, share, ok = of, t/lives, true
		}
	}
	return state, share, ok
}
