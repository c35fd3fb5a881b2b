package timeline

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"regatta/visual/chart"
	"regatta/visual/internal/sample"
	"regatta/workloads/recording"
)

// click presses the mouse and lets it go.
func (s *stage) click(x, y float64) {
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(x), float32(y))}, Button: desktop.MouseButtonPrimary}
	s.line.MouseMoved(e)
	s.line.MouseDown(e)
	s.line.MouseUp(e)
	s.settle()
}

// find is a place of an area, by looking for it.
func (s *stage) find(what string, is func(chart.Spot) bool) (x, y float64) {
	s.t.Helper()
	size := s.line.Size()
	for _, step := range []float32{16, 8, 4} {
		for y := step / 2; y < size.Height; y += step {
			for x := step / 2; x < size.Width; x += step {
				if is(s.line.spot(fyne.NewPos(x, y))) {
					return float64(x), float64(y)
				}
			}
		}
	}
	s.t.Fatalf("there is no %s", what)
	return 0, 0
}

func (s *stage) keys(text string) {
	for _, r := range text {
		if !s.line.Rune(r) {
			s.t.Errorf("%q means nothing", r)
		}
	}
	s.settle()
}

func (s *stage) rows() (total, shown int) {
	s.line.ask(func(c *chart.Chart, v chart.View) { total, shown = c.Rows(v) })
	return total, shown
}

func TestClickSelectsAndEscapeTakesBack(t *testing.T) {
	s := newStage(t)
	rec := sample.Threads(t)
	s.line.SetRecording(rec, nil)
	s.settle()
	s.click(s.find("lane", func(p chart.Spot) bool {
		return p.Area == chart.OnLanes && p.Track != nil && p.Track.Name == "Thread-2" && p.At > 300*time.Millisecond
	}))
	if rec.Track(s.line.selected.Lane).Name != "Thread-2" || s.line.selected.At < 300*time.Millisecond {
		t.Errorf("selected %+v", s.line.selected)
	}
	jobs := s.line.jobs
	s.click(s.find("label", func(p chart.Spot) bool { return p.Area == chart.OnLabels && p.Track != nil && !p.Folds }))
	if s.line.selected.At != -1 || s.line.jobs == jobs {
		t.Errorf("a click on a name selected %+v, %d paintings", s.line.selected, s.line.jobs-jobs)
	}
	if !s.line.Key(fyne.KeyEscape) || s.line.selected.Lane != recording.NoLane {
		t.Error("Escape does not take the selection back")
	}
	if s.line.Key(fyne.KeyEscape) {
		t.Error("Escape is used though there is nothing to take back")
	}
}

func TestTriangleFolds(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Threads(t), nil)
	s.settle()
	x, y := s.find("triangle", func(p chart.Spot) bool { return p.Folds })
	for _, want := range []int{1, 5} {
		if s.click(x, y); want != first(s.rows()) {
			t.Errorf("%d rows, want %d", first(s.rows()), want)
		}
	}
	for _, want := range []int{1, 5} {
		if s.keys("x"); want != first(s.rows()) {
			t.Errorf("after x %d rows, want %d", first(s.rows()), want)
		}
	}
	s.line.Key(fyne.KeyDown)
	s.line.Key(fyne.KeyReturn)
	if n := first(s.rows()); n != 1 {
		t.Errorf("after Return %d rows, want 1", n)
	}
}

func first(a, _ int) int { return a }

func TestLegendFiltersByState(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Threads(t), nil)
	s.settle()
	gil := func(p chart.Spot) bool { return p.Area == chart.OnLegend && p.State == recording.GIL }
	x, y := s.find("legend", gil)
	for _, want := range []int{4, 5} {
		if s.click(x, y); first(s.rows()) != want {
			t.Errorf("%d rows, want %d", first(s.rows()), want)
		}
	}
	s.keys("t")
	if s.line.lanes.State != recording.Running {
		t.Errorf("t leaves lanes that were in %v", s.line.lanes.State)
	}
	s.line.SetFilter("thread-3")
	if n := first(s.rows()); n != 1 {
		t.Errorf("%d lanes are named thread-3", n)
	}
}

