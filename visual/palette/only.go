package palette

import (
	"image/color"

	"regatta/workloads/recording"
)

// StretchStrength is how strong the accent lies over a stretch of time that is measured.
const StretchStrength = 0.12

// faded is how much is left of a state's colour when another one is asked for.
const faded = 0.2

// Only is the theme with all states but one faded towards the card.
func (t *Theme) Only(s recording.State) *Theme {
	only := *t
	for i := range only.fills {
		if recording.State(i) != s && only.fills[i].A != 0 {
			only.fills[i] = blend(t.fills[i], t.Card, faded)
		}
	}
	return &only
}

// blend is a share of a colour over a ground, opaque.
func blend(c, ground color.NRGBA, share float64) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8(share*float64(a) + (1-share)*float64(b) + 0.5) }
	return color.NRGBA{mix(c.R, ground.R), mix(c.G, ground.G), mix(c.B, ground.B), 255}
}
