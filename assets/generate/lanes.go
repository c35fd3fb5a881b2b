package main

import (
	"image/color"
	"image/gif"
)

// lanes is a rowing race from above: four boats, each faster in one part of the loop than in the other.
func lanes() *gif.GIF {
	water, buoy := mix(paper, sky, 1), mix(paper, blue, 2)
	boats := []struct {
		start float64
		surge int
		ink   color.NRGBA
	}{
		{150, 0, green}, {205, 3, orange}, {96, 6, purple}, {178, 9, vermilion},
	}
	inks := []color.NRGBA{water, buoy, paper, night, green, orange, purple, vermilion, blue}
	return animate(inks, func(frame int) *canvas {
		c := newCanvas(sceneWidth, sceneHeight, water)
		const laneHeight = sceneHeight / 4.0
		for i, boat := range boats {
			y := laneHeight * (float64(i) + 0.5)
			if i > 0 {
				// The buoys move past: the picture follows the race.
				for x := -float64(frame) * 20 / frames; x < sceneWidth; x += 20 {
					c.disc(x+10, y-laneHeight/2, 1.8, buoy)
				}
			}
			bow := boat.start + 14*wave(frame+boat.surge)
			row(c, bow, y, float64((frame+i*2)%6), boat.ink)
		}
		return c
	})
}

// row draws one boat with its wake and two pairs of oars; stroke runs from 0 to 5 within a stroke.
func row(c *canvas, bow, y, stroke float64, ink color.NRGBA) {
	stern := bow - 84
	c.rect(0, y-1, stern, 2, paper)
	for _, seat := range []float64{26, 48} {
		sweep := 12 - 5*stroke
		for _, side := range []float64{-1, 1} {
			at := point{stern + seat, y + side*5}
			tip := point{at.x + sweep, y + side*18}
			c.polygon(night, at, point{at.x + 1.6, at.y}, point{tip.x + 1.6, tip.y}, tip)
			c.rect(tip.x-3, tip.y-1.2, 8, 2.6, night)
		}
	}
	hull(c, stern, bow, y, 14, ink)
	for _, seat := range []float64{22, 44} {
		c.disc(stern+seat, y, 3.4, paper)
	}
}
