package chart

import (
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

// legend shows the states that occur, as tall in relation as they are drawn. It never takes a second line, so that a
// new state moves no lane: where the labels are too long it takes the short names.
func (l *layout) legend(s *scene.Scene, states uint16) {
	t := l.view.theme()
	var occur []recording.State
	for _, st := range recording.States() {
		if st != recording.Unknown && states&(1<<st) != 0 {
			occur = append(occur, st)
		}
	}
	label := recording.State.Label
	if l.legendWidth(occur, label) > l.plot.W {
		label = recording.State.String
	}
	x, mid := l.plot.X, l.card.Y+headerMid
	for _, st := range occur {
		text := scene.Text{X: x + swatchWidth + swatchGap, Text: label(st), Size: legendSize, Color: t.Muted}.CenteredAt(mid)
		right := text.X + text.Width()
		if right > l.plot.Right() {
			return
		}
		h := max(l.snap(palette.Height(st)*swatchHeight), 1)
		s.Add(scene.Rect{Box: scene.Box{X: l.snap(x), Y: l.snap(mid - h/2), W: swatchWidth, H: h}, Fill: t.State(st)}, text)
		x = right + legendGap
	}
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
