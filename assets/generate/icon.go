package main

import (
	"image"
	"image/color"
)

// icon is four boats in their lanes, 512 x 512 pixels: thick is the boat, which works; thin is the wake behind it, which
// has waited.
func icon() *image.NRGBA {
	const size = 512.0
	c := newCanvas(size, size, clear)
	c.roundRect(16, 16, size-32, size-32, 104, night)
	finish := mix(paper, night, 2)
	for y := 76.0; y < 436; y += 24 {
		c.rect(425, y, 10, 12, finish)
	}
	boats := []struct {
		stern, bow float64
		hull, wake color.NRGBA
	}{
		{208, 356, green, blue},
		{268, 416, orange, orange},
		{112, 260, sky, purple},
		{170, 318, vermilion, vermilion},
	}
	for i, boat := range boats {
		const height, first, apart = 60.0, 118.0, 92.0
		y := first + apart*float64(i)
		c.roundRect(68, y-6, boat.stern-68+height/2, 12, 6, boat.wake)
		hull(c, boat.stern, boat.bow, y, height, boat.hull)
	}
	return c.picture()
}

// hull is a boat seen from above, its stern square and its bow pointed, y its middle.
func hull(c *canvas, stern, bow, y, height float64, ink color.NRGBA) {
	shoulder := bow - height*0.8
	c.roundRect(stern, y-height/2, shoulder-stern+height*0.1, height, height*0.12, ink)
	c.polygon(ink,
		point{shoulder, y - height/2},
		point{shoulder + height*0.45, y - height*0.32},
		point{bow, y},
		point{shoulder + height*0.45, y + height*0.32},
		point{shoulder, y + height/2},
	)
}
