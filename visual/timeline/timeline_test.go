package timeline

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"regatta/visual/chart"
	"regatta/visual/internal/sample"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/workloads/recording"
)

// only is a theme in one of its variants, whatever the desktop prefers.
type only struct {
	fyne.Theme
	variant fyne.ThemeVariant
}

func (o only) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return o.Theme.Color(name, o.variant)
}

// stage is a timeline in a window, with the test as its UI goroutine: what the widget dispatches runs only in settle.
type stage struct {
	t      *testing.T
	line   *Timeline
	window fyne.Window
	queue  chan func()
}

func newStage(t *testing.T) *stage {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(only{theme.DefaultTheme(), theme.VariantLight})
	s := &stage{t: t, queue: make(chan func(), 1000)}
	s.line = New(func(f func()) { s.queue <- f })
	s.window = test.NewTempWindow(t, s.line)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(640, 480))
	return s
}

// settle lets the timeline paint all that was asked for, and returns what the window shows then.
func (s *stage) settle() image.Image {
	s.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		for len(s.queue) > 0 {
			(<-s.queue)()
		}
		if !s.line.pace.busy && !s.line.pace.wanted {
			img := s.window.Canvas().Capture() // which may ask for another size
			if !s.line.pace.busy && !s.line.pace.wanted {
				return img
			}
		}
		select {
		case f := <-s.queue:
			f()
		case <-deadline:
			s.t.Fatal("the timeline goes on painting")
		}
	}
}

// expect compares a window with a chart.
func (s *stage) expect(got image.Image, rec *recording.Recording, from, to time.Duration, look *palette.Theme) {
	s.t.Helper()
	size := s.line.Size()
	v := chart.View{
		From: from, To: to, Width: float64(size.Width), Height: float64(size.Height), Scale: s.line.scale(), Theme: look, Handles: true,
	}
	want := paint.Image(chart.New(rec).Draw(v), v.Scale)
	flat := image.NewRGBA(got.Bounds())
	draw.Draw(flat, flat.Rect, got, image.Point{}, draw.Src)
	if flat.Rect != want.Rect || !bytes.Equal(flat.Pix, want.Pix) {
		s.t.Errorf("the window (%v) does not show the chart (%v) from %v to %v", flat.Rect, want.Rect, from, to)
	}
}

func TestShowsTheChart(t *testing.T) {
	s := newStage(t)
	s.expect(s.settle(), nil, 0, time.Second, palette.Light)
	rec := sample.Threads(t)
	s.line.SetRecording(rec, nil)
	s.expect(s.settle(), rec, 0, 600*time.Millisecond, palette.Light)
	s.window.Resize(fyne.NewSize(700, 500))
	s.expect(s.settle(), rec, 0, 600*time.Millisecond, palette.Light)
}

func TestFollowsTheTheme(t *testing.T) {
	s := newStage(t)
	rec := sample.Threads(t)
	s.line.SetRecording(rec, nil)
	s.settle()
	fyne.CurrentApp().Settings().SetTheme(only{theme.DefaultTheme(), theme.VariantDark})
	s.line.Refresh() // Fyne does this for every widget of every window, later than a test can wait for
	s.expect(s.settle(), rec, 0, 600*time.Millisecond, palette.Dark)
}

func TestPointerRepaintsNothing(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Threads(t), nil)
	s.settle()
	before := s.line.jobs
	for x := float32(200); x < 450; x += 23 {
		s.line.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 130)}})
		s.settle()
	}
	if s.line.jobs != before {
		t.Errorf("%d repaints for moving the pointer", s.line.jobs-before)
	}
	h := &s.line.hover
	if !h.cursor.Visible() || !h.tip.Visible() {
		t.Error("the cursor or the tip does not show")
	}
	if h.tipIs.tip.Title == "" || len(h.cursorIs.cursor.Readouts) != 4 {
		t.Errorf("tip %+v, values %+v", h.tipIs.tip, h.cursorIs.cursor.Readouts)
	}
	test.WidgetRenderer(s.line).Layout(s.line.Size()) // as Fyne does when an object appears
	if !h.cursor.Visible() {
		t.Error("laying out at the same size hides the cursor")
	}
	s.line.MouseOut()
	if h.cursor.Visible() || h.tip.Visible() {
		t.Error("the cursor or the tip stays when the pointer has gone")
	}
}

func TestCursorIsDrawnOnlyForNewValues(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Threads(t), nil)
	s.settle()
	move := func(x float32) {
		s.line.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 440)}})
	}
	drawn, last := 0, s.line.hover.scenes.cursor
	for x := float32(400); x < 420; x += 0.5 {
		if move(x); s.line.hover.scenes.cursor != last {
			drawn, last = drawn+1, s.line.hover.scenes.cursor
		}
	}
	if drawn > 5 { // there is a sample each nine pixels
		t.Errorf("the cursor was drawn %d times for 40 moves", drawn)
	}
}

