package observers

import (
	"time"

	"regatta/workloads/recording"
)

// ours records how many cores the run's own tree keeps busy, ten times a second, from the clocks of its processes.
type ours struct {
	w     *recording.Writer
	id    recording.SeriesID
	ended int64 // nanoseconds on cores of the processes that are gone
	spent int64 // of all processes, at the point before
	at    time.Duration
}

// sample adds a point when it is time for one.
func (o *ours) sample(at time.Duration, watched map[int]*watchedProcess) {
	if at-o.at < machineEvery {
		return
	}
	spent := o.ended
	for _, p := range watched {
		spent += p.cpu
	}
	if o.id == 0 {
		o.id = o.w.AddSeries(recording.SeriesInfo{Quantity: recording.CoreOurs, Name: "this run"})
	}
	o.w.Point(o.id, recording.Point{At: at, Value: float64(max(spent-o.spent, 0)) / float64(at-o.at)})
	o.spent, o.at = spent, at
}
