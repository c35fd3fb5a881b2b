package paint

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"

	"regatta/visual/scene"
)

// The quick way to lay a colour over a pixel gives what the plain one does, whatever they are.
func TestOverIsMix(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		ground, c := random.Uint32()|0xff<<24, scene.Packed(random.Uint32())
		px := binary.LittleEndian.AppendUint32(nil, ground)
		mix(px, c.NRGBA(), uint32(c.Alpha()))
		if want := binary.LittleEndian.Uint32(px); over(ground, c) != want {
			t.Fatalf("%08x over %08x is %08x, want %08x", c, ground, over(ground, c), want)
		}
	}
}

// Cells look as the bars do that they stand for, on whole pixels and between them, within the picture and across its
// edge, on one ground and on several.
func TestCellsAreTheirBars(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		name  string
		cells scene.Cells
		scale float64
	}{
		{"whole pixels", scene.Cells{X: 1, Width: 1, Bands: []scene.Band{{Top: 2, Bottom: 17}, {Top: 5, Bottom: 14}, {Top: 9, Bottom: 10}}}, 1},
		{"across the edges", scene.Cells{X: -6, Width: 1, Bands: []scene.Band{{Top: -3, Bottom: 22}, {Top: 5, Bottom: 14}}}, 1},
		{"two pixels wide", scene.Cells{X: 1, Width: 1, Bands: []scene.Band{{Top: 2, Bottom: 17}}}, 2},
		{"half pixels", scene.Cells{X: 3.5, Width: 1, Bands: []scene.Band{{Top: 2, Bottom: 17}, {Top: 5, Bottom: 14}}}, 1},
		{"between rows", scene.Cells{X: 3, Width: 1, Bands: []scene.Band{{Top: 2.5, Bottom: 17}, {Top: 5, Bottom: 14.25}}}, 1},
		{"no bands", scene.Cells{X: 3, Width: 1}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i := range 50 {
				gaps := []int{3, 1000}[i%2]
				c.cells.Columns, c.cells.Fills = nil, nil
				for column := range int32(26) {
					if random.IntN(gaps) > 0 {
						c.cells.Columns = append(c.cells.Columns, column)
						for range c.cells.Bands {
							fill := scene.Packed(random.Uint32())
							if random.IntN(4) == 0 {
								fill |= 0xff << 24
							}
							c.cells.Fills = append(c.cells.Fills, fill)
						}
					}
				}
				under := []scene.Shape{scene.Rect{Box: scene.Box{X: 4, Y: 0, W: 5, H: 8}, Fill: color.NRGBA{9, 80, 200, 255}}}
				paint := func(s scene.Shape) *image.RGBA {
					return Image(&scene.Scene{Width: 30, Height: 20, Ground: color.NRGBA{250, 250, 240, 255}, Shapes: append(slices.Clone(under), s)}, c.scale)
				}
				if got, want := paint(&c.cells), paint(scene.Bars(slices.Collect(c.cells.Bars()))); !bytes.Equal(got.Pix, want.Pix) {
					t.Fatalf("cells %+v differ from their bars", c.cells)
				}
			}
		})
	}
}
