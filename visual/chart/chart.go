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

// Chart draws one recording again and again. It keeps what it counted and the memory it used from one picture to the
// next. It is not safe for concurrent use, and the recording must not change during a call.
type Chart struct {
	rec    *recording.Recording // nil: the empty chart, before any run
	census census
	peak   peak
	bars   scene.Bars
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
	l.frame(s)
	l.grid(s)
	l.legend(s, c.census.states)
	l.cores(s)
	l.memory(s)
	c.bars = l.lanes(s, c.bars[:0])
	l.marks(s)
	l.ruler(s)
	if v.ShowCursor {
		l.cursor(s, v.Cursor)
	}
}
