package main

import (
	"image/color"
	"image/gif"
	"math"
)

// sails is three boats that bob on the sea before a low sun.
func sails() *gif.GIF {
	air, sun := mix(paper, orange, 1), mix(paper, orange, 3)
	far, near := mix(blue, paper, 2), blue
	inks := []color.NRGBA{air, sun, far, near, mix(blue, night, 1), paper, night, green, vermilion, purple}
	return animate(inks, func(frame int) *canvas {
		c := newCanvas(sceneWidth, sceneHeight, air)
		c.disc(232, 96, 34, sun)
		sea(c, 110, 3, 96, -frame, far)
		sail(c, 74, 126+2*wave(frame), 0.8, purple)
		sail(c, 262, 132+2*wave(frame+5), 0.9, green)
		sea(c, 130, 4, 80, frame, near)
		sail(c, 160, 158+3*wave(frame+8), 1.35, vermilion)
		sea(c, 158, 5, 64, -frame, mix(blue, night, 1))
		return c
	})
}

// wave is the height of a swing that lasts all the frames of a loop, from -1 to 1.
func wave(frame int) float64 { return math.Sin(2 * math.Pi * float64(frame) / frames) }

// sea fills the picture below a row of waves; drift is by how many frames the row has moved.
func sea(c *canvas, top, height, length float64, drift int, ink color.NRGBA) {
	for x := range sceneWidth {
		phase := float64(x)/length + float64(drift)/frames
		y := top + height*math.Sin(2*math.Pi*phase)
		c.rect(float64(x), y, 1, sceneHeight-y, ink)
	}
}

// sail draws a boat whose waterline lies at y.
func sail(c *canvas, x, y, scale float64, ink color.NRGBA) {
	at := func(dx, dy float64) point { return point{x + dx*scale, y + dy*scale} }
	c.polygon(night, at(-30, -10), at(32, -10), at(20, 6), at(-22, 6))
	c.polygon(night, at(-1, -74), at(1, -74), at(1, -10), at(-1, -10))
	c.polygon(ink, at(3, -72), at(3, -14), at(32, -14))
	c.polygon(paper, at(-3, -64), at(-3, -14), at(-26, -14))
}
