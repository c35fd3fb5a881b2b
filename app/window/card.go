//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// card is the ground on which evidence lies, with a hardly visible edge. The timeline, which draws its own, hides it.
type card struct {
	object fyne.CanvasObject
	ground *canvas.Rectangle
}

func newCard(contents ...fyne.CanvasObject) *card {
	c := &card{ground: canvas.NewRectangle(nil)}
	c.ground.CornerRadius, c.ground.StrokeWidth = 9, 1
	c.object = container.NewStack(append([]fyne.CanvasObject{c.ground}, contents...)...)
	c.paint()
	return c
}

// paint takes the colours from the theme.
func (c *card) paint() {
	c.ground.FillColor, c.ground.StrokeColor = theme.Color(colorCard), theme.Color(colorRule)
	c.ground.Refresh()
}
