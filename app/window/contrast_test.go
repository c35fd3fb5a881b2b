//go:build cgo

package window

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"regatta/visual/palette"
	"regatta/workloads/recording"
)

// TestTextCanBeRead computes the contrast of the texts of Fyne's widgets and of our own to what they stand on.
func TestTextCanBeRead(t *testing.T) {
	const least = 4.5 // WCAG 2.2 AA
	type pair struct{ text, ground fyne.ThemeColorName }
	pairs := []pair{
		{theme.ColorNameForeground, theme.ColorNameButton},
		{theme.ColorNameForeground, theme.ColorNameMenuBackground},
		{theme.ColorNameForeground, theme.ColorNameOverlayBackground},
		{theme.ColorNameForeground, theme.ColorNameInputBackground},
		{theme.ColorNameForeground, theme.ColorNameSelection},
		{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground},
		{theme.ColorNameDisabled, theme.ColorNameDisabledButton},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
		{theme.ColorNameBackground, theme.ColorNameForeground}, // Stop
		{theme.ColorNameError, theme.ColorNameBackground},
		{theme.ColorNameError, colorPanel},
		{theme.ColorNameWarning, colorCard},
		{colorMuted, colorSelected},
	}
	for _, ground := range []fyne.ThemeColorName{theme.ColorNameBackground, colorPanel, colorCard} {
		pairs = append(pairs, pair{theme.ColorNameForeground, ground}, pair{colorMuted, ground})
	}
	for _, s := range recording.States() {
		pairs = append(pairs, pair{inkOf(s), theme.ColorNameBackground}, pair{inkOf(s), colorCard})
	}
	for _, a := range []appearance{alwaysLight, alwaysDark} {
		at := func(name fyne.ThemeColorName) color.NRGBA {
			return color.NRGBAModel.Convert(look{a}.Color(name, theme.VariantLight)).(color.NRGBA)
		}
		for _, p := range pairs {
			if c := palette.Contrast(at(p.text), at(p.ground)); c < least || at(p.ground).A != 255 {
				t.Errorf("%s: %s on %s has contrast %.2f", a, p.text, p.ground, c)
			}
		}
		// A ring that shows where the keyboard is needs 3:1 to what it stands on.
		for ground, ring := range map[fyne.ThemeColorName]fyne.ThemeColorName{
			colorSelected: theme.ColorNamePrimary, colorCard: theme.ColorNamePrimary, theme.ColorNameBackground: theme.ColorNamePrimary,
			colorPanel: theme.ColorNameForeground,
		} {
			if c := palette.Contrast(at(ring), at(ground)); c < 3 {
				t.Errorf("%s: the ring of the focus on %s has contrast %.2f", a, ground, c)
			}
		}
	}
}
