//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"regatta/visual/chart"
	"regatta/visual/story"
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

// figureRow shows the five numbers side by side, with hardly visible rules between them. It tells which one is pointed at.
type figureRow struct {
	object   *fyne.Container
	sensor   *sensor
	values   []*text
	captions []*text
	rules    []*canvas.Rectangle
}

func newFigureRow(n int) *figureRow {
	f := &figureRow{sensor: newSensor(n)}
	var objects []fyne.CanvasObject
	for i := range n {
		value, caption := newBold("", 25, theme.ColorNameForeground), newText("", 12, colorMuted)
		f.values, f.captions = append(f.values, value), append(f.captions, caption)
		objects = append(objects, value, caption)
		if i > 0 {
			rule := canvas.NewRectangle(nil)
			f.rules = append(f.rules, rule)
			objects = append(objects, rule)
		}
	}
	f.object = container.New(placed{
		min:   func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 52) },
		place: func(_ []fyne.CanvasObject, size fyne.Size) { f.place(size) },
	}, append(objects, f.sensor)...)
	f.paint()
	return f
}

func (f *figureRow) place(size fyne.Size) {
	const indent = 19 // of a number from the rule at its left
	put(f.sensor, 0, 0, size.Width, size.Height)
	w := (size.Width + indent) / float32(len(f.values))
	for i := range f.values {
		x := float32(i) * w
		vh, ch := f.values[i].MinSize().Height, f.captions[i].MinSize().Height
		put(f.values[i], x, 14-vh/2, w-indent-6, vh)
		put(f.captions[i], x, 41-ch/2, w-indent-6, ch)
		if i > 0 {
			put(f.rules[i-1], x-indent, 2, 1, 44)
		}
	}
}

// paint takes the colour of the rules from the theme.
func (f *figureRow) paint() {
	for _, r := range f.rules {
		r.FillColor = theme.Color(colorRule)
		r.Refresh()
	}
}

// Show changes those numbers that are new.
func (f *figureRow) Show(numbers []chart.Number) {
	for i, n := range numbers {
		ink := theme.ColorNameForeground
		if n.Accent != recording.Unknown {
			ink = inkOf(n.Accent)
		}
		f.values[i].Set(n.Value, ink)
		f.captions[i].Set(n.Caption, colorMuted)
	}
}

// figures are the numbers of a summary, which may be nil: then nothing is known yet.
func figures(s *analysis.Summary) []chart.Number {
	if s == nil {
		s = &analysis.Summary{Metric: recording.RSS}
	}
	return story.Figures(*s)
}
