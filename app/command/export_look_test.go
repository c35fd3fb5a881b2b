package command_test

import (
	"image"
	"image/draw"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Other programs draw the SVG and the PDF as the PNG is drawn: apart from how they smooth edges it is the same picture.
func TestOtherProgramsDrawTheSamePicture(t *testing.T) {
	run, dir := sampleRun(t), t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, theme := range []string{"light", "dark"} {
		if e := exported(run, "--png", at("a.png"), "--svg", at("a.svg"), "--pdf", at("a.pdf"), "--theme", theme, "--size", "800x500", "--force"); e.code != 0 {
			t.Fatalf("%+v", e)
		}
		for _, by := range []struct {
			program string
			args    []string
		}{
			{"rsvg-convert", []string{at("a.svg"), "-o", at("svg.png")}},
			{"pdftoppm", []string{"-r", "96", "-png", "-singlefile", at("a.pdf"), at("pdf")}},
		} {
			t.Run(by.program+" "+theme, func(t *testing.T) {
				program, err := exec.LookPath(by.program)
				if err != nil {
					t.Skip(by.program + " is not installed: what it would draw was not seen")
				}
				if said, err := exec.CommandContext(t.Context(), program, by.args...).CombinedOutput(); err != nil {
					t.Fatalf("%v: %s", err, said)
				}
				name := "svg.png"
				if by.program == "pdftoppm" {
					name = "pdf.png"
				}
				mean, strong := difference(t, at("a.png"), at(name))
				if mean > 1.5 || strong > 0.001 {
					t.Errorf("the mean difference is %.2f of 255, and %.4f of the pixels differ by a third", mean, strong)
				}
			})
		}
	}
}

// difference of two pictures: of a channel on average, and the share of channels that differ by more than a third of 255.
func difference(t *testing.T, a, b string) (mean, strong float64) {
	t.Helper()
	x, y := decoded(t, a), decoded(t, b)
	if x.Rect != y.Rect {
		t.Fatalf("%v, want %v", y.Rect, x.Rect)
	}
	for i, v := range x.Pix {
		d := math.Abs(float64(v) - float64(y.Pix[i]))
		mean += d
		if d > 85 {
			strong++
		}
	}
	n := float64(len(x.Pix)) * 3 / 4 // nothing shines through
	return mean / n, strong / n
}

func decoded(t *testing.T, path string) *image.RGBA {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	flat := image.NewRGBA(img.Bounds())
	draw.Draw(flat, flat.Rect, img, flat.Rect.Min, draw.Src)
	return flat
}
