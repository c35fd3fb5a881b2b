package timeline

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

const (
	shortest  = time.Microsecond // the shortest stretch that can be shown
	zoomNotch = 1.25             // how much a notch of the wheel zooms
	notch     = 25.0             // what Fyne reports for it
)

// plot is where the time axis lies.
func (t *Timeline) plot() (x, width float64) {
	t.guard.Lock()
	defer t.guard.Unlock()
	return t.chart.Plot(t.view())
}

// Scrolled zooms at the pointer, or pans where the wheel or the trackpad goes sideways.
func (t *Timeline) Scrolled(e *fyne.ScrollEvent) {
	x, width := t.plot()
	length := float64(t.to - t.from)
	if math.Abs(float64(e.Scrolled.DX)) > math.Abs(float64(e.Scrolled.DY)) {
		t.pan(float64(e.Scrolled.DX) / width)
		return
	}
	share := min(max((float64(e.Position.X)-x)/width, 0), 1)
	at := float64(t.from) + share*length
	length *= math.Pow(zoomNotch, -float64(e.Scrolled.DY)/notch)
	length = min(max(length, float64(shortest)), math.MaxInt64/4)
	from := time.Duration(at - share*length)
	t.show(from, from+time.Duration(length))
	t.moveHover(e.Position)
}

// pan moves the view by a share of its width.
func (t *Timeline) pan(share float64) {
	if t.following {
		return // everything is in view
	}
	by := time.Duration(share * float64(t.to-t.from))
	t.show(t.from-by, t.to-by)
}

// Dragged pans.
func (t *Timeline) Dragged(e *fyne.DragEvent) {
	_, width := t.plot()
	t.pan(float64(e.Dragged.DX) / width)
	t.moveHover(e.Position)
}

// DragEnd is for Fyne.
func (t *Timeline) DragEnd() {}

// DoubleTapped shows the whole recording.
func (t *Timeline) DoubleTapped(*fyne.PointEvent) { t.Fit() }

// MouseIn, MouseMoved and MouseOut move the cursor.
func (t *Timeline) MouseIn(e *desktop.MouseEvent)    { t.moveHover(e.Position) }
func (t *Timeline) MouseMoved(e *desktop.MouseEvent) { t.moveHover(e.Position) }
func (t *Timeline) MouseOut()                        { t.hideHover() }
