package timeline

import (
	"time"

	"fyne.io/fyne/v2"

	"regatta/visual/chart"
	"regatta/workloads/recording"
)

const (
	panKey  = 0.15 // of the view's width
	zoomKey = 1.5
)

// Key does what a key means for the picture; used tells whether it means anything.
func (t *Timeline) Key(name fyne.KeyName) (used bool) {
	switch name {
	case fyne.KeyLeft:
		t.Pan(-panKey)
	case fyne.KeyRight:
		t.Pan(panKey)
	case fyne.KeyUp:
		t.selectLane(-1)
	case fyne.KeyDown:
		t.selectLane(1)
	case fyne.KeyPageUp:
		t.page(-1)
	case fyne.KeyPageDown:
		t.page(1)
	case fyne.KeyHome:
		t.Home()
	case fyne.KeyEnd:
		t.End()
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.selected.Lane == recording.NoLane {
			return false
		}
		t.fold(t.selected.Lane)
	case fyne.KeyEscape:
		return t.clear()
	default:
		return false
	}
	t.refreshHover()
	return true
}

// Rune does what a character means for the picture; used tells whether it means anything.
func (t *Timeline) Rune(r rune) (used bool) {
	switch r {
	case 'a', 'A':
		t.Pan(-panKey)
	case 'd', 'D':
		t.Pan(panKey)
	case '+', '=', 'w', 'W':
		t.Zoom(zoomKey, t.aim())
	case '-', 's', 'S':
		t.Zoom(1/zoomKey, t.aim())
	case '0', 'f', 'F':
		t.Fit()
	case ',', '<':
		t.step(false)
	case '.', '>':
		t.step(true)
	case 'b', 'B':
		t.blocker()
	case 'm', 'M':
		t.measureSelected()
	case 't', 'T':
		t.nextState()
	case 'x', 'X':
		t.foldAll()
	default:
		return false
	}
	t.refreshHover()
	return true
}

// aim is where keys zoom: at the pointer, else at the selected span, else in the middle, as a share of the view.
func (t *Timeline) aim() float64 {
	at := t.from + (t.to-t.from)/2
	if s := t.hover.spot; t.hover.over && s.Area >= chart.OnRuler && s.Area != chart.OnLabels {
		at = s.At
	} else if t.selected.At > t.from && t.selected.At < t.to {
		at = t.selected.At
	}
	return min(max(float64(at-t.from)/float64(max(t.to-t.from, 1)), 0), 1)
}

// clear takes back what was measured, or else selected, or else filtered by a state.
func (t *Timeline) clear() bool {
	switch {
	case !t.stretch.Empty():
		t.stretch = chart.Stretch{}
	case t.selected.Lane != recording.NoLane:
		t.selected = chart.Selection{}
	case t.lanes.State != recording.Unknown:
		t.only(recording.Unknown)
	default:
		return false
	}
	t.pace.want(true)
	return true
}

func (t *Timeline) seen() time.Duration {
	if t.rec == nil {
		return 0
	}
	return t.rec.Seen()
}

// FocusGained and FocusLost show and hide the ring.
func (t *Timeline) FocusGained() { t.setRing(true) }
func (t *Timeline) FocusLost()   { t.setRing(false) }

func (t *Timeline) setRing(on bool) {
	t.ring.StrokeColor = t.look().Accent
	if on {
		t.ring.Show()
	} else {
		t.ring.Hide()
	}
	t.repaint(t.ring)
}

// TypedKey gives away what it has no use for.
func (t *Timeline) TypedKey(e *fyne.KeyEvent) {
	if !t.Key(e.Name) {
		t.unused(e)
	}
}

// TypedRune gives away what it has no use for.
func (t *Timeline) TypedRune(r rune) {
	if !t.Rune(r) {
		t.runes(r)
	}
}