func TestTipStaysInside(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Threads(t), nil)
	s.settle()
	x, width := s.line.plot()
	for _, share := range []float64{0.05, 0.5, 0.9} {
		pos := fyne.NewPos(float32(x+share*width), 130)
		s.line.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: pos}})
		tip := s.line.hover.tip
		if left, right := tip.Position().X, tip.Position().X+tip.Size().Width; left < 0 || right > s.line.Size().Width {
			t.Errorf("at %v the tip lies from %.0f to %.0f", pos, left, right)
		}
	}
}

func TestWheelZoomsAtThePointer(t *testing.T) {
	s := newStage(t)
	rec := sample.Threads(t)
	s.line.SetRecording(rec, nil)
	s.settle()
	pos := fyne.NewPos(500, 130)
	timeThere := func() time.Duration {
		at, ok := s.line.chart.TimeAt(s.line.view(), float64(pos.X))
		if !ok {
			t.Fatal("the pointer is not over the plot")
		}
		return at
	}
	before := timeThere()
	scroll := func(dy float32) {
		s.line.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: pos}, Scrolled: fyne.NewDelta(0, dy)})
	}
	for range 5 {
		scroll(25)
	}
	from, to := s.line.Shown()
	if d := (timeThere() - before).Abs(); d > time.Millisecond || to-from > 250*time.Millisecond {
		t.Errorf("from %v to %v, the time under the pointer moved by %v", from, to, d)
	}
	s.expect(s.settleQuietly(), rec, from, to, palette.Light)
	for range 60 {
		scroll(100)
	}
	if from, to := s.line.Shown(); to-from != shortest {
		t.Errorf("zoomed in to %v, want %v", to-from, shortest)
	}
	for range 60 {
		scroll(-100)
	}
	if from, to := s.line.Shown(); from != 0 || to != 600*time.Millisecond || s.line.following != all {
		t.Errorf("zoomed out to %v to %v", from, to)
	}
}

// settleQuietly settles without the cursor.
func (s *stage) settleQuietly() image.Image {
	s.line.MouseOut()
	return s.settle()
}

func TestDragPansAndDoubleTapFits(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Threads(t), nil)
	s.settle()
	drag := func(dx float32) {
		s.line.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(400, 130)}, Dragged: fyne.NewDelta(dx, 0)})
	}
	if drag(50); s.line.following != all {
		t.Error("a picture of everything was panned")
	}
	s.line.show(100*time.Millisecond, 200*time.Millisecond)
	_, width := s.line.plot()
	drag(float32(-width / 2))
	if from, to := s.line.Shown(); (from-150*time.Millisecond).Abs() > time.Microsecond || to-from != 100*time.Millisecond {
		t.Errorf("panned to %v to %v", from, to)
	}
	drag(1e6)
	if from, _ := s.line.Shown(); from != 0 {
		t.Errorf("panned before the start, to %v", from)
	}
	drag(-1e6)
	if _, to := s.line.Shown(); to != 600*time.Millisecond {
		t.Errorf("panned behind the end, to %v", to)
	}
	s.line.DoubleTapped(&fyne.PointEvent{})
	if from, to := s.line.Shown(); from != 0 || to != 600*time.Millisecond {
		t.Errorf("a double tap shows %v to %v", from, to)
	}
}

// TestLive follows a file that grows while the timeline reads it in its own goroutine; the race detector watches.
func TestLive(t *testing.T) {
	s := newStage(t)
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{Created: time.Unix(1, 0), Machine: recording.Machine{Cores: 2}})
	if err != nil {
		t.Fatal(err)
	}
	reader := recording.Follow(path + recording.PartSuffix)
	var guard sync.Mutex
	s.line.SetRecording(reader.Recording(), &guard)
	id := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", End: recording.StillAlive})
	polled := make(chan error, 1)
	go func() {
		for i := range 100 {
			at := time.Duration(i) * 20 * time.Millisecond
			w.Span(id, recording.Span{Start: at, End: at + 20*time.Millisecond, State: recording.State(1 + i%3)})
			w.Flush()
			guard.Lock()
			_, err := reader.Poll()
			guard.Unlock()
			if err != nil {
				polled <- err
				return
			}
			s.queue <- s.line.Update
		}
		polled <- w.Finish(recording.End{Wall: 2 * time.Second})
	}()
	for done := false; !done; {
		select {
		case f := <-s.queue:
			f()
		case err := <-polled:
			if err != nil {
				t.Fatal(err)
			}
			done = true
		}
	}
	reader.SetPath(path)
	if _, err := reader.Poll(); err != nil {
		t.Fatal(err)
	}
	s.line.Update()
	got := s.settle()
	if from, to := s.line.Shown(); from != 0 || to != 2*time.Second {
		t.Errorf("shows %v to %v, want all of it", from, to)
	}
	s.expect(got, reader.Recording(), 0, 2*time.Second, palette.Light)
}

func TestMinSizeIsCheap(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Many(t, 20, 20000), nil)
	if n := testing.AllocsPerRun(100, func() { s.line.MinSize() }); n != 0 {
		t.Errorf("MinSize allocates %g times", n)
	}
}
