package chart

import (
	"cmp"
	"slices"
	"strings"

	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

const (
	swatchWidth  = 22.0
	swatchHeight = 12.0
	swatchGap    = 7.0
	legendGap    = 20.0
)

// legendEntry is the place of one state in the legend.
type legendEntry struct {
	scene.Box // with its label
	state     recording.State
	label     scene.Text
}

// legendEntries are the states that occur. The legend never takes a second line, so that a new state moves no lane:
// where the labels are too long it takes the short names, and what has no room then is left out.
func (l *layout) legendEntries(states uint16) []legendEntry {
	var occur []recording.State
	for _, st := range recording.States() {
		if st != recording.Unknown && states&(1<<st) != 0 {
			occur = append(occur, st)
		}
	}
	label := recording.State.Label
	switch {
	case l.legendWidth(occur, label) <= l.plot.W:
	case l.view.Lecture:
		occur = l.legendOfMost(occur)
	default:
		label = recording.State.String
	}
	var entries []legendEntry
	x, mid := l.plot.X, l.card.Y+headerMid
	for _, st := range occur {
		text := scene.Text{X: x + swatchWidth + swatchGap, Text: label(st), Size: legendSize, Color: l.view.theme().Muted}.CenteredAt(mid)
		right := text.X + text.Width()
		if right > l.plot.Right() {
			break
		}
		entries = append(entries, legendEntry{scene.Box{X: x, Y: mid - 10, W: right - x, H: 20}, st, text})
		x = right + legendGap
	}
	return entries
}

// legend shows the states, as tall in relation as they are drawn. The one that the lanes are filtered by has a ground.
func (l *layout) legend(s *scene.Scene, states uint16) {
	t := l.view.theme()
	mid := l.card.Y + headerMid
	for _, e := range l.legendEntries(states) {
		if e.state == l.view.Lanes.State {
			s.Add(scene.Rect{Box: scene.Box{X: e.X - 6, Y: e.Y - 2, W: e.W + 12, H: e.H + 4}, Radius: 6, Fill: t.Selected})
			e.label.Color = t.Ink
		}
		h := max(l.snap(palette.Height(e.state)*swatchHeight), 1)
		swatch := scene.Box{X: l.snap(e.X), Y: l.snap(mid - h/2), W: swatchWidth, H: h}
		s.Add(scene.Rect{Box: swatch, Fill: t.State(e.state)})
		l.patternSwatch(s, e.state, swatch)
		s.Add(e.label)
	}
}

// legendOfMost leaves the states out that lanes were in for the shortest time until the others have room: short names
// mean nothing to the last row, and a state less does not matter there.
func (l *layout) legendOfMost(states []recording.State) []recording.State {
	for len(states) > 1 && l.legendWidth(states, recording.State.Label) > l.plot.W {
		least := slices.MinFunc(states, func(a, b recording.State) int { return cmp.Compare(l.stateTime(a), l.stateTime(b)) })
		states = slices.DeleteFunc(states, func(s recording.State) bool { return s == least })
	}
	return states
}

func (l *layout) legendWidth(states []recording.State, label func(recording.State) string) float64 {
	w := -legendGap
	for _, st := range states {
		w += swatchWidth + swatchGap + scene.Text{Text: label(st), Size: legendSize}.Width() + legendGap
	}
	return w
}

// inSentence is a state's label inside of a sentence: "waiting for the GIL".
func inSentence(st recording.State) string {
	text := st.Label()
	return strings.ToLower(text[:1]) + text[1:]
}