func TestRulerMeasures(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Threads(t), nil)
	s.settle()
	x, y := s.find("ruler", func(p chart.Spot) bool { return p.Area == chart.OnRuler && p.At > 100*time.Millisecond })
	at := s.line.spot(fyne.NewPos(float32(x), float32(y))).At
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(x), float32(y))}, Button: desktop.MouseButtonPrimary}
	s.line.MouseDown(e)
	for range 10 {
		e.Position.X += 10
		s.line.Dragged(&fyne.DragEvent{PointEvent: e.PointEvent, Dragged: fyne.NewDelta(10, 0)})
	}
	s.line.MouseUp(e)
	s.line.DragEnd()
	to := s.line.spot(e.Position).At
	if s.line.stretch != (chart.Stretch{From: at, To: to}) || to <= at {
		t.Errorf("measured %v, want %v to %v", s.line.stretch, at, to)
	}
	if s.line.selected.Lane != recording.NoLane || s.line.following != all {
		t.Error("measuring selects or pans")
	}
	s.click(x, y)
	if !s.line.stretch.Empty() {
		t.Error("a click on the ruler leaves the stretch")
	}
	s.line.Key(fyne.KeyDown)
	s.keys(".m")
	if s.line.stretch.Empty() {
		t.Error("m measures nothing")
	}
}

func TestLanesScroll(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Many(t, 100, 1000), nil)
	s.settle()
	total, shown := s.rows()
	if total != 100 || shown > 50 {
		t.Fatalf("%d of %d rows", shown, total)
	}
	x, y := s.find("label", func(p chart.Spot) bool { return p.Area == chart.OnLabels && p.Track != nil })
	wheel := func(dy float32) {
		s.line.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(x), float32(y))}, Scrolled: fyne.NewDelta(0, dy)})
	}
	wheel(-25)
	if s.line.lanes.First != rowsNotch || s.line.following != all {
		t.Errorf("a notch over the names scrolls to row %d", s.line.lanes.First)
	}
	s.line.Key(fyne.KeyPageDown)
	if s.line.lanes.First != rowsNotch+shown-1 {
		t.Errorf("a page on the first row is %d", s.line.lanes.First)
	}
	for range 100 {
		wheel(-1000)
	}
	if s.line.lanes.First != total-shown {
		t.Errorf("at the end the first row is %d of %d", s.line.lanes.First, total)
	}
	s.click(s.find("row for the rest", func(p chart.Spot) bool { return p.Rest }))
	for range 150 {
		s.line.Key(fyne.KeyUp)
	}
	if s.line.lanes.First != 0 {
		t.Errorf("the selected lane is not in view: first row %d", s.line.lanes.First)
	}
	s.line.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(300, 130)}, Dragged: fyne.NewDelta(0, -40)})
	if s.line.lanes.First != 2 {
		t.Errorf("dragged by two rows and a half the first row is %d", s.line.lanes.First)
	}
}

func TestReplayHidesTheFuture(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Threads(t), nil)
	s.settle()
	s.line.SetUntil(300 * time.Millisecond)
	x, y := s.find("future", func(p chart.Spot) bool { return p.Area == chart.OnLanes && p.At > 350*time.Millisecond })
	s.line.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(x), float32(y))}})
	if s.line.hover.tip.Visible() || s.line.hover.cursor.Visible() {
		t.Error("the pointer reads what the replay has not reached")
	}
	if next := s.line.NextEvent(300*time.Millisecond, true); next <= 300*time.Millisecond || next > 310*time.Millisecond {
		t.Errorf("the next event is at %v", next)
	}
	s.line.SetRecording(sample.Threads(t), nil)
	if s.line.until != 0 {
		t.Error("another recording begins in the replay of the last one")
	}
}

func TestLectureIsTwiceAsLarge(t *testing.T) {
	s := newStage(t)
	s.line.SetRecording(sample.Threads(t), nil)
	s.settle()
	label := func(p chart.Spot) bool { return p.Area == chart.OnLanes }
	x, _ := s.find("lane", label)
	s.line.SetLecture(true)
	s.settle()
	x2, _ := s.find("lane", label)
	if x2 < 1.7*x {
		t.Errorf("in a lecture lanes begin at %.0f, else at %.0f", x2, x)
	}
	s.line.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(500, 200)}})
	tip := s.line.hover.tip
	if !tip.Visible() || tip.Size().Height != float32(2*s.line.hover.scenes.tip.Height) {
		t.Errorf("the tip is %v", tip.Size())
	}
	if at, _ := s.line.chart.TimeAt(s.line.view(), 250); at != s.line.hover.spot.At {
		t.Errorf("the pointer reads %v, want %v", s.line.hover.spot.At, at)
	}
}
