package analysis

import (
	"cmp"
	"slices"
	"time"

	"regatta/workloads/recording"
)

// Blocking is a step of a task, or another callback, that kept its event loop from everything else for long.
type Blocking struct {
	Lane     recording.LaneID `json:"lane"` // the task's, or the event loop's thread's where it was no task
	Name     string           `json:"name"` // the lane's
	Start    float64          `json:"start_s"`
	Duration float64          `json:"duration_s"`
	Function string           `json:"function,omitempty"` // that it was in for the longest time
	Kept     int              `json:"kept_waiting"`       // how many tasks were ready meanwhile and had to wait for it, for a millisecond and more
	KeptFor  float64          `json:"kept_waiting_s"`     // how long all together were ready and had to wait for it
}

// blocking lists what blocked event loops, in the order in which it began.
func blocking(r *recording.Recording) []Blocking {
	steps := slices.Clone(r.Blocking)
	slices.SortStableFunc(steps, func(a, b recording.Blocking) int { return cmp.Compare(a.Start, b.Start) })
	list := make([]Blocking, len(steps))
	of := map[recording.LaneID][]int{} // the steps of each lane, in the order of time
	for i, s := range steps {
		list[i] = Blocking{Lane: s.Lane, Start: s.Start.Seconds(), Duration: (s.End - s.Start).Seconds(), Function: s.Function}
		if t := r.Track(s.Lane); t != nil {
			list[i].Name = t.Name
		}
		of[s.Lane] = append(of[s.Lane], i)
	}
	if len(list) == 0 {
		return list
	}
	for _, t := range r.Tracks() {
		if t.Kind != recording.Task {
			continue
		}
		kept := map[int]time.Duration{}
		for i := range t.Len() {
			s := t.Span(i)
			if s.State != recording.Ready {
				continue
			}
			candidates := of[s.Blocker]
			first, _ := slices.BinarySearchFunc(candidates, s.Start, func(i int, at time.Duration) int { return cmp.Compare(steps[i].End, at) })
			for _, i := range candidates[first:] {
				if steps[i].Start >= s.End {
					break
				}
				kept[i] += min(s.End, steps[i].End) - max(s.Start, steps[i].Start)
			}
		}
		for i, d := range kept {
			if d >= time.Millisecond {
				list[i].Kept++
			}
			list[i].KeptFor += d.Seconds()
		}
	}
	return list
}
