package timeline

import "fyne.io/fyne/v2"

// renderer places the picture; the cursor and the tip place themselves by the pointer. All state is the widget's, since
// Fyne throws renderers away that were not seen for a while.
type renderer struct{ t *Timeline }

func (r *renderer) Layout(size fyne.Size) {
	if r.t.picture.Size() == size {
		return // Fyne lays out again when the cursor appears, which must not hide it
	}
	r.t.picture.Resize(size)
	r.t.ring.Resize(size)
	r.t.hideHover()
}

func (r *renderer) MinSize() fyne.Size { return r.t.MinSize() }

func (r *renderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.t.picture, r.t.ring, r.t.hover.cursor, r.t.hover.tip}
}

// Refresh is called when Fyne's theme changes.
func (r *renderer) Refresh() { r.t.pace.want(true) }

func (r *renderer) Destroy() { r.t.pace.stop() }
