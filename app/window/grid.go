//go:build cgo

package window

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"regatta/visual/palette"
	"regatta/workloads/recording"
)

// gridStyle is how characters of a grid look. Grids are made anew when the theme changes.
func gridStyle(c color.NRGBA, bold bool) widget.TextGridStyle {
	return &widget.CustomTextGridStyle{FGColor: c, TextStyle: fyne.TextStyle{Monospace: true, Bold: bold}}
}

// pythonStyles are the looks of Python's tokens, by tokenKind.
func pythonStyles(p *palette.Theme) []widget.TextGridStyle {
	return []widget.TextGridStyle{
		plainToken:   gridStyle(p.Ink, false),
		commentToken: gridStyle(p.Muted, false),
		stringToken:  gridStyle(p.StateInk(recording.Running), false),
		numberToken:  gridStyle(p.StateInk(recording.Core), false),
		keywordToken: gridStyle(p.StateInk(recording.IO), true),
		nameToken:    gridStyle(p.StateInk(recording.Lock), true),
	}
}

// gridBuilder makes the rows of a widget.TextGrid.
type gridBuilder struct {
	rows []widget.TextGridRow
	row  []widget.TextGridCell
}

// Write adds text in a style. A tab is four cells.
func (b *gridBuilder) Write(text string, style widget.TextGridStyle) {
	for _, r := range strings.ReplaceAll(text, "\t", "    ") {
		switch {
		case r == '\n':
			b.rows, b.row = append(b.rows, widget.TextGridRow{Cells: b.row}), nil
		case r >= ' ' && r != '\x7f':
			b.row = append(b.row, widget.TextGridCell{Rune: r, Style: style})
		}
	}
}

// Rows ends the last row.
func (b *gridBuilder) Rows() []widget.TextGridRow {
	if b.row != nil {
		b.rows, b.row = append(b.rows, widget.TextGridRow{Cells: b.row}), nil
	}
	return b.rows
}

// newGrid makes a grid of rows that scrolls.
func newGrid(rows []widget.TextGridRow) *widget.TextGrid {
	g := widget.NewTextGrid()
	g.Scroll = fyne.ScrollBoth
	g.Rows = rows
	return g
}
