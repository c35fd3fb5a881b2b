//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// bar is the row of controls under the picture: of a lecture, and of a replay.
type bar struct {
	object          *fyne.Container
	run, play       *push
	back, on, leave *push
	speed           *tabs
	buttons         []fyne.CanvasObject
}

const barHeight = 70

// newBar makes it; do are what its buttons do.
func newBar(run, leave func(), r *replay, keys keys) *bar {
	b := &bar{
		run:   newPush("Run", run, keys.typed),
		play:  newPush("", r.Toggle, keys.typed),
		back:  newPush("‹ Step", func() { r.Step(false) }, keys.typed),
		on:    newPush("Step ›", func() { r.Step(true) }, keys.typed),
		leave: newPush("Leave", leave, keys.typed),
	}
	var names []string
	for _, s := range speeds {
		names = append(names, s.name)
	}
	b.speed = newTabs(names, r.SetSpeed)
	b.speed.size = 18
	b.speed.Choose(1)
	for _, p := range []*push{b.run, b.back, b.on, b.leave} {
		p.plain = true
	}
	for _, p := range []*push{b.run, b.play, b.back, b.on, b.leave} {
		p.char, p.size = keys.char, 19
	}
	b.buttons = []fyne.CanvasObject{b.run, b.play, b.speed, b.back, b.on, b.leave}
	b.object = container.New(placed{
		min:   func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(700, barHeight) },
		place: func(_ []fyne.CanvasObject, size fyne.Size) { b.place(size) },
	}, b.buttons...)
	return b
}

// place puts the buttons beside each other, narrower where there is little room; the last one keeps to the right.
func (b *bar) place(size fyne.Size) {
	const gap, height, speedHeight = 12, 46, 32
	widths := []float32{124, 290, b.speed.MinSize().Width + 16, 124, 124, 124}
	room, wanted := size.Width-gap*float32(len(widths)-1)-widths[2], float32(0)
	for i, w := range widths {
		if i != 2 {
			wanted += w
		}
	}
	x, y := float32(0), (size.Height-height)/2
	for i, o := range b.buttons {
		w := widths[i]
		switch {
		case o == b.speed:
			put(o, x+8, (size.Height-speedHeight)/2, w-16, speedHeight)
		default:
			if w *= min(room/wanted, 1); o == b.leave {
				x = size.Width - w
			}
			put(o, x, y, w, height)
		}
		x += w + gap
	}
}

// Show brings the buttons up to a phase and a replay.
func (b *bar) Show(phase phase, r *replay, ok bool) {
	switch {
	case phase == stopping:
		b.run.Set("Stopping…", true, true)
	case phase.busy():
		b.run.Set("Stop", true, false)
	default:
		b.run.Set("Run", false, !ok)
	}
	none := r.length <= 0
	switch {
	case r.playing:
		b.play.Set("Pause", false, none)
	case r.active:
		b.play.Set("Go on at "+speeds[r.speed].name+" speed", false, none)
	default:
		b.play.Set("Replay at "+speeds[r.speed].name+" speed", false, none)
	}
	b.back.Set("‹ Step", false, none)
	b.on.Set("Step ›", false, none)
}
