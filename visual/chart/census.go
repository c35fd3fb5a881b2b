package chart

import (
	"time"

	"regatta/workloads/recording"
)

// census is which states a recording holds. It looks at the sums of each lane, never at spans.
type census struct {
	states uint16 // a bit for each state that occurs
}

func (c *census) count(rec *recording.Recording) {
	if rec == nil {
		return
	}
	for _, t := range rec.Tracks() {
		for s, d := range t.Total() {
			if d > 0 {
				c.states |= 1 << s
			}
		}
	}
}

// working is how long a lane worked.
func (census) working(t *recording.Track) (sum time.Duration) {
	for s, d := range t.Total() {
		if recording.State(s).Working() {
			sum += d
		}
	}
	return sum
}
