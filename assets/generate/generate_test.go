package main

import (
	"image"
	"image/gif"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Pixels are compared, not bytes: another version of Go may compress a PNG differently.
func TestCommittedFilesAreWhatIsDrawn(t *testing.T) {
	folder := t.TempDir()
	if err := write(folder); err != nil {
		t.Fatal(err)
	}
	for name := range scenes {
		t.Run(name, func(t *testing.T) {
			committed := decode(t, filepath.Join("..", name), gif.DecodeAll)
			drawn := decode(t, filepath.Join(folder, name), gif.DecodeAll)
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
	committed := decode(t, filepath.Join("..", iconFile), png.Decode)
	if place, same := samePixels(committed, decode(t, filepath.Join(folder, iconFile), png.Decode)); !same {
		t.Errorf("%s differs at %v: run go generate ./assets", iconFile, place)
	}
}

func TestWriteReportsWhatItCannotMake(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(file); err == nil {
		t.Error("writing below a file gave no error")
	}
}

func decode[T any](t *testing.T, name string, decoder func(io.Reader) (T, error)) T {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := decoder(file)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return content
}

// samePixels says whether two pictures are equal, else where they first differ.
func samePixels(a, b image.Image) (image.Point, bool) {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Max, false
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return image.Pt(x, y), false
			}
		}
	}
	return image.Point{}, true
}
