// Package assets holds what the binary carries besides code and Python: the icon, the images that the download
// workload fetches, and the fonts of pictures that are drawn without a window. It knows nothing of the other packages.
package assets

import (
	_ "embed"
)

//go:generate go run ./generate .

// Icon is the application's mark, a PNG of 512 x 512 pixels.
//
//go:embed icon.png
var Icon []byte

var (
	//go:embed images/lanes.gif
	lanes []byte
	//go:embed images/sails.gif
	sails []byte
	//go:embed images/harbour.gif
	harbour []byte
)

// images in the order in which Image hands them out.
var images = [...][]byte{lanes, sails, harbour}

// Image returns an animated GIF of 320 x 200 pixels. There are three; i counts from 0 and goes round, also below 0, so
// that any number of downloads has an image each. The bytes are shared: they must not be written to.
func Image(i int) []byte {
	n := len(images)
	return images[(i%n+n)%n]
}

// Fonts are the two weights of Noto Sans in TrueType format, cut down to Latin, Greek, punctuation, arrows and
// mathematical signs (generate/fonts.py). Licence: fonts/OFL.txt.
var Fonts = struct{ Regular, Bold []byte }{regular, bold}

var (
	//go:embed fonts/NotoSans-Regular.ttf
	regular []byte
	//go:embed fonts/NotoSans-Bold.ttf
	bold []byte
)
