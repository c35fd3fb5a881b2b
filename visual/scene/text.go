package scene

import (
	"image/color"

	"regatta/visual/typeface"
)

// Anchor says which point of a text stands at its X.
type Anchor uint8

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Text is one line of text. Y is its baseline.
type Text struct {
	X, Y   float64
	Text   string
	Size   float64 // of an em
	Weight typeface.Weight
	Anchor Anchor
	Color  color.NRGBA
}

// capHeight is the height of a capital letter in ems, the same in both weights.
const capHeight = 0.714

// Width is how wide the text is.
func (t Text) Width() float64 { return typeface.Width(t.Text, t.Size, t.Weight) }

// Left is where the text begins.
func (t Text) Left() float64 {
	switch t.Anchor {
	case Middle:
		return t.X - t.Width()/2
	case End:
		return t.X - t.Width()
	}
	return t.X
}

// CenteredAt returns the text with its capital letters centred on a height.
func (t Text) CenteredAt(y float64) Text {
	t.Y = y + t.Size*capHeight/2
	return t
}

// FittedTo returns the text shortened with an ellipsis to a width.
func (t Text) FittedTo(width float64) Text {
	t.Text = typeface.Fit(t.Text, width, t.Size, t.Weight)
	return t
}
