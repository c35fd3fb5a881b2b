//go:build cgo

package window

import "fyne.io/fyne/v2"

// appearance is which of the two looks the user wants.
type appearance string

const (
	followSystem appearance = "system"
	alwaysLight  appearance = "light"
	alwaysDark   appearance = "dark"
)

// keyAppearance is where it is kept.
const keyAppearance = "appearance"

// loadAppearance returns what the user chose last, followSystem for the first time or for nonsense.
func loadAppearance(p fyne.Preferences) appearance {
	switch a := appearance(p.String(keyAppearance)); a {
	case alwaysLight, alwaysDark:
		return a
	}
	return followSystem
}

// setAppearance changes the look at once, and for the next time.
func setAppearance(app fyne.App, a appearance) {
	app.Preferences().SetString(keyAppearance, string(a))
	app.Settings().SetTheme(look{a})
}
