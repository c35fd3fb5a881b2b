package palette

import (
	"image/color"
	"testing"

	"regatta/workloads/recording"
)

const leastContrast = 4.5 // of text, WCAG 2.2 AA

// TestNamesOnSpans: the names that stand on what a worker does on a core can be read.
func TestNamesOnSpans(t *testing.T) {
	for _, theme := range Themes() {
		for _, s := range []recording.State{recording.Running, recording.Native, recording.Start, recording.Core, recording.GIL} {
			fill := theme.State(s)
			if c := Contrast(theme.OnState(s), fill); c < leastContrast {
				t.Errorf("%s: a name on %v has contrast %.2f", theme.Name, s, c)
			}
		}
	}
}

// TestTextUnderTheMeasuredStretch: the ground of a measured stretch lies over the card and the strips.
func TestTextUnderTheMeasuredStretch(t *testing.T) {
	for _, theme := range Themes() {
		for _, c := range []struct {
			name        string
			text, under color.NRGBA
		}{{"ticks", theme.Muted, theme.Card}, {"the selected lane", theme.Ink, theme.Selected}} {
			if got := Contrast(c.text, blend(theme.Accent, c.under, StretchStrength)); got < leastContrast {
				t.Errorf("%s: %s in a measured stretch has contrast %.2f", theme.Name, c.name, got)
			}
		}
	}
}

func TestOnlyFadesTheOthers(t *testing.T) {
	for _, theme := range Themes() {
		only := theme.Only(recording.GIL)
		if only.State(recording.GIL) != theme.State(recording.GIL) {
			t.Errorf("%s: the state that was asked for has another colour", theme.Name)
		}
		for _, s := range recording.States() {
			if c := only.State(s); s != recording.GIL && s != recording.Unknown && (c.A != 255 || Contrast(c, theme.Card) >= Contrast(theme.State(s), theme.Card)) {
				t.Errorf("%s: %v does not fade: %v", theme.Name, s, c)
			}
		}
		if theme.State(recording.Running) == only.State(recording.Running) {
			t.Errorf("%s: the theme itself has changed", theme.Name)
		}
	}
}
