package main

import (
	"bytes"
	"image"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Pixels are compared, not bytes: another version of Go may compress a PNG differently.
func TestCommittedScenesAreWhatIsDrawn(t *testing.T) {
	for name, draw := range scenes {
		t.Run(name, func(t *testing.T) {
			committed, err := gif.DecodeAll(bytes.NewReader(read(t, name)))
			if err != nil {
				t.Fatal(err)
			}
			drawn := draw()
			if len(committed.Image) != frames || !slices.Equal(committed.Delay, drawn.Delay) {
				t.Fatalf("%d frames with delays %v, drawn are %d with %v",
					len(committed.Image), committed.Delay, frames, drawn.Delay)
			}
			for i, frame := range committed.Image {
				if place, same := samePixels(frame, drawn.Image[i]); !same {
					t.Fatalf("frame %d differs at %v: run go generate ./assets", i, place)
				}
			}
			if _, same := samePixels(drawn.Image[0], drawn.Image[frames/2]); same {
				t.Error("nothing moves between the first frame and the middle one")
			}
		})
	}
}

func TestCommittedIconIsWhatIsDrawn(t *testing.T) {
	committed, err := png.Decode(bytes.NewReader(read(t, iconFile)))
	if err != nil {
		t.Fatal(err)
	}
	if place, same := samePixels(committed, icon()); !same {
		t.Errorf("%s differs at %v: run go generate ./assets", iconFile, place)
	}
}

func TestWriteMakesEveryFile(t *testing.T) {
	folder := t.TempDir()
	if err := write(folder); err != nil {
		t.Fatal(err)
	}
	for name := range scenes {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
	if err := write(filepath.Join(folder, iconFile)); err == nil {
		t.Error("writing below a file gave no error")
	}
}

func TestPaletteFits(t *testing.T) {
	for name, draw := range scenes {
		if n := len(draw().Image[0].Palette); n > 256 {
			t.Errorf("%s has %d colours, a GIF holds 256", name, n)
		}
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// samePixels says whether two pictures are equal, else where they first differ.
func samePixels(a, b image.Image) (image.Point, bool) {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Max, false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			ar, ag, ab, aa := a.At(x, y).RGBA()
			br, bg, bb, ba := b.At(x, y).RGBA()
			if ar != br || ag != bg || ab != bb || aa != ba {
				return image.Pt(x, y), false
			}
		}
	}
	return image.Point{}, true
}
