package analysis

import (
	"cmp"
	"slices"
	"time"

	"regatta/workloads/recording"
)

// Total is the memory of all processes together at one moment.
type Total struct {
	At        time.Duration
	Bytes     float64
	Processes int     // that had memory then
	Largest   float64 // bytes of the largest of them
}

// Totals adds up the memory of all processes, by one metric: a total at each sample, of the latest value of every process
// that is there then.
func Totals(r *recording.Recording, q recording.Quantity) []Total {
	type change struct {
		at     time.Duration
		series int
		point  recording.Point
	}
	var changes []change
	for i, s := range r.Series(q) {
		for _, p := range s.Points {
			changes = append(changes, change{p.At, i, p})
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	latest := map[int]float64{}
	var totals []Total
	for _, c := range changes {
		latest[c.series] = c.point.Value
		if c.point.Missing() {
			delete(latest, c.series)
		}
		sum := Total{At: c.at}
		for _, bytes := range latest {
			if bytes > 0 {
				sum.Bytes += bytes
				sum.Processes++
				sum.Largest = max(sum.Largest, bytes)
			}
		}
		totals = append(totals, sum)
	}
	return totals
}

// peak is the largest total, nil where the metric was not measured.
func peak(r *recording.Recording, q recording.Quantity) *float64 {
	totals := Totals(r, q)
	if len(totals) == 0 {
		return nil
	}
	p := slices.MaxFunc(totals, func(a, b Total) int { return cmp.Compare(a.Bytes, b.Bytes) }).Bytes
	return &p
}
