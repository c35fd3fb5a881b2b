//go:build cgo

package window

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"regatta/visual/chart"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/workloads/store"
)

// askOpen asks for a recording and shows it.
func (v *view) askOpen() {
	if v.control.State().phase.busy() {
		return
	}
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			v.complain(err)
			return
		}
		if r == nil { // cancelled
			return
		}
		r.Close() // the window reads recordings by their path
		v.open(r.URI())
	}, v.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{store.Suffix}))
	d.SetView(dialog.ListView) // the names are long, and differ at their ends
	if dir, err := store.Folder(); err == nil {
		if at, err := storage.ListerForURI(storage.NewFileURI(dir)); err == nil {
			d.SetLocation(at)
		}
	}
	d.Show()
	d.Resize(fyne.NewSize(820, 560)) // before Show it panics, in Fyne v2.8.1
}

// open shows the recording at a URI.
func (v *view) open(uri fyne.URI) {
	if uri.Scheme() != "file" {
		v.complain(fmt.Errorf("%s is not a file on this computer: save it first, then open it", uri))
		return
	}
	go func() {
		if err := v.control.Open(uri.Path()); err != nil {
			v.bridge.dispatch(func() { v.complain(err) })
		}
	}()
}

// dropped opens the first recording among files that were dropped on the window.
func (v *view) dropped(_ fyne.Position, files []fyne.URI) {
	i := slices.IndexFunc(files, func(u fyne.URI) bool { return u.Extension() == store.Suffix })
	if i < 0 {
		v.complain(fmt.Errorf("drop a recording here: a file whose name ends with %s", store.Suffix))
		return
	}
	v.open(files[i])
}

// askSave asks for a name and writes the run there as a picture.
func (v *view) askSave() {
	s := v.control.State()
	if s.result == nil {
		return
	}
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil {
			v.complain(err)
			return
		}
		if w == nil { // cancelled
			return
		}
		if err := errors.Join(picture(w, s, currentPalette()), w.Close()); err != nil {
			v.complain(fmt.Errorf("save the picture: %w", err))
		}
	}, v.win)
	d.SetFileName(strings.TrimSuffix(filepath.Base(s.result.path), store.Suffix) + ".png")
	d.SetFilter(storage.NewExtensionFileFilter([]string{".png"}))
	d.Show()
	d.Resize(fyne.NewSize(820, 560)) // before Show it panics, in Fyne v2.8.1
}

// picture writes a finished run as a PNG of 1600 x 900 points, sharp on screens of twice the usual density.
func picture(w io.Writer, s state, p *palette.Theme) error {
	const scale = 2
	title, subtitle := headline(s, s.choice.Pair)
	s.shown.mu.Lock()
	defer s.shown.mu.Unlock()
	scene := chart.Picture(s.shown.reader.Recording(), chart.Options{
		Width: 1600, Height: 900, Scale: scale, Theme: p,
		Title: title, Subtitle: subtitle, Numbers: figures(s.summary),
	})
	return paint.PNG(w, scene, scale)
}

// complain shows what went wrong; the window goes on.
func (v *view) complain(err error) { dialog.ShowError(err, v.win) }
