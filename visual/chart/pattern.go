package chart

import (
	"math"

	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// Patterns tell states apart without colour: running is plain, and every other state has notches of the ground in a
// rhythm of its own. They are cut on whole device pixels at fixed columns, so that they do not crawl while a span grows
// or the view follows. What is too short for one period stays plain.

// rhythm is how a state is notched, in logical pixels.
type rhythm struct {
	period, notch float64 // along the time; period 0 is plain
	share         float64 // of the bar's height that a notch takes, from the middle
}

var rhythms = [int(recording.Ready) + 1]rhythm{
	recording.Native: {6, 1.5, 0.7},
	recording.GIL:    {8, 2, 1},
	recording.Core:   {4, 1, 1},
	recording.Lock:   {14, 4, 1},
	recording.Sleep:  {5, 2.5, 1},
	recording.Start:  {9, 4.5, 0.45},
	recording.Await:  {10, 6, 1},
	recording.Ready:  {16, 8, 0.5},
}

// notcher cuts the patterns into the bars of one lane.
type notcher struct {
	bars  scene.Bars
	l     *layout
	mid   float64
	full  float64 // logical pixels
	paper *palette.Theme
}

func (n *notcher) run(s recording.State, first, last int) {
	if int(s) >= len(rhythms) || rhythms[s].period == 0 {
		return
	}
	r := rhythms[s]
	period, notch := max(int(math.Round(r.period*n.l.scale)), 2), max(int(math.Round(r.notch*n.l.scale)), 1)
	if last-first < period {
		return
	}
	h := max(n.full*palette.Height(s)*r.share, 1)
	if r.share == 1 {
		h += 2 / n.l.scale // edges of bars lie on whole pixels, up to one further out
	}
	// Columns are counted from the start of the recording, not from the edge of the view.
	offset := int(n.l.axis.base % int64(period))
	for c := first - (first+offset)%period; c < last; c += period {
		from, to := max(c+period-notch, first), min(c+period, last)
		if from < to {
			n.bars = append(n.bars, scene.Bar{
				X0: float32(n.l.x(float64(from))), Y0: float32(n.mid - h/2), X1: float32(n.l.x(float64(to))), Y1: float32(n.mid + h/2),
				Fill: n.paper.Card,
			})
		}
	}
}

func (n *notcher) mixed(int, *mixture) {}

// patterns cuts the rows' patterns, where they are wanted.
func (l *layout) patterns(s *scene.Scene) {
	if !l.view.Patterns {
		return
	}
	n := &notcher{l: l, full: float64(l.barHeight()) / l.scale, paper: l.view.theme()}
	for i, r := range l.rows {
		if r.group == nil {
			n.mid = l.rowMid(i)
			merge(r.track, l.axis, 0, l.axis.columns, n)
		}
	}
	s.Add(n.bars)
}

// patternSwatch cuts a state's pattern into its piece of the legend.
func (l *layout) patternSwatch(s *scene.Scene, st recording.State, box scene.Box) {
	r := rhythms[st]
	if !l.view.Patterns || r.period == 0 {
		return
	}
	for x := box.X + r.period - r.notch; x < box.Right(); x += r.period {
		w := min(r.notch, box.Right()-x)
		h := max(box.H*r.share, 1)
		s.Add(scene.Rect{Box: scene.Box{X: x, Y: box.Y + (box.H-h)/2, W: w, H: h}, Fill: l.view.theme().Card})
	}
}
