//go:build cgo

package window

// Where the settings are kept that are yes or no.
const (
	keyPatterns = "patterns" // states differ by pattern too
	keyQuiet    = "quiet"    // a run is drawn when it is over
)

func (v *view) patterns() bool { return v.app.Preferences().Bool(keyPatterns) }

// setPatterns changes whether states differ by pattern too, at once and for the next time.
func (v *view) setPatterns(on bool) {
	v.app.Preferences().SetBool(keyPatterns, on)
	v.result.timeline.SetPatterns(on)
}

func (v *view) quiet() bool { return v.app.Preferences().Bool(keyQuiet) }

// setQuiet changes whether runs are drawn while they go on, from the next one on.
func (v *view) setQuiet(on bool) {
	v.app.Preferences().SetBool(keyQuiet, on)
	v.control.SetQuiet(on)
	v.show()
}

// setLecture switches between the window as it is and a picture that is read from the last row.
func (v *view) setLecture(on, wholeScreen bool) {
	if v.lecture = on; !on {
		v.replay.Leave()
	}
	if whole := on && wholeScreen; whole != v.win.FullScreen() {
		v.win.SetFullScreen(whole)
	}
	v.result.setLecture(on)
	setVisible(v.panel.object, !on)
	v.win.Canvas().Unfocus()
	v.win.Content().Refresh()
	v.place(v.content.Size())
	v.show()
}
