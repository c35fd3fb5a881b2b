package chart

import (
	"math"
	"time"

	"regatta/visual/number"
)

// axis maps times to columns: device pixels of the plot, counted from its left edge. Columns begin at a whole number of
// them from the start of the recording, so that they are the same stretches of time however the view is moved: it shows
// from up to half a column before or after what was asked for.
type axis struct {
	from, to time.Duration
	columns  int
	perNs    float64 // columns in a nanosecond
	each     float64 // nanoseconds in a column
	base     int64   // how many columns there are before column 0, from the start of the recording
	shift    float64 // how far right of column 0's edge from lies, in columns: it is a whole nanosecond, the edge is not
}

func newAxis(from, to time.Duration, columns int) axis {
	length, columns := max(to-from, 1), max(columns, 1)
	a := axis{columns: columns, perNs: float64(columns) / float64(length), each: float64(length) / float64(columns)}
	a.base = int64(math.Round(float64(from) * a.perNs))
	a.from = time.Duration(math.Round(float64(a.base) * a.each))
	a.to = a.from + length
	a.shift = float64(a.from)*a.perNs - float64(a.base)
	return a
}

// column is where a time lies, with its fraction; outside of 0 to columns for times that are not shown.
func (a axis) column(t time.Duration) float64 { return float64(t-a.from)*a.perNs + a.shift }

// time is the time at a column, in whole nanoseconds that have begun there.
func (a axis) time(column float64) time.Duration {
	return a.from + time.Duration(math.Floor((column-a.shift)/a.perNs))
}

// niceSteps are the leading figures that an axis may end at: near enough to each other that little of the axis stays
// empty, far enough that a growing one stands still most of the time.
var niceSteps = []float64{1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10}

// nice is the first value at or above v that is one of the steps times a power of ten.
func nice(v float64, steps []float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 0
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, s := range steps {
		if s*power >= v*(1-1e-9) {
			return s * power
		}
	}
	return 10 * power
}

// AxisEnd is where the time axis of a recording ends that was seen so far. It grows in steps, so that a live picture
// does not move with every frame. Before anything was seen it is a second.
func AxisEnd(seen time.Duration) time.Duration {
	if seen <= 0 {
		return time.Second
	}
	end := nice(float64(max(seen, time.Millisecond)), niceSteps)
	if end >= math.MaxInt64 {
		return seen
	}
	return max(time.Duration(math.Round(end)), seen)
}

// tick is a named time of the axis.
type tick struct {
	at    time.Duration
	label string
}

// longSteps continue the 1-2-5 series where minutes and hours are counted in sixties.
var longSteps = []time.Duration{
	10 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute,
	30 * time.Minute, time.Hour, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour,
}

// tickStep is the smallest sensible step of at least least.
func tickStep(least time.Duration) time.Duration {
	if least > longSteps[0] {
		for _, s := range longSteps {
			if s >= least {
				return s
			}
		}
	}
	return max(time.Duration(math.Round(nice(float64(least), []float64{1, 2, 5, 10}))), 1)
}

// ticks names the times between from and to that lie at least least apart.
func ticks(from, to, least time.Duration) []tick {
	step := tickStep(max(least, 1))
	unit := number.UnitUpTo(to)
	first := from - from%step
	if first < from {
		first += step
	}
	var all []tick
	for at := first; at <= to && len(all) < 1000; at += step {
		all = append(all, tick{at, unit.Moment(at, step)})
	}
	return all
}
