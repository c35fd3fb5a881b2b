package paint

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"

	"regatta/visual/scene"
)

const (
	maxBands    = 8  // more than charts have
	longStretch = 16 // cells side by side, from which on lines are quicker than cells
)

// cells fills cells. Tens of thousands of them are most of a crowded picture, and all of one cell stands on the same
// ground but for what lies across: a colour is laid over the ground once for each band, and then only copied.
func (p *Painter) cells(c *scene.Cells) {
	x0, width, whole := p.wholeColumns(c)
	rows, top := p.bandRows(c.Bands)
	if !whole || rows == nil {
		for b := range c.Bars() {
			p.fill(float64(b.X0)*p.scale, float64(b.Y0)*p.scale, float64(b.X1)*p.scale, float64(b.Y1)*p.scale, b.Fill)
		}
		return
	}
	n := len(c.Bands)
	for i := 0; i < len(c.Columns); {
		first := i
		for i++; i < len(c.Columns) && c.Columns[i] == c.Columns[i-1]+1; i++ {
		}
		left := x0 + int(c.Columns[first])*width
		if right := left + i - first; width == 1 && i-first >= longStretch && left >= p.clip.Min.X && right <= p.clip.Max.X {
			p.stretch(left, top, rows, n, c.Fills[first*n:i*n])
			continue
		}
		for k := first; k < i; k++ {
			for x := max(left, p.clip.Min.X); x < min(left+width, p.clip.Max.X); x++ {
				p.cell(p.dst.Pix[p.dst.PixOffset(x, top):], p.dst.Stride, rows, c.Fills[k*n:(k+1)*n])
			}
			left += width
		}
	}
}

// stretch fills many cells side by side: each band is laid over the ground once, as a line, and copied to its rows.
func (p *Painter) stretch(left, top int, rows []uint8, bands int, fills []scene.Packed) {
	size := 4 * len(fills) / bands
	p.lines = slices.Grow(p.lines[:0], (bands+1)*size)[:(bands+1)*size]
	at := p.dst.PixOffset(left, top)
	ground := p.lines[bands*size:]
	copy(ground, p.dst.Pix[at:])
	for x := 0; x < size; x += 4 {
		under := binary.LittleEndian.Uint32(ground[x:])
		laid, last := under, scene.Packed(0)
		for k, c := range fills[x/4*bands : (x/4+1)*bands] {
			if c != last {
				laid, last = over(under, c), c
			}
			binary.LittleEndian.PutUint32(p.lines[k*size+x:], laid)
		}
	}
	for y, k := range rows {
		line := p.dst.Pix[at+y*p.dst.Stride:][:size]
		if bytes.Equal(line, ground) {
			copy(line, p.lines[int(k)*size:])
			continue
		}
		for x := 0; x < size; x += 4 { // something lies across the ground here
			binary.LittleEndian.PutUint32(line[x:], over(binary.LittleEndian.Uint32(line[x:]), fills[x/4*bands+int(k)]))
		}
	}
}

// cell fills one pixel's width, from its uppermost pixel on.
func (p *Painter) cell(pix []uint8, stride int, rows []uint8, fills []scene.Packed) {
	ground := binary.LittleEndian.Uint32(pix)
	var on [maxBands]uint32 // what a fill makes of the ground
	var last scene.Packed
	laid := ground
	for k, c := range fills {
		if c != last {
			laid, last = over(ground, c), c
		}
		on[k&(maxBands-1)] = laid
	}
	for y, k := range rows {
		px := pix[y*stride : y*stride+4 : y*stride+4]
		if binary.LittleEndian.Uint32(px) == ground {
			binary.LittleEndian.PutUint32(px, on[k&(maxBands-1)])
		} else {
			binary.LittleEndian.PutUint32(px, over(binary.LittleEndian.Uint32(px), fills[k]))
		}
	}
}

// over lays a colour over a pixel, as [mix] does: two channels at a time, each in 16 bits of its own.
func over(px uint32, c scene.Packed) uint32 {
	a := uint32(c.Alpha())
	if a == 0xff {
		return uint32(c)
	}
	const two = 0x00ff00ff
	rest, above := 255-a, uint32(c)|0xff<<24
	even := px&two*rest + above&two*a + 0x007f007f
	odd := px>>8&two*rest + above>>8&two*a + 0x007f007f
	even = (even + 0x00010001 + even>>8&two) >> 8 & two // divided by 255
	odd = (odd + 0x00010001 + odd>>8&two) & 0xff00ff00
	return even | odd
}

// wholeColumns is where column 0 begins and how wide each is in device pixels; ok is false where they are not whole.
func (p *Painter) wholeColumns(c *scene.Cells) (x0, width int, ok bool) {
	x, w := settle(c.X*p.scale), settle(c.Width*p.scale)
	ok = x == math.Trunc(x) && w == math.Trunc(w) && w >= 1 && math.Abs(x) < 1<<20 && w < 1<<10
	return int(x), int(w), ok
}

// bandRows says for each row of pixels that is to be filled which band it belongs to, and which row is the first. It is
// nil where a band does not begin and end on whole pixels.
func (p *Painter) bandRows(bands []scene.Band) (rows []uint8, top int) {
	if len(bands) == 0 || len(bands) > maxBands {
		return nil, 0
	}
	var tops, bottoms [maxBands]int
	for k, b := range bands {
		y0, y1 := settle(float64(b.Top)*p.scale), settle(float64(b.Bottom)*p.scale)
		if y0 != math.Trunc(y0) || y1 != math.Trunc(y1) || math.Abs(y0) > 1<<20 || math.Abs(y1) > 1<<20 {
			return nil, 0
		}
		tops[k], bottoms[k] = int(y0), int(y1)
	}
	p.rows = p.rows[:0]
	top = max(tops[0], p.clip.Min.Y)
	for y := top; y < min(bottoms[0], p.clip.Max.Y); y++ {
		k := 0
		for k+1 < len(bands) && y >= tops[k+1] && y < bottoms[k+1] {
			k++
		}
		p.rows = append(p.rows, uint8(k))
	}
	return p.rows, top
}
