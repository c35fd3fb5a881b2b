package clipboard

import (
	"encoding/binary"
	"image"
)

// dib is a picture as Windows has it on its clipboard: a BITMAPINFOHEADER and rows of blue, green and red from the lowest
// one up, each filled up to four bytes. There is no transparency in it.
func dib(picture image.Image) []byte {
	const header = 40
	b := picture.Bounds()
	row := (b.Dx()*3 + 3) &^ 3
	data := make([]byte, header, header+row*b.Dy())
	for at, v := range map[int]uint32{0: header, 4: uint32(b.Dx()), 8: uint32(b.Dy()), 12: 24<<16 | 1, 20: uint32(row * b.Dy())} {
		binary.LittleEndian.PutUint32(data[at:], v)
	}
	for y := b.Max.Y - 1; y >= b.Min.Y; y-- {
		for x := b.Min.X; x < b.Max.X; x++ {
			red, green, blue, _ := picture.At(x, y).RGBA()
			data = append(data, byte(blue>>8), byte(green>>8), byte(red>>8))
		}
		data = append(data, make([]byte, row-b.Dx()*3)...)
	}
	return data
}
