package typeface

import "unicode/utf8"

const ellipsis = "…"

// Fit shortens a text with an ellipsis until it is at most width pixels wide. It is "" where not even the ellipsis
// fits.
func Fit(text string, width, size float64, w Weight) string {
	if Width(text, size, w) <= width {
		return text
	}
	for len(text) > 0 {
		_, last := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-last]
		if Width(text+ellipsis, size, w) <= width {
			return text + ellipsis
		}
	}
	return ""
}

// FitEnds shortens a text as Fit does, but in its middle: its last tail runes stay, which tell "worker-17" from
// "worker-18".
func FitEnds(text string, tail int, width, size float64, w Weight) string {
	if Width(text, size, w) <= width {
		return text
	}
	runes := []rune(text)
	end := string(runes[max(len(runes)-tail, 0):])
	for head := len(runes) - tail - 1; head > tail; head-- {
		if short := string(runes[:head]) + ellipsis + end; Width(short, size, w) <= width {
			return short
		}
	}
	return Fit(text, width, size, w)
}
