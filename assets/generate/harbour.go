package main

import (
	"image/color"
	"image/gif"
	"math"
)

// harbour is a lighthouse at night, its beam going round once a loop.
func harbour() *gif.GIF {
	air := mix(night, blue, 1)
	beam, rock := mix(air, orange, 2), night
	inks := []color.NRGBA{air, night, beam, paper, orange, vermilion, mix(blue, night, 2), sky, green}
	return animate(inks, func(frame int) *canvas {
		c := newCanvas(sceneWidth, sceneHeight, air)
		for i := range 24 {
			c.disc(float64(i*89%sceneWidth), float64(i*37%104)+6, 0.6+0.3*float64(i%3), paper)
		}
		lamp := point{236, 58}
		// Seen from the side a turning beam swings and shortens; it points at us when it is shortest.
		reach := 300 * math.Cos(2*math.Pi*float64(frame)/frames)
		c.polygon(beam, lamp, point{lamp.x - reach, lamp.y - 22}, point{lamp.x - reach, lamp.y + 26})
		sea(c, 156, 3, 80, frame, mix(blue, night, 2))
		sail(c, 92, 160+2*wave(frame), 0.8, green)
		lighthouse(c, lamp, rock)
		sea(c, 178, 3, 64, -frame, night)
		return c
	})
}

func lighthouse(c *canvas, lamp point, rock color.NRGBA) {
	c.polygon(rock, point{176, 200}, point{206, 150}, point{268, 146}, point{310, 200})
	// The tower is a tapering stack of bands.
	const bands, top, height, bandHeight = 6, 68.0, 84.0, 14.0
	for i := range bands {
		half := func(y float64) float64 { return 9 + 8*(y-top)/height }
		y0 := top + bandHeight*float64(i)
		y1 := y0 + bandHeight
		ink := paper
		if i%2 == 1 {
			ink = vermilion
		}
		c.polygon(ink,
			point{lamp.x - half(y0), y0}, point{lamp.x + half(y0), y0}, point{lamp.x + half(y1), y1}, point{lamp.x - half(y1), y1})
	}
	c.rect(lamp.x-13, 65, 26, 4, rock)
	c.rect(lamp.x-7, 50, 14, 15, orange)
	c.polygon(rock, point{lamp.x - 10, 50}, point{lamp.x, 40}, point{lamp.x + 10, 50})
}
