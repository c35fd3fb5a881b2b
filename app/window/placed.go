//go:build cgo

package window

import "fyne.io/fyne/v2"

// placed is a layout for the places where pixels matter: a function that puts the objects where they go.
type placed struct {
	min   func(objects []fyne.CanvasObject) fyne.Size
	place func(objects []fyne.CanvasObject, size fyne.Size)
}

// MinSize implements fyne.Layout.
func (p placed) MinSize(objects []fyne.CanvasObject) fyne.Size { return p.min(objects) }

// Layout implements fyne.Layout.
func (p placed) Layout(objects []fyne.CanvasObject, size fyne.Size) { p.place(objects, size) }

// put moves and resizes an object.
func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// inset leaves room around one object.
func inset(left, top, right, bottom float32) fyne.Layout {
	return placed{
		min: func(o []fyne.CanvasObject) fyne.Size {
			return o[0].MinSize().AddWidthHeight(left+right, top+bottom)
		},
		place: func(o []fyne.CanvasObject, size fyne.Size) {
			put(o[0], left, top, size.Width-left-right, size.Height-top-bottom)
		},
	}
}

// pile puts the visible objects under each other, gap apart, each as wide as there is room.
func pile(gap float32) fyne.Layout {
	return placed{
		min: func(objects []fyne.CanvasObject) fyne.Size {
			var size fyne.Size
			for _, o := range objects {
				if !o.Visible() {
					continue
				}
				if size.Height > 0 {
					size.Height += gap
				}
				m := o.MinSize()
				size.Width, size.Height = max(size.Width, m.Width), size.Height+m.Height
			}
			return size
		},
		place: func(objects []fyne.CanvasObject, size fyne.Size) {
			y := float32(0)
			for _, o := range objects {
				if o.Visible() {
					h := o.MinSize().Height
					put(o, 0, y, size.Width, h)
					y += h + gap
				}
			}
		},
	}
}
