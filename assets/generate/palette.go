package main

import (
	"image"
	"image/color"
	"image/gif"
)

// The colours of the states (Okabe-Ito) and the grounds, as in the design.
var (
	green     = color.NRGBA{0x00, 0x9E, 0x73, 0xFF}
	sky       = color.NRGBA{0x56, 0xB4, 0xE9, 0xFF}
	vermilion = color.NRGBA{0xD5, 0x5E, 0x00, 0xFF}
	orange    = color.NRGBA{0xE6, 0x9F, 0x00, 0xFF}
	blue      = color.NRGBA{0x00, 0x72, 0xB2, 0xFF}
	purple    = color.NRGBA{0xCC, 0x79, 0xA7, 0xFF}
	paper     = color.NRGBA{0xFB, 0xFB, 0xF9, 0xFF}
	night     = color.NRGBA{0x12, 0x16, 0x1B, 0xFF}
	clear     = color.NRGBA{}
)

// The size of the animated images, their number of frames and how long each shows, in hundredths of a second.
const (
	sceneWidth, sceneHeight = 320, 200
	frames                  = 12
	frameDelay              = 10
)

// animate draws every frame of a scene. Its palette is the inks and three mixtures of each pair of them, enough for
// smooth edges; at most 12 inks fit a GIF's 256 colours.
func animate(inks []color.NRGBA, draw func(frame int) *canvas) *gif.GIF {
	palette := mixtures(inks)
	nearest := map[color.NRGBA]uint8{}
	anim := &gif.GIF{Config: image.Config{ColorModel: palette, Width: sceneWidth, Height: sceneHeight}}
	for frame := range frames {
		picture := draw(frame).picture()
		paletted := image.NewPaletted(picture.Bounds(), palette)
		for y := range sceneHeight {
			for x := range sceneWidth {
				at := picture.NRGBAAt(x, y)
				index, seen := nearest[at]
				if !seen {
					index = uint8(palette.Index(at))
					nearest[at] = index
				}
				paletted.SetColorIndex(x, y, index)
			}
		}
		anim.Image = append(anim.Image, paletted)
		anim.Delay = append(anim.Delay, frameDelay)
	}
	return anim
}

func mixtures(inks []color.NRGBA) color.Palette {
	var palette color.Palette
	for i, a := range inks {
		palette = append(palette, a)
		for _, b := range inks[:i] {
			for quarter := 1; quarter < 4; quarter++ {
				palette = append(palette, mix(a, b, quarter))
			}
		}
	}
	return palette
}

// mix is a with so many quarters of b in it.
func mix(a, b color.NRGBA, quarters int) color.NRGBA {
	part := func(a, b uint8) uint8 { return uint8((int(a)*(4-quarters) + int(b)*quarters) / 4) }
	return color.NRGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 0xFF}
}
