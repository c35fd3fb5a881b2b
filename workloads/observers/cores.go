package observers

import (
	"fmt"
	"math"
	"time"

	"regatta/workloads/clock"
	"regatta/workloads/machine"
	"regatta/workloads/recording"
)

// cores records the use of every core, by anybody on the machine, ten times a second.
type cores struct {
	w      *recording.Writer
	start  clock.Start
	reader machine.Cores
	series map[int]recording.SeriesID
	last   time.Duration // the sample before
}

func newCores(w *recording.Writer, start clock.Start) *cores {
	c := &cores{w: w, start: start, series: map[int]recording.SeriesID{}}
	c.reader.Sample() // the counters to compare the first sample with
	return c
}

func (c *cores) sample() {
	uses, err := c.reader.Sample()
	at := c.start.Now()
	c.last = at
	if err != nil {
		for _, id := range c.series {
			c.w.Point(id, recording.Point{At: at, Value: math.NaN()})
		}
		return
	}
	for _, u := range uses {
		id, known := c.series[u.Core]
		if !known {
			id = c.w.AddSeries(recording.SeriesInfo{Quantity: recording.CoreUse, Core: u.Core, Name: fmt.Sprintf("Core %d", u.Core)})
			c.series[u.Core] = id
		}
		c.w.Point(id, recording.Point{At: at, Value: u.Busy})
	}
}

// finish takes a last sample, unless too few of the system's ticks have passed for it to mean anything.
func (c *cores) finish() {
	if c.start.Now()-c.last >= machineEvery/2 {
		c.sample()
	}
}
