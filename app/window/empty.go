//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"regatta/visual/palette"
	"regatta/workloads/catalog"
	"regatta/workloads/recording"
)

// empty stands where the result will be, before there is one: what will happen, and how to read it.
type empty struct {
	object fyne.CanvasObject
	title  *text
	model  *text
	keys   []keyRow
}

// keyRow explains one state by a piece of a lane.
type keyRow struct {
	state recording.State
	bar   *canvas.Rectangle
}

// explained are the states that nearly every run shows.
var explained = []recording.State{recording.Running, recording.GIL, recording.Core, recording.Lock, recording.IO, recording.Await}

func newEmpty() *empty {
	e := &empty{
		title: newBold("Press Run, and watch it happen.", 20, theme.ColorNameForeground),
		model: newText("", 14, theme.ColorNameForeground),
	}
	lines := []fyne.CanvasObject{
		e.title,
		e.model,
		newText("A real Python process does the work. Regatta watches it from outside and draws a lane for every", 14, colorMuted),
		newText("worker, with the cores and the memory under them on the same clock. Nothing is simulated.", 14, colorMuted),
	}
	for _, l := range lines {
		l.(*text).align = fyne.TextAlignCenter
	}
	var keys []fyne.CanvasObject
	for _, s := range explained {
		bar := canvas.NewRectangle(nil)
		e.keys = append(e.keys, keyRow{s, bar})
		keys = append(keys, bar, newText(s.Label(), 13, colorMuted))
	}
	legend := container.New(placed{
		min:   func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(560, 120) },
		place: placeKeys,
	}, keys...)
	hint := newText("Thick is working, thin is waiting.", 13, colorMuted)
	hint.align = fyne.TextAlignCenter
	inner := container.New(placed{min: minOf, place: placeEmpty}, append(lines, legend, hint)...)
	e.object = inner
	e.paint()
	return e
}

func minOf([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 320) }

// placeEmpty centres the lines a little above the middle, where the eye looks first.
func placeEmpty(o []fyne.CanvasObject, size fyne.Size) {
	gaps := []float32{0, 14, 20, 4, 36, 24}
	heights := make([]float32, len(o))
	total := float32(0)
	for i := range o {
		heights[i] = o[i].MinSize().Height
		total += gaps[i] + heights[i]
	}
	y := max((size.Height-total)*0.42, 0)
	for i := range o {
		y += gaps[i]
		put(o[i], 20, y, size.Width-40, heights[i])
		y += heights[i]
	}
}

// placeKeys puts the states in two columns, each bar as thick as in a lane.
func placeKeys(o []fyne.CanvasObject, size fyne.Size) {
	const row, full, bar, column = 40, 26, 64, 270
	left := (size.Width - 2*column + 40) / 2
	for i := range explained {
		x, y := left+float32(i/3)*column, float32(i%3)*row
		h := max(full*float32(palette.Height(explained[i])), 2)
		put(o[2*i], x, y+(row-h)/2, bar, h)
		th := o[2*i+1].MinSize().Height
		put(o[2*i+1], x+bar+14, y+(row-th)/2, column-bar-14, th)
	}
}

// paint takes the colours from the theme.
func (e *empty) paint() {
	for _, k := range e.keys {
		k.bar.FillColor = theme.Color(fillOf(k.state))
		k.bar.Refresh()
	}
}

// Show says what the chosen model does.
func (e *empty) Show(pair catalog.Pair) { e.model.Set(pair.Model.Help, theme.ColorNameForeground) }
