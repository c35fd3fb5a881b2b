package scene

import (
	"image/color"
	"iter"
)

// Cells are narrow upright boxes of one row, all of the same width and not all of them there. Each is filled in bands:
// the outermost band between its own edges and those of the next one, and so on inwards. They are the same as many
// [Bar]s, kept so that a painter needs little time for each.
type Cells struct {
	X, Width float64  // where column 0 begins, and how wide each is
	Bands    []Band   // each inside the one before
	Columns  []int32  // those that are there, from left to right
	Fills    []Packed // for each column one a band
}

// Band is where a band begins and ends, the bands inside of it included.
type Band struct{ Top, Bottom float32 }

// Packed is a colour in one number, R in the lowest byte and A in the highest.
type Packed uint32

// Pack packs a colour.
func Pack(c color.NRGBA) Packed {
	return Packed(c.R) | Packed(c.G)<<8 | Packed(c.B)<<16 | Packed(c.A)<<24
}

// NRGBA is the colour.
func (c Packed) NRGBA() color.NRGBA {
	return color.NRGBA{R: uint8(c), G: uint8(c >> 8), B: uint8(c >> 16), A: c.Alpha()}
}

// Alpha is the colour's A.
func (c Packed) Alpha() uint8 { return uint8(c >> 24) }

func (*Cells) shape() {}

// Bars gives the cells as bars, those that show nothing left out.
func (c *Cells) Bars() iter.Seq[Bar] {
	return func(yield func(Bar) bool) {
		for i, column := range c.Columns {
			x0, x1 := float32(c.X+float64(column)*c.Width), float32(c.X+float64(column+1)*c.Width)
			fills := c.Fills[i*len(c.Bands) : (i+1)*len(c.Bands)]
			for k := 0; k < len(fills); {
				first := k
				for k++; k < len(fills) && fills[k] == fills[first]; k++ {
				}
				if fills[first].Alpha() == 0 {
					continue
				}
				outer := c.Bands[first]
				if k == len(fills) {
					if !yield(Bar{x0, outer.Top, x1, outer.Bottom, fills[first].NRGBA()}) {
						return
					}
					continue
				}
				inner := c.Bands[k]
				if !yield(Bar{x0, outer.Top, x1, inner.Top, fills[first].NRGBA()}) || !yield(Bar{x0, inner.Bottom, x1, outer.Bottom, fills[first].NRGBA()}) {
					return
				}
			}
		}
	}
}
