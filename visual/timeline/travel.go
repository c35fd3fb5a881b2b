package timeline

import (
	"math"
	"time"

	"regatta/visual/chart"
)

const shortest = time.Microsecond // the shortest stretch that can be shown

// Shown is the stretch of time that is shown.
func (t *Timeline) Shown() (from, to time.Duration) { return t.from, t.to }

// Follows tells whether the view moves along with a recording that grows.
func (t *Timeline) Follows() bool { return t.following != nothing }

// Fit shows the whole recording, and follows it while it grows.
func (t *Timeline) Fit() {
	t.following = all
	t.guard.Lock()
	whole := chart.View{}.Whole(t.rec)
	t.guard.Unlock()
	t.from, t.to = whole.From, whole.To
	t.pace.want(true)
}

// Home shows the beginning, as much of it as is shown now.
func (t *Timeline) Home() { t.show(0, t.to-t.from) }

// End shows the end, as much of it as is shown now, and stays with it while it moves.
func (t *Timeline) End() {
	if t.following == all || t.rec == nil {
		return
	}
	t.ask(func(_ *chart.Chart, v chart.View) {
		v = v.Tail(t.rec)
		t.from, t.to = v.From, v.To
	})
	t.following = theEnd
	t.pace.want(true)
}

// show shows a stretch of time, or the whole recording where the stretch covers it.
func (t *Timeline) show(from, to time.Duration) {
	t.guard.Lock()
	end := chart.View{}.Whole(t.rec).To
	t.guard.Unlock()
	length := max(to-from, shortest)
	if length >= end {
		t.Fit()
		return
	}
	from = min(max(from, 0), end-length)
	t.following, t.from, t.to = nothing, from, from+length
	t.pace.want(true)
}

// Pan moves the view by a share of its width: to later times for a positive one.
func (t *Timeline) Pan(share float64) {
	if t.following == all {
		return // everything is in view
	}
	by := time.Duration(share * float64(t.to-t.from))
	t.show(t.from+by, t.to+by)
}

// Zoom makes the stretch that is shown so many times shorter, about the time at a share of the view, 0 to 1.
func (t *Timeline) Zoom(factor, share float64) {
	length := float64(t.to - t.from)
	at := float64(t.from) + share*length
	length = min(max(length/factor, float64(shortest)), math.MaxInt64/4)
	from := time.Duration(at - share*length)
	t.show(from, from+time.Duration(length))
}

// ScrollLanes moves the lanes by so many rows, up for a positive number.
func (t *Timeline) ScrollLanes(rows int) {
	t.ask(func(c *chart.Chart, v chart.View) {
		total, shown := c.Rows(v)
		t.lanes.First = min(max(t.lanes.First+rows, 0), max(total-shown, 0))
	})
	t.pace.want(true)
}

// plot is where the time axis lies, in the chart's pixels.
func (t *Timeline) plot() (x, width float64) {
	t.ask(func(c *chart.Chart, v chart.View) { x, width = c.Plot(v) })
	return x, width
}
