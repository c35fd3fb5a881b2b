//go:build cgo && linux

package window_test

import (
	"image"
	"testing"

	"regatta/visual/palette"
	"regatta/workloads/recording"
)

// awaitShot polls for a picture.
func awaitShot(t *testing.T, what string, met func(image.Image) bool) image.Image {
	t.Helper()
	var img image.Image
	await(t, what, func() bool { img = screen.shot(t); return met(img) })
	return img
}

func TestRealUse(t *testing.T) {
	p := open(t)
	screen.click(t, runButton)
	if s := status(t, p.recorded()); s != recording.Finished {
		t.Fatalf("the run is %s", s)
	}
	awaitButton(t, "Run button again", palette.Light.Accent)
	lanes := func(img image.Image) int { return shows(img, chart, palette.Light.State(recording.GIL)) }
	awaitShot(t, "lanes", func(img image.Image) bool { return lanes(img) > 1000 })
	whole := screen.shot(t)
	awaitShot(t, "picture that stands still", func(img image.Image) bool {
		still := !differ(whole, img, chart)
		whole = img
		return still
	})

	at := func(x, y string) []string { return []string{"mousemove", x, y} }
	aside := at("144", "770")
	xdotool := func(args ...string) { screen.tool(t, "xdotool", args...) }
	differs := func(a image.Image) func(image.Image) bool {
		return func(b image.Image) bool { return differ(a, b, chart) }
	}
	xdotool(append(append(at("800", "300"), "click", "--repeat", "5", "--delay", "60", "4"), aside...)...)
	zoomed := awaitShot(t, "zoomed picture", differs(whole))
	xdotool("key", "Right")
	awaitShot(t, "panned picture", differs(zoomed))
	xdotool(append(append(at("800", "700"), "click", "--repeat", "2", "--delay", "60", "1"), aside...)...)
	awaitShot(t, "whole picture after a double click", func(img image.Image) bool { return !differ(whole, img, chart) })
	xdotool("key", "plus")
	awaitShot(t, "picture that a key zoomed", differs(whole))
	xdotool("key", "0")
	awaitShot(t, "whole picture again", func(img image.Image) bool { return !differ(whole, img, chart) })

	xdotool(append(append(at("700", "246"), "mousedown", "1", "mousemove", "760", "247", "mousemove", "900", "247", "mouseup", "1"), aside...)...)
	awaitShot(t, "measured stretch", func(img image.Image) bool {
		return shows(img, chart, palette.Light.Accent) > shows(whole, chart, palette.Light.Accent)+400
	})
	xdotool("key", "Escape")
	awaitShot(t, "picture without the stretch", func(img image.Image) bool { return !differ(whole, img, chart) })

	panel := image.Rect(20, 50, 280, 500)
	inPanel := func(img image.Image) int { return shows(img, panel, palette.Light.Selected) }
	xdotool("key", "l")
	awaitShot(t, "lecture", func(img image.Image) bool { return inPanel(img) == 0 && lanes(img) > 1000 })
	xdotool("key", "p")
	awaitShot(t, "replay that hides what comes", func(img image.Image) bool { return lanes(img) < lanes(whole)/2 })
	xdotool("key", "Escape", "key", "Escape")
	awaitShot(t, "window as it was", func(img image.Image) bool { return inPanel(img) > 1000 && !differ(whole, img, chart) })
	xdotool("key", "question")
	awaitShot(t, "shortcuts", differs(whole))
	xdotool("key", "Escape")
	awaitShot(t, "window without them", func(img image.Image) bool { return !differ(whole, img, chart) })
}
