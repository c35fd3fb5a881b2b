//go:build cgo

package window

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"regatta/visual/number"
	"regatta/visual/story"
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

// numbersTab shows what every lane spent its time with, what the numbers say, what observing cost, and what to be careful
// about.
type numbersTab struct {
	object *fyne.Container
	table  *widget.Table
	facts  *fyne.Container
	cells  [][]string // the first row is the header
}

func newNumbersTab() *numbersTab {
	n := &numbersTab{facts: container.New(pile(6))}
	n.table = widget.NewTable(
		func() (rows, columns int) {
			if len(n.cells) == 0 {
				return 0, 0
			}
			return len(n.cells), len(n.cells[0])
		},
		func() fyne.CanvasObject {
			return container.New(inset(10, 4, 10, 4), newText("", 13, theme.ColorNameForeground))
		},
		func(id widget.TableCellID, o fyne.CanvasObject) {
			t := o.(*fyne.Container).Objects[0].(*text)
			t.align = fyne.TextAlignTrailing
			if id.Col == 0 {
				t.align = fyne.TextAlignLeading
			}
			ink := theme.ColorNameForeground
			if id.Row == 0 {
				ink = colorMuted
			}
			t.content, t.color = n.cells[id.Row][id.Col], ink
			t.Refresh()
		},
	)
	n.table.HideSeparators = true
	n.table.StickyRowCount = 1
	n.object = container.NewBorder(nil, container.New(inset(18, 10, 18, 16), n.facts), nil, nil,
		container.New(inset(8, 8, 8, 0), n.table))
	return n
}

// Show shows a run's numbers: window is what the window took of a core meanwhile, nil where it did not look on; more are
// the warnings that are not in the summary.
func (n *numbersTab) Show(s *analysis.Summary, window *float64, more []string) {
	n.cells = nil
	n.facts.RemoveAll()
	if s != nil {
		n.cells = laneTable(*s)
		for _, f := range story.Findings(*s) {
			importance := widget.MediumImportance
			if f.Role == analysis.Caution {
				importance = widget.WarningImportance
			}
			n.note(f.Text(), importance)
		}
		n.note(story.Setting(*s), widget.LowImportance)
		for _, fact := range facts(*s, window) {
			n.facts.Add(newText(fact, 13, colorMuted))
		}
		for _, warning := range slices.Concat(more, s.Warnings) {
			n.note(story.Sentence(warning), widget.WarningImportance)
		}
	}
	n.setWidths()
	n.table.Refresh()
}

// note adds a text of as many lines as it takes.
func (n *numbersTab) note(text string, importance widget.Importance) {
	note := widget.NewLabel(text)
	note.Wrapping, note.Importance = fyne.TextWrapWord, importance
	n.facts.Add(container.New(inset(-6, -6, 0, -6), note))
}

// setWidths makes each column as wide as what stands in it. Of very long tables the first rows speak for all.
func (n *numbersTab) setWidths() {
	if len(n.cells) == 0 {
		return
	}
	const widest, looked = 320, 100
	for column := range n.cells[0] {
		width := float32(0)
		for _, row := range n.cells[:min(len(n.cells), looked)] {
			width = max(width, fyne.MeasureText(row[column], 13, fyne.TextStyle{}).Width)
		}
		n.table.SetColumnWidth(column, min(width, widest)+22)
	}
}

// laneTable has a row a lane and a column a state that occurs: the time in it, and its share of the lane's life.
func laneTable(s analysis.Summary) [][]string {
	var states []recording.State
	for _, state := range recording.States() {
		if slices.ContainsFunc(s.Lanes, func(l analysis.Lane) bool { return l.States[state.String()] > 0 }) {
			states = append(states, state)
		}
	}
	header := []string{"Lane", "Life"}
	for _, state := range states {
		header = append(header, state.Label())
	}
	rows := [][]string{header}
	for _, l := range s.Lanes {
		name := l.Name
		if l.Detail != "" {
			name += "  ·  " + l.Detail
		}
		if l.Kind == recording.Process {
			name += fmt.Sprintf("  ·  pid %d", l.PID)
		}
		life := l.End - l.Start
		row := []string{name, story.Seconds(&life)}
		for _, state := range states {
			t := l.States[state.String()]
			if t == 0 || life <= 0 {
				row = append(row, "")
				continue
			}
			const figureSpace = "\u2007" // as wide as a digit
			share := number.Percent(t / life)
			row = append(row, story.Seconds(&t)+"  "+strings.Repeat(figureSpace, max(0, 5-len(share)))+share)
		}
		rows = append(rows, row)
	}
	return rows
}

// facts are the lines under the table.
func facts(s analysis.Summary, window *float64) []string {
	list := []string{fmt.Sprintf("Start-up %s, work %s, CPU time of the whole tree %s, result %s",
		story.Seconds(s.Startup), story.Seconds(s.Work), story.Seconds(s.CPU), short(string(s.Result), 80))}
	if s.Observer.CPUShare != nil {
		list = append(list, fmt.Sprintf("Observing took %.1f %% of a core, with %.0f samples of the lanes a second",
			100**s.Observer.CPUShare, *s.Observer.RateHz))
	}
	if window != nil {
		list = append(list, fmt.Sprintf("The window itself took %.1f %% of a core meanwhile; quiet mode takes hardly any", 100**window))
	}
	if len(s.Observer.Sources) > 0 {
		list = append(list, "Lanes come from: "+strings.Join(s.Observer.Sources, ", "))
	}
	var missed []string
	if s.Observer.Late > 0 {
		missed = append(missed, fmt.Sprintf("%s samples came late", number.Count(int64(s.Observer.Late))))
	}
	if s.Observer.Dropped > 0 {
		missed = append(missed, fmt.Sprintf("%s events of the probe had no room", number.Count(int64(s.Observer.Dropped))))
	}
	if len(missed) > 0 {
		list = append(list, strings.Join(missed, ", "))
	} else if s.Observer.RateHz != nil {
		list = append(list, "No sample came late, no event was lost")
	}
	return list
}

// short cuts a text to so many characters.
func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
