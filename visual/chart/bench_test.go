package chart_test

import (
	"fmt"
	"image"
	"testing"
	"time"

	"regatta/visual/chart"
	"regatta/visual/internal/sample"
	"regatta/visual/paint"
	"regatta/visual/palette"
)

// BenchmarkLanes draws and paints a run of a million spans in 20 lanes, zoomed from all of it to a ten-thousandth.
func BenchmarkLanes(b *testing.B) {
	rec := sample.Many(b, 20, 1_000_000)
	c := chart.New(rec)
	for _, zoom := range []int{1, 10, 100, 1000, 10000} {
		v := chart.View{Width: 1600, Height: 900, Theme: palette.Light}.Whole(rec)
		middle := rec.Seen() / 2
		v.From, v.To = middle-middle/time.Duration(zoom), middle+middle/time.Duration(zoom)
		b.Run(fmt.Sprintf("draw/zoom=%d", zoom), func(b *testing.B) {
			for b.Loop() {
				c.Draw(v)
			}
		})
		b.Run(fmt.Sprintf("paint/zoom=%d", zoom), func(b *testing.B) {
			var p paint.Painter
			dst := image.NewRGBA(image.Rect(0, 0, 1600, 900))
			s := c.Draw(v)
			for b.Loop() {
				p.Paint(dst, s, 1)
			}
		})
	}
}

// BenchmarkWindow draws and paints what a window usually shows.
func BenchmarkWindow(b *testing.B) {
	rec := sample.Threads(b)
	c := chart.New(rec)
	v := chart.View{Width: 1600, Height: 900, Theme: palette.Light}.Whole(rec)
	var p paint.Painter
	dst := image.NewRGBA(image.Rect(0, 0, 1600, 900))
	for b.Loop() {
		p.Paint(dst, c.Draw(v), 1)
	}
}

// BenchmarkHit is what moving the pointer costs.
func BenchmarkHit(b *testing.B) {
	rec := sample.Many(b, 20, 1_000_000)
	c := chart.New(rec)
	v := chart.View{Width: 1600, Height: 900, Theme: palette.Light}.Whole(rec)
	for b.Loop() {
		c.Hit(v, 800, 300)
	}
}
