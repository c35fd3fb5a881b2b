package clipboard

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

// picture is a PNG of 3 x 2 pixels.
func picture(t *testing.T) ([]byte, *image.NRGBA) {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 3, 2))
	for i := range 6 {
		img.SetNRGBA(i%3, i/3, color.NRGBA{uint8(10 * i), uint8(20 * i), uint8(30 * i), 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), img
}

func TestOnlyPNG(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("GIF89a"), []byte("\x89PNG\r\n\x1a\n")} {
		if err := WriteImage(data); err == nil || !strings.Contains(err.Error(), "no PNG") {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func TestDIB(t *testing.T) {
	_, img := picture(t)
	data := dib(img)
	number := func(at int) uint32 { return binary.LittleEndian.Uint32(data[at:]) }
	if len(data) != 40+2*12 || number(0) != 40 || number(4) != 3 || number(8) != 2 || number(12) != 24<<16|1 || number(16) != 0 || number(20) != 24 {
		t.Errorf("header % x", data[:40])
	}
	want := []byte{ // the lower row first, blue first, each row filled up to 12 bytes
		90, 60, 30, 120, 80, 40, 150, 100, 50, 0, 0, 0,
		0, 0, 0, 30, 20, 10, 60, 40, 20, 0, 0, 0,
	}
	if !bytes.Equal(data[40:], want) {
		t.Errorf("% d\nwant\n% d", data[40:], want)
	}
}
