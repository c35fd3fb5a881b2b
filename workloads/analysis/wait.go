package analysis

import "regatta/workloads/recording"

// LargestWait is what the workers of a run waited for most, and the share of their lives that it took, 0 to 1; ok is false
// where they waited for nothing.
func (s Summary) LargestWait() (state recording.State, share float64, ok bool) {
	return largestWait(s.workers())
}

func largestWait(workers []Lane, among ...recording.State) (state recording.State, share float64, ok bool) {
	if len(among) == 0 {
		among = recording.States()
	}
	for _, of := range among { // in their order, so that of two equal ones it is always the same
		if of == recording.Unknown || of.Working() {
			continue
		}
		if t := shareOf(workers, of); t > share {
			state, share, ok = of, t, true
		}
	}
	return state, share, ok
}

// shareOf is the share of the lanes' lives that was spent in some states, 0 where they had none.
func shareOf(lanes []Lane, states ...recording.State) float64 {
	lives, sum := 0.0, 0.0
	for _, l := range lanes {
		lives += l.life()
		sum += l.in(states...)
	}
	if lives <= 0 {
		return 0
	}
	return sum / lives
}
