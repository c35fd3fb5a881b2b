//go:build cgo

package window

import "fyne.io/fyne/v2"

// addBar puts the row of controls in, which needs the window's keys.
func (r *result) addBar(b *bar) {
	r.bar = b
	r.object.(*fyne.Container).Add(b.object)
	r.page()
}

// setLecture makes everything twice as large, with the controls under the picture.
func (r *result) setLecture(on bool) {
	r.lecture = on
	r.title.size, r.subtitle.size = 23, 14
	if on {
		r.title.size, r.subtitle.size = 46, 28
		r.tabs.Choose(timelineTabIndex)
	}
	r.title.Refresh()
	r.subtitle.Refresh()
	r.timeline.SetLecture(on)
	r.page()
}

// showBar shows or hides the row of controls.
func (r *result) showBar(on bool) {
	if on != r.withBar {
		r.withBar = on
		r.page()
		r.place(r.object.Size())
	}
}

// placeLecture leaves out what a lecture does not show.
func (r *result) placeLecture(width, bottom, cardWidth float32) {
	h := r.title.MinSize().Height
	put(r.title, 28, 12, width, h)
	y := 12 + h
	h = r.subtitle.MinSize().Height
	put(r.subtitle, 28, y, width, h)
	y += h + 12
	put(r.card.object, 16, y, cardWidth, bottom-y)
}
