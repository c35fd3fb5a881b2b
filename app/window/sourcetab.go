//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"regatta/workloads/recording"
)

// sourceTab shows the program that ran, file by file.
type sourceTab struct {
	object  *fyne.Container
	files   *fyne.Container // holds the tabs with the files' names
	grid    *fyne.Container
	sources []recording.Source
	chosen  int
}

func newSourceTab() *sourceTab {
	s := &sourceTab{files: container.NewStack(), grid: container.NewStack()}
	top := container.New(inset(18, 10, 18, 4), s.files)
	s.object = container.NewBorder(top, nil, nil, nil, container.New(inset(18, 0, 4, 8), s.grid))
	return s
}

// Show shows the files of a program, the first one on top.
func (s *sourceTab) Show(sources []recording.Source) {
	s.sources, s.chosen = sources, 0
	var names []string
	for _, source := range sources {
		names = append(names, source.Name)
	}
	s.files.RemoveAll()
	if len(names) > 0 {
		s.files.Add(container.NewHBox(newTabs(names, func(i int) { s.chosen = i; s.paint() })))
	}
	s.paint()
}

// paint writes the file in the colours of the theme.
func (s *sourceTab) paint() {
	s.grid.RemoveAll()
	if s.chosen >= len(s.sources) {
		return
	}
	styles := pythonStyles(currentPalette())
	var b gridBuilder
	for _, t := range pythonTokens(s.sources[s.chosen].Text) {
		b.Write(t.text, styles[t.kind])
	}
	s.grid.Add(newGrid(b.Rows()))
}
