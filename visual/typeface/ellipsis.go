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
