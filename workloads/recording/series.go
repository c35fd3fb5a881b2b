package recording

import (
	"math"
	"time"
)

// SeriesID names a series within its recording, from 1.
type SeriesID int32

// Quantity is what a series measures.
type Quantity string

// The quantities. Core use is the mean since the point before, as a share from 0 to 1; memory is a value at a moment.
const (
	CoreUse  Quantity = "core use"  // one core of the machine, by anybody
	CoreOurs Quantity = "core ours" // all cores, by the run's own tree, in cores
	RSS      Quantity = "rss"       // resident bytes of one process; shared pages count in each
	PSS      Quantity = "pss"       // private bytes and the share of shared ones of one process
)

// SeriesInfo says what a series is.
type SeriesInfo struct {
	ID       SeriesID `json:"id"`
	Quantity Quantity `json:"quantity"`
	Core     int      `json:"core,omitempty"` // the core's number, for CoreUse
	PID      int      `json:"pid,omitempty"`  // the process, for memory
	Name     string   `json:"name"`
}

// Point is one value of a series. A missed sample is a point whose Value is NaN; charts do not join across it.
type Point struct {
	At    time.Duration
	Value float64
}

// Missing tells whether the point stands for a sample that could not be taken.
func (p Point) Missing() bool { return math.IsNaN(p.Value) }

// Series is one value over time.
type Series struct {
	SeriesInfo
	Points []Point
}

// At returns the value that holds at a time: of the point at or before it for memory, of the interval that contains it
// for use of a core. ok is false where there is none.
func (s *Series) At(at time.Duration) (value float64, ok bool) {
	lo, hi := 0, len(s.Points)
	for lo < hi {
		if mid := (lo + hi) / 2; s.Points[mid].At <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	i := lo - 1
	if s.Quantity == CoreUse || s.Quantity == CoreOurs {
		i = lo // the mean since the point before stands at the interval's end
	}
	if i < 0 || i >= len(s.Points) || s.Points[i].Missing() {
		return 0, false
	}
	return s.Points[i].Value, true
}
