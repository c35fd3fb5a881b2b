package analysis

import (
	"time"

	"regatta/workloads/recording"
)

// Core is what the run's own workers did on one core.
type Core struct {
	Core    int     `json:"core"`    // the system's number of it
	Ours    float64 `json:"ours_s"`  // how long one of them was seen on it
	Workers int     `json:"workers"` // how many of them were
}

func cores(r *recording.Recording) []Core {
	cores := []Core{}
	for _, t := range r.Cores() {
		c := Core{Core: t.Core}
		ours, workers := time.Duration(0), map[recording.LaneID]bool{}
		for i := range t.Len() {
			if s := t.Span(i); s.State != recording.Unknown {
				ours += s.Duration()
				workers[s.Blocker] = true
			}
		}
		c.Ours, c.Workers = ours.Seconds(), len(workers)
		cores = append(cores, c)
	}
	return cores
}
