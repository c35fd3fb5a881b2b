//go:build cgo

package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"regatta/visual/story"
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

// turns is a summary in which something was found.
func turns() *analysis.Summary {
	return &analysis.Summary{
		Workload: "sum", Model: "threads", Status: recording.Finished, Metric: recording.RSS, Machine: recording.Machine{Cores: 2},
		Findings: []analysis.Finding{
			{
				ID: "gil-bound", Role: analysis.Cause, Numbers: map[string]float64{"workers": 4, "gil_share": 0.74, "processes": 1, "cores_busy": 1, "cores": 2},
				Names: map[string]string{"worker": "thread", "turns": "yes"},
			},
			{ID: "other-load", Role: analysis.Caution, Numbers: map[string]float64{"other_cores": 0.9, "cores": 2}},
		},
	}
}

// While a run goes on nobody knows yet what it will come to.
func TestHeadlineOfALiveRun(t *testing.T) {
	s := state{phase: running, choice: choice(t), summary: turns()}
	title, subtitle := headline(s, s.choice.Pair)
	if title != "Sum a range under threads: running…" || strings.Contains(subtitle, "GIL") {
		t.Errorf("%q, %q", title, subtitle)
	}
	s.phase = finished
	title, subtitle = headline(s, s.choice.Pair)
	if title != "Threads took turns: only one held the GIL at a time." || !strings.HasPrefix(subtitle, "4 threads kept 1.0 of 2 cores busy. Each spent 74 %") {
		t.Errorf("%q, %q", title, subtitle)
	}
}

func TestNumbersTabTellsFindings(t *testing.T) {
	test.NewTempApp(t)
	n := newNumbersTab()
	n.Show(turns(), nil, nil)
	var texts []string
	for _, o := range n.facts.Objects {
		if c, ok := o.(*fyne.Container); ok {
			texts = append(texts, c.Objects[0].(*widget.Label).Text)
		}
	}
	if len(texts) != 3 || !strings.HasPrefix(texts[0], "Threads took turns") || !strings.HasPrefix(texts[1], "Something else kept 0.9 of 2 cores busy") ||
		!strings.HasPrefix(texts[2], "Sum a range under threads") {
		t.Errorf("%q", texts)
	}
}

// Pointing at one of the five numbers says what it means.
func TestFiguresExplainThemselves(t *testing.T) {
	test.NewTempApp(t)
	f := newFigureRow(5)
	said := nowhere
	f.sensor.changed = func(part int) { said = part }
	w := test.NewTempWindow(t, container.NewStack(f.object))
	w.Resize(fyne.NewSize(1000, 60))
	meanings := story.Meanings(*turns())
	for i := range meanings {
		x := (float32(i) + 0.5) / float32(len(meanings)) * f.sensor.Size().Width
		f.sensor.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 20)}})
		if said != i {
			t.Errorf("number %d is pointed at, not %d", i, said)
		}
	}
	f.sensor.MouseOut()
	if said != nowhere {
		t.Errorf("number %d is pointed at, nothing is", said)
	}
}
