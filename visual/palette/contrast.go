package palette

import (
	"image/color"
	"math"

	"regatta/workloads/recording"
)

// Contrast is the ratio of two opaque colours' luminances as WCAG 2.2 defines it, 1 to 21.
func Contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// IsDark tells whether a ground asks for the dark theme.
func IsDark(ground color.NRGBA) bool { return luminance(ground) < 0.18 }

func luminance(c color.NRGBA) float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func linear(v uint8) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

// OnState is the colour of text on a state's fill: black or white, whichever reads better there.
func (t *Theme) OnState(s recording.State) color.NRGBA {
	black, white := rgb(0), rgb(0xFFFFFF)
	if fill := t.State(s); Contrast(white, fill) > Contrast(black, fill) {
		return white
	}
	return black
}
