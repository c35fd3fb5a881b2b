//go:build cgo

package window

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"regatta/app/clipboard"
	"regatta/visual/chart"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/visual/pdf"
	"regatta/visual/scene"
	"regatta/visual/svg"
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

// pictureFormats are what a picture can be saved as, by the ending of its name; another name becomes a PNG.
var pictureFormats = map[string]func(io.Writer, *scene.Scene, float64) error{".png": paint.PNG, ".svg": svg.Write, ".pdf": pdf.Write}

// pictureScale makes pictures sharp on screens of twice the usual density.
const pictureScale = 2

// askSave asks for a name and writes what is seen of the run there as a picture.
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
		write, known := pictureFormats[strings.ToLower(w.URI().Extension())]
		if !known {
			write = paint.PNG
		}
		scene := picture(s, v.result.timeline.View(), currentPalette(), v.lecture)
		if err := errors.Join(write(w, scene, pictureScale), w.Close()); err != nil {
			v.complain(fmt.Errorf("save the picture: %w", err))
		}
	}, v.win)
	d.SetFileName(strings.TrimSuffix(filepath.Base(s.result.path), store.Suffix) + ".png")
	d.SetFilter(storage.NewExtensionFileFilter(slices.Sorted(maps.Keys(pictureFormats))))
	d.Show()
	d.Resize(fyne.NewSize(820, 560)) // before Show it panics, in Fyne v2.8.1
}

// picture is what is seen of a finished run, 1600 x 900 points large, with its headline and numbers.
func picture(s state, seen chart.View, p *palette.Theme, lecture bool) *scene.Scene {
	title, subtitle := headline(s, s.choice.Pair)
	s.shown.mu.Lock()
	defer s.shown.mu.Unlock()
	return chart.Seen(s.shown.reader.Recording(), seen, chart.Options{
		Width: 1600, Height: 900, Scale: pictureScale, Theme: p, Lecture: lecture,
		Title: title, Subtitle: subtitle, Numbers: figures(s.summary),
	})
}

// copyPicture puts what is seen of the run on the clipboard.
func (v *view) copyPicture() {
	s := v.control.State()
	if s.result == nil || !v.result.timelineShows() {
		return
	}
	scene := picture(s, v.result.timeline.View(), currentPalette(), v.lecture)
	go func() {
		var png bytes.Buffer
		err := paint.PNG(&png, scene, pictureScale)
		if err == nil {
			err = clipboard.WriteImage(png.Bytes())
		}
		v.bridge.dispatch(func() {
			if err != nil {
				v.complain(err)
				return
			}
			v.result.hint.Set("The picture is copied", colorMuted)
		})
	}()
}

// complain shows what went wrong; the window goes on.
func (v *view) complain(err error) { dialog.ShowError(err, v.win) }
