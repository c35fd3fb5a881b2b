package timeline

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"regatta/visual/chart"
	"regatta/visual/internal/sample"
	"regatta/workloads/recording"
)

func TestKeysTravel(t *testing.T) {
	s := newStage(t)
	rec := sample.Threads(t)
	s.line.SetRecording(rec, nil)
	s.settle()
	length := func() time.Duration { return s.line.to - s.line.from }
	s.keys("+w")
	if l := length(); l > 270*time.Millisecond || s.line.Follows() {
		t.Errorf("two steps in show %v", l)
	}
	from := s.line.from
	s.line.Key(fyne.KeyRight)
	s.keys("d")
	if s.line.from <= from {
		t.Error("Right and d do not go to later times")
	}
	s.line.Key(fyne.KeyLeft)
	s.keys("a")
	if s.line.from != from {
		t.Errorf("Left and a go back to %v, not %v", s.line.from, from)
	}
	s.line.Key(fyne.KeyHome)
	if s.line.from != 0 {
		t.Errorf("Home shows from %v", s.line.from)
	}
	s.line.Key(fyne.KeyEnd)
	if s.line.to < rec.Seen() || s.line.to > rec.Seen()+length()/8 || s.line.following != theEnd {
		t.Errorf("End shows up to %v of %v", s.line.to, rec.Seen())
	}
	s.keys("-s")
	s.keys("0")
	if s.line.following != all || s.line.from != 0 {
		t.Error("0 does not show everything")
	}
}

func TestKeysSelect(t *testing.T) {
	s := newStage(t)
	rec := sample.Threads(t)
	s.line.SetRecording(rec, nil)
	s.settle()
	for range 3 {
		s.line.Key(fyne.KeyDown)
	}
	if name := rec.Track(s.line.selected.Lane).Name; name != "Thread-2" {
		t.Fatalf("the third lane is %s", name)
	}
	s.keys("..,.")
	_, span, ok := s.line.chart.SelectedSpan(s.line.selected)
	if !ok {
		t.Fatal("no span is selected")
	}
	if span.State != recording.GIL {
		s.keys(".")
		_, span, _ = s.line.chart.SelectedSpan(s.line.selected)
	}
	s.keys("b")
	if s.line.selected.Lane != span.Blocker || span.Blocker == recording.NoLane {
		t.Errorf("b selects lane %d, %d held it", s.line.selected.Lane, span.Blocker)
	}
	s.keys("+++++++")
	s.line.Key(fyne.KeyEnd)
	s.line.selected = chart.Selection{Lane: span.Blocker, At: 40 * time.Millisecond}
	s.keys(".")
	if at := s.line.selected.At; at < s.line.from || at > s.line.to {
		t.Errorf("the selected span at %v is not in view, %v to %v", at, s.line.from, s.line.to)
	}
}

func TestFocusIsSeen(t *testing.T) {
	s := newStage(t)
	before := s.settle()
	unused := 0
	s.line.OnUnused(func(*fyne.KeyEvent) { unused++ }, func(rune) { unused++ })
	s.window.Canvas().Focus(s.line)
	if !differ(before, s.settle()) {
		t.Error("focus does not show")
	}
	s.line.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	s.line.TypedRune('?')
	s.line.TypedRune('0')
	if unused != 2 {
		t.Errorf("%d keys were given back, want 2", unused)
	}
	s.window.Canvas().Unfocus()
	if differ(before, s.settle()) {
		t.Error("the ring stays")
	}
}

func differ(a, b image.Image) bool {
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return true
			}
		}
	}
	return false
}

func TestFollowsTheEnd(t *testing.T) {
	s := newStage(t)
	live := sample.Gaps(t)
	s.line.SetRecording(live, nil)
	s.line.show(0, 100*time.Millisecond)
	s.line.Update()
	s.settle()
	if from, to := s.line.Shown(); from != 0 || to != 100*time.Millisecond || s.line.Follows() {
		t.Errorf("what the user looks at moved to %v to %v", from, to)
	}
	s.line.Key(fyne.KeyEnd)
	s.line.Update()
	s.settle()
	if from, to := s.line.Shown(); to < live.Seen() || to-from != 100*time.Millisecond || !s.line.Follows() {
		t.Errorf("End shows %v to %v of %v", from, to, live.Seen())
	}
	s.line.Pan(-0.5)
	if s.line.Follows() {
		t.Error("panning does not stop following")
	}
}
