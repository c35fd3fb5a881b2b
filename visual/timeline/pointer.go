package timeline

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"regatta/visual/chart"
)

const (
	zoomNotch = 1.25 // how much a notch of the wheel zooms
	notch     = 25.0 // what Fyne reports for it
	rowsNotch = 3    // how many rows it scrolls
)

// press is what the mouse's button is doing.
type press struct {
	down    bool
	dragged bool
	spot    chart.Spot // where it went down
	up      float64    // pixels that the lanes were dragged, less what became whole rows
}

// Scrolled zooms at the pointer, or pans where the wheel or the trackpad goes sideways. Over the names, and with Shift,
// it scrolls the lanes, as trace viewers do.
func (t *Timeline) Scrolled(e *fyne.ScrollEvent) {
	dx, dy := float64(e.Scrolled.DX), float64(e.Scrolled.DY)
	spot := t.spot(e.Position)
	switch {
	case shift() || spot.Area == chart.OnLabels: // some systems turn the wheel sideways while Shift is down
		if d := dx + dy; d != 0 {
			t.scrolled -= d / notch * rowsNotch // a trackpad sends many small pieces
			rows := math.Trunc(t.scrolled)
			t.scrolled -= rows
			t.ScrollLanes(int(rows))
		}
	case math.Abs(dx) > math.Abs(dy):
		_, width := t.plot()
		t.Pan(-dx / t.size() / width)
	default:
		x, width := t.plot()
		at, _ := t.point(e.Position)
		t.Zoom(math.Pow(zoomNotch, dy/notch), min(max((at-x)/width, 0), 1))
	}
	t.moveHover(e.Position)
}

// shift tells whether the Shift key is down; a scroll event does not say.
func shift() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

func (t *Timeline) spot(p fyne.Position) (s chart.Spot) {
	x, y := t.point(p)
	t.ask(func(c *chart.Chart, v chart.View) { s = c.Spot(v, x, y) })
	return s
}

// MouseDown remembers where a click or a drag begins.
func (t *Timeline) MouseDown(e *desktop.MouseEvent) {
	t.press = press{down: e.Button == desktop.MouseButtonPrimary, spot: t.spot(e.Position)}
}

// MouseUp clicks, where nothing was dragged.
func (t *Timeline) MouseUp(*desktop.MouseEvent) {
	if t.press.down && !t.press.dragged {
		t.click(t.press.spot)
	}
	t.press.down = false
}

// Dragged pans, moves the lanes up and down where there are more than fit, or measures a stretch from where the ruler was
// grasped.
func (t *Timeline) Dragged(e *fyne.DragEvent) {
	if !t.press.dragged {
		if !t.press.down { // nobody told where it began
			t.press = press{spot: t.spot(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY))}
		}
		t.press.dragged = true
	}
	if t.press.spot.Area == chart.OnRuler {
		t.measure(e.Position)
		return
	}
	_, width := t.plot()
	t.Pan(-float64(e.Dragged.DX) / t.size() / width)
	t.press.up -= float64(e.Dragged.DY) / t.size()
	if rows := int(t.press.up / dragRow); rows != 0 {
		t.press.up -= float64(rows) * dragRow
		t.ScrollLanes(rows)
	}
	t.moveHover(e.Position)
}

// dragRow is how far the lanes are dragged for a row: as tall as rows are where they do not fit.
const dragRow = 16.0

func (t *Timeline) measure(p fyne.Position) {
	a, b := t.press.spot.At, t.spot(p).At
	t.stretch = chart.Stretch{From: min(a, b), To: max(a, b)}
	t.hideHover()
	t.pace.want(true)
}

// DragEnd ends a drag.
func (t *Timeline) DragEnd() { t.press = press{} }

// click does what a click at a spot means.
func (t *Timeline) click(s chart.Spot) {
	switch {
	case s.Area == chart.OnLegend:
		t.only(s.State)
	case s.Area == chart.OnRuler:
		t.stretch = chart.Stretch{}
	case s.Folds:
		t.fold(s.Track.ID)
	case s.Rest:
		t.page(1)
	case s.Area == chart.OnLabels && s.Track != nil:
		t.selected = chart.Selection{Lane: s.Track.ID, At: -1}
	case s.Area == chart.OnLanes && s.Track != nil:
		t.selected = chart.Selection{Lane: s.Track.ID, At: s.At}
	default:
		t.selected = chart.Selection{}
	}
	t.pace.want(true)
	t.refreshHover()
}

// DoubleTapped shows the whole recording.
func (t *Timeline) DoubleTapped(e *fyne.PointEvent) {
	if s := t.spot(e.Position); s.Area != chart.OnLegend && s.Area != chart.OnLabels {
		t.Fit()
	}
}

// MouseIn, MouseMoved and MouseOut move the cursor.
func (t *Timeline) MouseIn(e *desktop.MouseEvent)    { t.moveHover(e.Position) }
func (t *Timeline) MouseMoved(e *desktop.MouseEvent) { t.moveHover(e.Position) }
func (t *Timeline) MouseOut()                        { t.hideHover() }

// Cursor is a hand over what can be clicked on.
func (t *Timeline) Cursor() desktop.Cursor {
	switch s := t.hover.spot; {
	case s.Area == chart.OnLegend, s.Folds, s.Rest:
		return desktop.PointerCursor
	case s.Area == chart.OnRuler:
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}
