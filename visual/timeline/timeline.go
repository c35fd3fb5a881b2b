// Package timeline is the chart as a Fyne widget: it paints in a goroutine of its own, shows the pixels, and keeps the
// cursor and the box beside it as separate small objects, so that moving the pointer repaints nothing.
//
// All methods are for the UI goroutine.
package timeline

import (
	"image"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"regatta/visual/chart"
	"regatta/visual/paint"
	"regatta/workloads/recording"
)

// interval is the least time between two redraws that the widget makes by itself.
const interval = 100 * time.Millisecond

// following is what a view does while its recording grows.
type following uint8

const (
	nothing following = iota // it stays where it is
	all                      // it is the whole recording
	theEnd                   // it ends where the recording does
)

// Timeline shows one recording. The pointer reads values and selects, the wheel zooms, dragging pans or, on the ruler,
// measures, a double click shows everything again; Key and Rune do the same from the keyboard.
type Timeline struct {
	widget.BaseWidget

	chart     *chart.Chart
	rec       *recording.Recording
	guard     sync.Locker // held while rec is read, by any goroutine
	from, to  time.Duration
	following following

	lanes    chart.Lanes
	selected chart.Selection
	stretch  chart.Stretch
	patterns bool
	until    time.Duration // of a replay
	lecture  bool          // everything twice as large

	pace    pacer
	painter paint.Painter // used by one painting goroutine at a time
	pixels  image.Point   // device pixels that the picture is shown with
	shown   *image.RGBA   // read by Fyne
	spare   *image.RGBA   // painted to
	jobs    int           // paintings begun

	picture  *canvas.Raster
	ring     *canvas.Rectangle // shows that the keyboard is ours
	hover    hover
	press    press
	scrolled float64 // rows that the wheel has turned, less the whole ones
	unused   func(*fyne.KeyEvent)
	runes    func(rune)
}

var (
	_ desktop.Hoverable   = (*Timeline)(nil)
	_ desktop.Mouseable   = (*Timeline)(nil)
	_ desktop.Cursorable  = (*Timeline)(nil)
	_ fyne.Scrollable     = (*Timeline)(nil)
	_ fyne.Draggable      = (*Timeline)(nil)
	_ fyne.DoubleTappable = (*Timeline)(nil)
	_ fyne.Focusable      = (*Timeline)(nil)
)

// New makes an empty timeline. dispatch runs a function on the UI goroutine and does not wait for it, as fyne.Do.
func New(dispatch func(func())) *Timeline {
	t := &Timeline{unused: func(*fyne.KeyEvent) {}, runes: func(rune) {}}
	t.pace = pacer{interval: interval, dispatch: dispatch, start: t.paint}
	t.picture = canvas.NewRaster(t.frame)
	t.picture.ScaleMode = canvas.ImageScalePixels
	t.ring = canvas.NewRectangle(nil)
	t.ring.StrokeWidth, t.ring.CornerRadius = 2, 10
	t.ring.Hide()
	t.hover.init()
	t.ExtendBaseWidget(t)
	t.SetRecording(nil, nil)
	return t
}

// OnUnused sets what is called with the keys and characters that come while the timeline has the keyboard.
func (t *Timeline) OnUnused(key func(*fyne.KeyEvent), char func(rune)) { t.unused, t.runes = key, char }

// SetRecording shows a recording from its start to its end; nil shows the empty chart. A recording that still grows is
// changed by others only while they hold guard, and the timeline holds guard while it reads; for one that does not
// change guard may be nil.
func (t *Timeline) SetRecording(rec *recording.Recording, guard sync.Locker) {
	if guard == nil {
		guard = new(sync.Mutex)
	}
	t.rec, t.guard, t.chart = rec, guard, chart.New(rec)
	t.lanes = chart.Lanes{Filter: t.lanes.Filter}
	t.selected, t.stretch, t.until = chart.Selection{}, chart.Stretch{}, 0
	t.Fit()
}

// Update says that the recording has grown. It may be called at any rate: the picture is painted anew at most ten times
// a second.
func (t *Timeline) Update() { t.pace.want(false) }

// SetFilter leaves the lanes with a text in their name, function or process id.
func (t *Timeline) SetFilter(text string) {
	if text != t.lanes.Filter {
		t.lanes.Filter, t.lanes.First = text, 0
		t.pace.want(true)
	}
}

// SetPatterns makes states differ by pattern too.
func (t *Timeline) SetPatterns(on bool) {
	t.patterns = on
	t.pace.want(true)
}

// SetLecture makes everything twice as large.
func (t *Timeline) SetLecture(on bool) {
	t.lecture = on
	t.hideHover()
	t.pace.want(true)
}

// SetUntil hides what comes after a moment, for a replay; 0 shows everything.
func (t *Timeline) SetUntil(at time.Duration) {
	t.until = at
	t.pace.want(true)
}

// NextEvent is the moment of the next change of any lane, or of the last one before.
func (t *Timeline) NextEvent(at time.Duration, forward bool) time.Duration {
	t.guard.Lock()
	defer t.guard.Unlock()
	return t.chart.NextEvent(at, forward)
}

// View is what is shown now.
func (t *Timeline) View() chart.View { return t.view() }

// Pictures is how many pictures were painted so far.
func (t *Timeline) Pictures() int { return t.jobs }

// MinSize is constant: Fyne asks for it at every frame.
func (t *Timeline) MinSize() fyne.Size { return fyne.NewSize(480, 320) }

// CreateRenderer is for Fyne.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer { return &renderer{t} }

// lectureSize is how much larger everything is in a lecture.
const lectureSize = 2

// size is how many of the window's pixels one of the chart's takes.
func (t *Timeline) size() float64 {
	if t.lecture {
		return lectureSize
	}
	return 1
}

// point is where a position of the window lies in the chart.
func (t *Timeline) point(p fyne.Position) (x, y float64) {
	return float64(p.X) / t.size(), float64(p.Y) / t.size()
}

// view is what is shown now, in a scale of device pixels.
func (t *Timeline) view() chart.View {
	size := t.Size()
	v := chart.View{
		From: t.from, To: t.to, Width: float64(size.Width) / t.size(), Height: float64(size.Height) / t.size(),
		Scale: t.scale() * t.size(), Theme: t.look(), Handles: true, Lecture: t.lecture,
		Lanes: t.lanes, Selected: t.selected, Stretch: t.stretch, Patterns: t.patterns, Until: t.until,
	}
	if t.until > 0 {
		v.Cursor, v.ShowCursor = t.until, true
	}
	return v
}

// scale is how many device pixels a logical one of the window has.
func (t *Timeline) scale() float64 {
	if w := t.Size().Width; w > 0 && t.pixels.X > 0 {
		return float64(t.pixels.X) / float64(w)
	}
	return 1
}

// ask calls a function with the chart and the view, while nobody changes the recording.
func (t *Timeline) ask(f func(c *chart.Chart, v chart.View)) {
	t.guard.Lock()
	defer t.guard.Unlock()
	f(t.chart, t.view())
}
