// Package chart draws recordings: lanes, cores and memory on one time axis. It is geometry only: a recording and a view
// go in, a [scene.Scene] comes out, and what is at a point of it can be asked. Nothing here paints, waits or runs.
package chart

import (
	"time"

	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// View says which stretch of a recording is shown, how large and in which colours. The recording is not part of it: a
// view outlives the growing of a live one.
type View struct {
	From, To      time.Duration
	Width, Height float64 // logical pixels
	Scale         float64 // device pixels in a logical one; 0 is 1. Spans are merged by device pixels.
	Theme         *palette.Theme

	// Handles draws what can be clicked on: the triangles that fold groups.
	Handles bool
	// Lecture gives the room to the lanes, for pictures that are painted twice as large.
	Lecture bool

	Lanes    Lanes         // which lanes, from which on
	Selected Selection     // what the user asks about
	Stretch  Stretch       // of time that is measured
	Patterns bool          // states differ by pattern too, not only in colour and height
	Until    time.Duration // what comes later is not shown yet, as in a replay; 0 is everything

	Cursor     time.Duration // where the dashed line stands
	ShowCursor bool
}

func (v View) scale() float64 {
	if v.Scale <= 0 {
		return 1
	}
	return v.Scale
}

func (v View) theme() *palette.Theme {
	if v.Theme == nil {
		return palette.Light
	}
	return v.Theme
}

// Whole is the view of the whole recording. While a live one grows it changes only in steps.
func (v View) Whole(rec *recording.Recording) View {
	v.From, v.To = 0, AxisEnd(0)
	if rec != nil {
		v.To = AxisEnd(rec.Seen())
	}
	return v
}

// Tail is the view of the same length that ends where a growing recording does. It moves in steps of an eighth of its
// length.
func (v View) Tail(rec *recording.Recording) View {
	length := max(v.To-v.From, 1)
	step := max(length/8, 1)
	v.To = max((rec.Seen()+step-1)/step*step, length)
	v.From = v.To - length
	return v
}

// Chart draws one recording again and again. It keeps what it counted and the memory it used from one picture to the
// next. It is not safe for concurrent use, and the recording must not change during a call.
type Chart struct {
	rec    *recording.Recording // nil: the empty chart, before any run
	census census
	peak   peak
	ink    ink

	rowsAre []row // as they were asked for last
	rowsKey rowsKey
	crowd   crowd
}

// New makes the chart of a recording, or an empty one for nil.
func New(rec *recording.Recording) *Chart { return &Chart{rec: rec} }

// Draw makes the picture of a view. The scene is valid until the next call of Draw.
func (c *Chart) Draw(v View) *scene.Scene {
	t := v.theme()
	s := &scene.Scene{Width: v.Width, Height: v.Height, Ground: t.Ground}
	c.drawAt(s, v, 0, 0)
	return s
}

// drawAt adds the chart to a scene with its upper left corner at x, y.
func (c *Chart) drawAt(s *scene.Scene, v View, x, y float64) {
	c.census.count(c.rec)
	c.peak.find(c.rec)
	l := c.layout(v, x, y)
	l.peak = c.peak
	l.measure = func(st Stretch) Measured { return c.Measure(v, st) }
	l.frame(s)
	l.selectedRow(s)
	l.grid(s)
	l.legend(s, c.census.states)
	l.cores(s)
	l.memory(s)
	l.lanes(s, &c.ink)
	l.patterns(s)
	l.blocking(s)
	l.scrollbar(s)
	l.veil(s)
	l.marks(s)
	l.ruler(s)
	l.selection(s)
	c.status(s, l)
	l.stretch(s)
	if v.ShowCursor {
		l.cursor(s, v.Cursor)
	}
}
