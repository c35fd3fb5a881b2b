package chart

import (
	"fmt"
	"time"

	"regatta/visual/number"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/visual/typeface"
	"regatta/workloads/recording"
)

// Cursor is what stands along the dashed line at one time: values of cores and memory, and their places relative to it.
type Cursor struct {
	Top, Bottom float64 // of the line
	Readouts    []Readout
}

// Readout is one value beside the line.
type Readout struct {
	Y    float64 // of its middle
	Text string
}

const readoutGap = 6.0 // from the line to a value

// Cursor returns what to show at a time of a view.
func (c *Chart) Cursor(v View, at time.Duration) Cursor { return c.layout(v, 0, 0).cursorAt(at) }

func (l *layout) cursorAt(at time.Duration) Cursor {
	cur := Cursor{Top: l.plot.Y, Bottom: l.plot.Bottom()}
	if l.rec == nil {
		return cur
	}
	if len(l.strips) <= maxStrips {
		for _, p := range l.strips {
			if p.series == nil || p.H < 14 {
				continue
			}
			if v, ok := p.series.At(at); ok {
				cur.Readouts = append(cur.Readouts, Readout{p.Bottom() - 9, number.Percent(v)})
			}
		}
	}
	if len(l.strips) > maxStrips {
		busy, known := 0.0, false
		for _, p := range l.strips {
			if p.series != nil {
				if v, ok := p.series.At(at); ok {
					busy, known = busy+v, true
				}
			}
		}
		if known {
			cur.Readouts = append(cur.Readouts, Readout{l.strips[len(l.strips)/2].Y, fmt.Sprintf("%.1f cores busy", busy)})
		}
	}
	if l.memoryRule > 0 {
		if sum, ok := memoryAt(l.rec, at); ok {
			cur.Readouts = append(cur.Readouts, Readout{l.memoryPlot.Bottom() - 0.22*l.memoryPlot.H, number.Bytes(sum)})
		}
	}
	if working, alive := l.workingAt(at); alive > 0 {
		cur.Readouts = append(cur.Readouts, Readout{min(l.rowsBottom(), l.plot.Bottom()-9), fmt.Sprintf("%d of %d working", working, alive)})
	}
	return cur
}

// workingAt counts the workers that live at a time, and those that work. A task runs inside of a thread that counts
// already.
func (l *layout) workingAt(at time.Duration) (working, alive int) {
	count := func(t *recording.Track) {
		if t.Kind == recording.Task {
			return
		}
		if i := t.Search(at); i < t.Len() {
			if s := t.Span(i); s.Start <= at {
				if alive++; s.State.Working() {
					working++
				}
			}
		}
	}
	for _, r := range l.all {
		if r.group == nil {
			count(r.track)
		}
		for _, t := range r.group {
			count(t)
		}
	}
	return working, alive
}

// cursor draws the line and the values, to its left where the right has no room.
func (l *layout) cursor(s *scene.Scene, at time.Duration) {
	column := l.axis.column(at)
	if column < 0 || column > float64(l.axis.columns) {
		return
	}
	x := l.snap(l.x(column))
	s.Add(l.cursorAt(at).shapes(x, l.plot.Right(), l.view.theme())...)
}

// shapes draws a cursor at x; right is the edge that its values keep to.
func (c Cursor) shapes(x, right float64, t *palette.Theme) []scene.Shape {
	shapes := []scene.Shape{scene.Line{
		From: scene.Point{X: x, Y: c.Top}, To: scene.Point{X: x, Y: c.Bottom}, Width: 1, Color: t.Ink, Dash: [2]float64{3, 3},
	}}
	for _, r := range c.Readouts {
		text := scene.Text{X: x + readoutGap, Text: r.Text, Size: smallSize, Weight: typeface.Bold, Color: t.Ink}.CenteredAt(r.Y)
		if text.X+text.Width() > right-4 {
			text.X, text.Anchor = x-readoutGap, scene.End
		}
		shapes = append(shapes, plate(text, r.Y, t), text)
	}
	return shapes
}

// plate is a ground for a small text in the middle of a chart, so that lines do not strike it through.
func plate(text scene.Text, mid float64, t *palette.Theme) scene.Rect {
	box := scene.Box{X: text.Left() - 3, Y: mid - 8, W: text.Width() + 6, H: 16}
	return scene.Rect{Box: box, Radius: 4, Fill: palette.Alpha(t.Card, 0.75)}
}

// OverlayWidth is how wide the picture of a cursor is.
const OverlayWidth = 240.0

// Overlay is the picture of a cursor alone on a clear ground, height tall and OverlayWidth wide with the line in its
// middle. right is how much of the plot lies to the right of the line.
func (c Cursor) Overlay(height, right float64, t *palette.Theme) *scene.Scene {
	s := &scene.Scene{Width: OverlayWidth, Height: height}
	s.Add(c.shapes(OverlayWidth/2, OverlayWidth/2+right, t)...)
	return s
}
