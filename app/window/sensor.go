//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// sensor lies over things of equal width and tells which one the pointer is on.
type sensor struct {
	widget.BaseWidget
	parts   int
	changed func(part int) // nowhere where the pointer has left
	on      int
}

// nowhere is no part.
const nowhere = -1

func newSensor(parts int) *sensor {
	s := &sensor{parts: parts, changed: func(int) {}, on: nowhere}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *sensor) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(nil))
}

// MouseIn implements desktop.Hoverable.
func (s *sensor) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (s *sensor) MouseMoved(e *desktop.MouseEvent) {
	part := int(e.Position.X / max(s.Size().Width, 1) * float32(s.parts))
	s.set(min(max(part, 0), s.parts-1))
}

// MouseOut implements desktop.Hoverable.
func (s *sensor) MouseOut() { s.set(nowhere) }

func (s *sensor) set(part int) {
	if part != s.on {
		s.on = part
		s.changed(part)
	}
}
