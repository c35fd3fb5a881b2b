//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
)

// sheetGroup is a part of the shortcut sheet.
type sheetGroup struct {
	title string
	keys  [][2]string // the key, and what it does
}

// shortcuts is the sheet that ? shows, and all that there is to know about keys.
var shortcuts = []sheetGroup{
	{"Runs", [][2]string{
		{"Space, Ctrl+R", "run or stop"},
		{"Escape", "stop, or take back a choice"},
		{"Ctrl+O", "open a recording"},
		{"Ctrl+E, Ctrl+C", "save as picture, copy it"},
		{"P", "replay, pause"},
		{"comma, full stop", "step of a replay"},
		{"L, F11", "lecture size; whole screen"},
		{"Q", "quiet: draw runs at their end"},
		{"?", "this sheet"},
	}},
	{"Time", [][2]string{
		{"+ and -, W and S, wheel", "zoom, at the pointer"},
		{"Left, Right, A, D, drag", "pan"},
		{"0, F, double click", "show all, and follow a run"},
		{"Home, End", "the beginning; the end, stay there"},
		{"drag on the ruler", "measure a stretch of time"},
		{"M", "measure the selected span"},
	}},
	{"Lanes", [][2]string{
		{"Up, Down, click", "select a lane, or what it does"},
		{"comma, full stop", "the span before, or after"},
		{"B", "who held what it waits for"},
		{"Enter, triangle", "fold a group, unfold it"},
		{"X", "fold all groups, unfold them"},
		{"Page Up, Down, Shift+wheel", "scroll through the lanes"},
		{"/", "filter by name"},
		{"T, click in the legend", "only lanes that were in a state"},
		{"Tab", "from one control to the next"},
	}},
}

// showSheet shows the shortcuts.
func (v *view) showSheet() {
	var columns []fyne.CanvasObject
	for _, group := range shortcuts {
		rows := []fyne.CanvasObject{newBold(group.title, 14, theme.ColorNameForeground)}
		for _, k := range group.keys {
			rows = append(rows, container.New(placed{
				min: func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(372, 22) },
				place: func(o []fyne.CanvasObject, size fyne.Size) {
					const keys = 176
					put(o[0], 0, 0, keys, size.Height)
					put(o[1], keys+8, 0, size.Width-keys-8, size.Height)
				},
			}, newBold(k[0], 12, theme.ColorNameForeground), newText(k[1], 12, theme.ColorNameForeground)))
		}
		columns = append(columns, container.New(inset(10, 6, 10, 6), container.New(pile(4), rows...)))
	}
	var grid fyne.CanvasObject = container.NewHBox(columns...)
	if v.win.Canvas().Size().Width < 1280 {
		grid = container.NewVBox(columns...)
	}
	v.sheet = dialog.NewCustom("Keyboard and mouse", "Close", container.NewScroll(grid), v.win)
	v.sheet.SetOnClosed(func() { v.sheet = nil })
	v.sheet.Show()
	size := v.win.Canvas().Size()
	v.sheet.Resize(fyne.NewSize(min(size.Width-60, 1230), min(size.Height-60, 400)))
}
