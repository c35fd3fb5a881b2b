//go:build cgo

package window

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"regatta/visual/palette"
	"regatta/workloads/recording"
)

// Names of colours beside Fyne's own. The ink of a state is inkOf(state).
const (
	colorPanel    fyne.ThemeColorName = "regatta panel"
	colorCard     fyne.ThemeColorName = "regatta card"
	colorSelected fyne.ThemeColorName = "regatta selected"
	colorMuted    fyne.ThemeColorName = "regatta muted"
	colorRule     fyne.ThemeColorName = "regatta rule"
	colorStrip    fyne.ThemeColorName = "regatta strip"
)

const (
	inkPrefix  = "regatta ink "
	fillPrefix = "regatta fill "
)

// inkOf is the name of a state's colour for text, fillOf of the one for areas.
func inkOf(s recording.State) fyne.ThemeColorName {
	return fyne.ThemeColorName(inkPrefix + s.String())
}

func fillOf(s recording.State) fyne.ThemeColorName {
	return fyne.ThemeColorName(fillPrefix + s.String())
}

// look is Regatta's theme: the palette's grounds, inks and accent in Fyne's names, and its own sizes.
type look struct {
	fixed appearance // followSystem, or what the user wants instead
}

// palette is the table of colours for a variant that Fyne asks for.
func (l look) palette(v fyne.ThemeVariant) *palette.Theme {
	if l.fixed == alwaysDark || l.fixed == followSystem && v == theme.VariantDark {
		return palette.Dark
	}
	return palette.Light
}

// currentPalette is that of the running app, as Fyne sees it now.
func currentPalette() *palette.Theme {
	settings := fyne.CurrentApp().Settings()
	l, _ := settings.Theme().(look)
	return l.palette(settings.ThemeVariant())
}

// Color implements fyne.Theme.
func (l look) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	p := l.palette(v)
	switch name {
	case theme.ColorNameBackground:
		return p.Ground
	case colorPanel:
		return p.Panel
	case theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground:
		if p == palette.Dark { // where shadows do not show
			return p.Strip
		}
		return p.Card
	case colorCard, theme.ColorNameInputBackground, theme.ColorNameHeaderBackground:
		return p.Card
	case colorStrip, theme.ColorNameButton, theme.ColorNameDisabledButton:
		return p.Strip
	case colorSelected, theme.ColorNameSelection:
		return p.Selected
	case theme.ColorNameForeground:
		return p.Ink
	case colorMuted, theme.ColorNameDisabled, theme.ColorNamePlaceHolder:
		return p.Muted
	case colorRule, theme.ColorNameSeparator, theme.ColorNameInputBorder:
		return p.Rule
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return p.Accent
	case theme.ColorNameForegroundOnPrimary:
		return p.OnAccent
	case theme.ColorNameFocus:
		return palette.Alpha(p.Accent, 0.35)
	case theme.ColorNameHover:
		return palette.Alpha(p.Ink, 0.05)
	case theme.ColorNamePressed:
		return palette.Alpha(p.Ink, 0.1)
	case theme.ColorNameError, theme.ColorNameWarning:
		return p.Alert
	case theme.ColorNameSuccess:
		return p.StateInk(recording.Running)
	case theme.ColorNameScrollBar:
		return palette.Alpha(p.Ink, 0.25)
	case theme.ColorNameScrollBarBackground:
		return color.NRGBA{}
	}
	for _, s := range recording.States() {
		switch name {
		case inkOf(s):
			return p.StateInk(s)
		case fillOf(s):
			return p.State(s)
		}
	}
	if p == palette.Dark {
		v = theme.VariantDark
	} else {
		v = theme.VariantLight
	}
	return theme.DefaultTheme().Color(name, v)
}

// Font implements fyne.Theme.
func (look) Font(s fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(s) }

// Icon implements fyne.Theme.
func (look) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size implements fyne.Theme, in logical pixels.
func (look) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 13
	case theme.SizeNameCaptionText:
		return 11.5
	case theme.SizeNameInnerPadding:
		return 6
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius:
		return 6
	case theme.SizeNameScrollBar:
		return 8
	case theme.SizeNameScrollBarSmall:
		return 4
	}
	return theme.DefaultTheme().Size(name)
}
