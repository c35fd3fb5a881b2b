package scene_test

import (
	"math"
	"testing"

	"regatta/visual/scene"
)

func TestTextAnchors(t *testing.T) {
	text := scene.Text{X: 100, Text: "100 ms", Size: 11}
	w := text.Width()
	for _, c := range []struct {
		anchor scene.Anchor
		left   float64
	}{{scene.Start, 100}, {scene.Middle, 100 - w/2}, {scene.End, 100 - w}} {
		text.Anchor = c.anchor
		if got := text.Left(); math.Abs(got-c.left) > 1e-9 {
			t.Errorf("anchor %d: starts at %.2f, want %.2f", c.anchor, got, c.left)
		}
	}
}

func TestCenteredAt(t *testing.T) {
	text := scene.Text{Text: "H", Size: 20}.CenteredAt(50)
	top := text.Y - 20*0.714
	if math.Abs((top+text.Y)/2-50) > 0.01 {
		t.Errorf("the letter lies from %.2f to %.2f, not around 50", top, text.Y)
	}
}

func TestFittedTo(t *testing.T) {
	text := scene.Text{Text: "a long name of a lane", Size: 13}.FittedTo(60)
	if text.Width() > 60 || text.Text == "" {
		t.Errorf("%q is %.1f wide", text.Text, text.Width())
	}
}

func TestBoxContains(t *testing.T) {
	b := scene.Box{X: 1, Y: 2, W: 3, H: 4}
	for _, c := range []struct {
		x, y float64
		want bool
	}{{1, 2, true}, {3.9, 5.9, true}, {4, 3, false}, {2, 6, false}, {0.9, 3, false}, {2, 1.9, false}} {
		if got := b.Contains(c.x, c.y); got != c.want {
			t.Errorf("Contains(%g, %g) = %v", c.x, c.y, got)
		}
	}
}
