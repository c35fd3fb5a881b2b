package palette_test

import (
	"image/color"
	"math"
	"testing"

	"regatta/visual/palette"
	"regatta/workloads/recording"
)

func TestEveryStateIsDrawn(t *testing.T) {
	for _, theme := range palette.Themes() {
		for _, s := range recording.States() {
			fill := theme.State(s)
			switch {
			case s == recording.Unknown && (fill.A != 0 || palette.Height(s) != 0):
				t.Errorf("%s: what was not seen is drawn as %v", theme.Name, fill)
			case s != recording.Unknown && fill.A != 255:
				t.Errorf("%s: %v has no colour", theme.Name, s)
			case s != recording.Unknown && palette.Contrast(fill, theme.Card) < 1.6:
				t.Errorf("%s: %v is hard to see on the card, contrast %.2f", theme.Name, s, palette.Contrast(fill, theme.Card))
			}
			if theme.StateInk(s).A != 255 {
				t.Errorf("%s: %v has no colour for text", theme.Name, s)
			}
		}
		if got := theme.State(recording.State(200)); got.A != 0 {
			t.Errorf("%s: a state that does not exist has colour %v", theme.Name, got)
		}
	}
}

func TestThickIsWorking(t *testing.T) {
	for _, s := range recording.States() {
		if s == recording.Unknown {
			continue
		}
		if h := palette.Height(s); s.Working() != (h > 0.5) || h <= 0 || h > 1 {
			t.Errorf("%v: working is %v, but its height is %.2f", s, s.Working(), h)
		}
	}
	order := []recording.State{recording.Running, recording.Start, recording.GIL, recording.Lock, recording.Sleep}
	for i := range len(order) - 1 {
		if palette.Height(order[i]) <= palette.Height(order[i+1]) {
			t.Errorf("%v is not thicker than %v", order[i], order[i+1])
		}
	}
}

func TestTextCanBeRead(t *testing.T) {
	const least = 4.5
	check := func(theme *palette.Theme, what string, text, ground color.NRGBA) {
		if c := palette.Contrast(text, ground); c < least {
			t.Errorf("%s: %s has contrast %.2f, below %.1f", theme.Name, what, c, least)
		}
	}
	for _, theme := range palette.Themes() {
		grounds := map[string]color.NRGBA{
			"ground": theme.Ground, "panel": theme.Panel, "card": theme.Card, "strip": theme.Strip, "selected": theme.Selected,
		}
		for name, ground := range grounds {
			check(theme, "ink on "+name, theme.Ink, ground)
			check(theme, "muted ink on "+name, theme.Muted, ground)
			check(theme, "an alert on "+name, theme.Alert, ground)
		}
		check(theme, "text on the accent", theme.OnAccent, theme.Accent)
		check(theme, "text in the tip", theme.OnTip, theme.Tip)
		check(theme, "the accent as text", theme.Accent, theme.Card)
		for _, s := range recording.States() {
			check(theme, s.String()+" as text on the ground", theme.StateInk(s), theme.Ground)
			check(theme, s.String()+" as text on the card", theme.StateInk(s), theme.Card)
		}
	}
}

func TestContrastIsWCAGs(t *testing.T) {
	white, black := color.NRGBA{255, 255, 255, 255}, color.NRGBA{0, 0, 0, 255}
	grey := color.NRGBA{0x76, 0x76, 0x76, 255} // the well-known lightest grey that passes on white
	for _, c := range []struct {
		a, b color.NRGBA
		want float64
	}{{white, black, 21}, {black, white, 21}, {white, white, 1}, {grey, white, 4.54}} {
		if got := palette.Contrast(c.a, c.b); math.Abs(got-c.want) > 0.005 {
			t.Errorf("Contrast(%v, %v) = %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestNamed(t *testing.T) {
	for _, theme := range palette.Themes() {
		if got, ok := palette.Named(theme.Name); !ok || got != theme {
			t.Errorf("Named(%q) = %v, %v", theme.Name, got, ok)
		}
		if dark := palette.IsDark(theme.Ground); dark != (theme.Name == "dark") {
			t.Errorf("%s: IsDark is %v", theme.Name, dark)
		}
	}
	if _, ok := palette.Named("sepia"); ok {
		t.Error("there is a theme named sepia")
	}
}
