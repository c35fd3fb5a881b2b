// Package palette holds what the pictures look like: a light and a dark theme as tables of colours, and how tall each
// state is drawn. Thick is working, thin is waiting, so that a picture reads without colour.
package palette

import (
	"image/color"

	"regatta/workloads/recording"
)

// Theme is one look. Colours of text keep a contrast of at least 4.5:1 to every ground that they stand on.
type Theme struct {
	Name string // "light" or "dark"

	Ground   color.NRGBA // of the window and of pictures
	Panel    color.NRGBA // of the controls at the side
	Card     color.NRGBA // of the charts
	Strip    color.NRGBA // behind the use of a core
	Selected color.NRGBA // behind what is chosen in a list

	Ink   color.NRGBA // text
	Muted color.NRGBA // text of second rank
	Rule  color.NRGBA // lines between sections, edges of cards
	Grid  color.NRGBA // lines of the time axis, hardly visible
	Track color.NRGBA // dots along a stretch that nobody saw

	Accent   color.NRGBA
	OnAccent color.NRGBA // text on the accent
	Alert    color.NRGBA // text that says what is wrong

	Tip   color.NRGBA // ground of the box beside the pointer
	OnTip color.NRGBA

	Core   color.NRGBA // line of a core's use; the area under it is Faint
	Memory color.NRGBA // line of memory; the area under it is Faint

	fills perState
	inks  perState
}

// perState has a colour a state, indexed by the state.
type perState [recording.Ready + 1]color.NRGBA

// State is the colour that a state's spans are filled with. A state that is not known has none, as Unknown has none.
func (t *Theme) State(s recording.State) color.NRGBA {
	if int(s) >= len(t.fills) {
		return color.NRGBA{}
	}
	return t.fills[s]
}

// StateInk is the state's colour for text: the same hue, as dark or as light as reading takes.
func (t *Theme) StateInk(s recording.State) color.NRGBA {
	if int(s) >= len(t.inks) {
		return t.Ink
	}
	return t.inks[s]
}

// Faint is the colour at a quarter of its strength, for the area under a line.
func Faint(c color.NRGBA) color.NRGBA { return Alpha(c, 0.25) }

// Alpha is the colour at a share of its strength, 0 to 1.
func Alpha(c color.NRGBA, share float64) color.NRGBA {
	c.A = uint8(float64(c.A)*min(max(share, 0), 1) + 0.5)
	return c
}

// Named returns the theme with a name, ok false where there is none.
func Named(name string) (t *Theme, ok bool) {
	for _, t := range Themes() {
		if t.Name == name {
			return t, true
		}
	}
	return nil, false
}

// Themes lists the themes, the default one first.
func Themes() []*Theme { return []*Theme{Light, Dark} }

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}
