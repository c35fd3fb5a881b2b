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

// Timeline shows one recording. The pointer reads values, the wheel zooms, dragging pans, a double click shows
// everything again.
type Timeline struct {
	widget.BaseWidget

	chart     *chart.Chart
	rec       *recording.Recording
	guard     sync.Locker // held while rec is read, by any goroutine
	from, to  time.Duration
	following bool // the view is the whole recording, also while it grows

	pace    pacer
	painter paint.Painter // used by one painting goroutine at a time
	pixels  image.Point   // device pixels that the picture is shown with
	shown   *image.RGBA   // read by Fyne
	spare   *image.RGBA   // painted to
	jobs    int           // paintings begun

	picture *canvas.Raster
	hover   hover
}

var (
	_ desktop.Hoverable   = (*Timeline)(nil)
	_ fyne.Scrollable     = (*Timeline)(nil)
	_ fyne.Draggable      = (*Timeline)(nil)
	_ fyne.DoubleTappable = (*Timeline)(nil)
)

// New makes an empty timeline. dispatch runs a function on the UI goroutine and does not wait for it, as fyne.Do.
func New(dispatch func(func())) *Timeline {
	t := &Timeline{}
	t.pace = pacer{interval: interval, dispatch: dispatch, start: t.paint}
	t.picture = canvas.NewRaster(t.frame)
	t.picture.ScaleMode = canvas.ImageScalePixels
	t.hover.init()
	t.ExtendBaseWidget(t)
	t.SetRecording(nil, nil)
	return t
}

// SetRecording shows a recording from its start to its end; nil shows the empty chart. A recording that still grows is
// changed by others only while they hold guard, and the timeline holds guard while it reads; for one that does not
// change guard may be nil.
func (t *Timeline) SetRecording(rec *recording.Recording, guard sync.Locker) {
	if guard == nil {
		guard = new(sync.Mutex)
	}
	t.rec, t.guard, t.chart = rec, guard, chart.New(rec)
	t.Fit()
}

// Update says that the recording has grown. It may be called at any rate: the picture is painted anew at most ten times
// a second.
func (t *Timeline) Update() { t.pace.want(false) }

// Fit shows the whole recording, and follows it while it grows.
func (t *Timeline) Fit() {
	t.following = true
	t.guard.Lock()
	whole := chart.View{}.Whole(t.rec)
	t.guard.Unlock()
	t.from, t.to = whole.From, whole.To
	t.pace.want(true)
}

// Shown is the stretch of time that is shown.
func (t *Timeline) Shown() (from, to time.Duration) { return t.from, t.to }

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
	t.following, t.from, t.to = false, from, from+length
	t.pace.want(true)
}

// MinSize is constant: Fyne asks for it at every frame.
func (t *Timeline) MinSize() fyne.Size { return fyne.NewSize(480, 320) }

// CreateRenderer is for Fyne.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer { return &renderer{t} }

// view is what is shown now, in a scale of device pixels.
func (t *Timeline) view() chart.View {
	size := t.Size()
	return chart.View{
		From: t.from, To: t.to, Width: float64(size.Width), Height: float64(size.Height), Scale: t.scale(), Theme: t.look(),
	}
}

// scale is how many device pixels a logical one has.
func (t *Timeline) scale() float64 {
	if w := t.Size().Width; w > 0 && t.pixels.X > 0 {
		return float64(t.pixels.X) / float64(w)
	}
	return 1
}
