package paint_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"regatta/visual/paint"
	"regatta/visual/scene"
)

var (
	white = color.NRGBA{255, 255, 255, 255}
	black = color.NRGBA{0, 0, 0, 255}
	red   = color.NRGBA{200, 0, 0, 255}
)

func painted(scale float64, shapes ...scene.Shape) *image.RGBA {
	return paint.Image(&scene.Scene{Width: 20, Height: 20, Ground: white, Shapes: shapes}, scale)
}

// dark is how much of the picture is black, in pixels.
func dark(img *image.RGBA) float64 {
	sum := 0.0
	for i := 0; i < len(img.Pix); i += 4 {
		sum += float64(255-img.Pix[i]) / 255
	}
	return sum
}

func TestAreas(t *testing.T) {
	box := func(x, y, w, h float64) scene.Box { return scene.Box{X: x, Y: y, W: w, H: h} }
	for _, c := range []struct {
		name  string
		shape scene.Shape
		want  float64
	}{
		{"whole pixels", scene.Rect{Box: box(2, 3, 4, 5), Fill: black}, 20},
		{"parts of pixels", scene.Rect{Box: box(2.25, 3.5, 4, 5), Fill: black}, 20},
		{"within a pixel", scene.Rect{Box: box(2.25, 3.25, 0.5, 0.5), Fill: black}, 0.25},
		{"half transparent", scene.Rect{Box: box(0, 0, 10, 10), Fill: color.NRGBA{0, 0, 0, 128}}, 50.2},
		{"beyond the edge", scene.Rect{Box: box(-5, -5, 10, 10), Fill: black}, 25},
		{"no size", scene.Rect{Box: box(5, 5, 0, 10), Fill: black}, 0},
		{"round corners", scene.Rect{Box: box(2, 2, 16, 16), Radius: 4, Fill: black}, 256 - (64 - 3.1416*16)},
		{"a disc, its edge in a few straight pieces", scene.Rect{Box: box(2, 2, 16, 16), Radius: 8, Fill: black}, 196},
		{"bars", scene.Bars{{X0: 1, Y0: 1, X1: 3, Y1: 3, Fill: black}, {X0: 4, Y0: 1, X1: 4.5, Y1: 3, Fill: black}}, 5},
		{"a triangle", scene.Polygon{Points: []scene.Point{{X: 0, Y: 0}, {X: 10, Y: 0}, {X: 0, Y: 10}}, Fill: black}, 50},
		{"no area", scene.Polygon{Points: []scene.Point{{X: 0, Y: 0}, {X: 10, Y: 0}}, Fill: black}, 0},
		{"an upright line", scene.Line{From: scene.Point{X: 5, Y: 0}, To: scene.Point{X: 5, Y: 10}, Width: 1, Color: black}, 10},
		{"a dashed line", scene.Line{From: scene.Point{X: 5, Y: 0}, To: scene.Point{X: 5, Y: 12}, Width: 1, Color: black, Dash: [2]float64{2, 2}}, 6},
		{"a slanted line", scene.Polyline{Points: []scene.Point{{X: 2, Y: 2}, {X: 14, Y: 11}}, Width: 2, Color: black}, 30},
		{"one point", scene.Polyline{Points: []scene.Point{{X: 2, Y: 2}}, Width: 2, Color: black}, 0},
		{"clipped", &scene.Clip{Box: box(0, 0, 5, 5), Shapes: []scene.Shape{scene.Rect{Box: box(0, 0, 10, 10), Fill: black}}}, 25},
		{"clipped away", &scene.Clip{Box: box(0, 0, 0, 5), Shapes: []scene.Shape{scene.Rect{Box: box(0, 0, 10, 10), Fill: black}}}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := dark(painted(1, c.shape)); got < c.want*0.99-0.05 || got > c.want*1.01+0.05 {
				t.Errorf("%.2f pixels are black, want %.2f", got, c.want)
			}
			if got := dark(painted(2, c.shape)) / 4; c.name == "whole pixels" && got != c.want {
				t.Errorf("at twice the scale %.2f logical pixels are black, want %.2f", got, c.want)
			}
		})
	}
}

func TestColourIsExact(t *testing.T) {
	img := painted(1, scene.Rect{Box: scene.Box{X: 2, Y: 2, W: 4, H: 4}, Fill: red})
	if got := img.RGBAAt(3, 3); got != (color.RGBA{200, 0, 0, 255}) {
		t.Errorf("inside: %v", got)
	}
	if got := img.RGBAAt(10, 10); got != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("outside: %v", got)
	}
}

func TestTextStaysInItsPlace(t *testing.T) {
	text := scene.Text{X: 10, Y: 15, Text: "m", Size: 12, Anchor: scene.Middle, Color: black}
	img := painted(1, text)
	if dark(img) < 10 {
		t.Fatal("nothing was written")
	}
	box := image.Rect(int(text.Left())-1, 4, int(text.Left()+text.Width())+2, 16)
	for y := range 20 {
		for x := range 20 {
			if img.RGBAAt(x, y).R < 250 && !image.Pt(x, y).In(box) {
				t.Fatalf("there is ink at %d, %d, outside of %v", x, y, box)
			}
		}
	}
}

func TestPainterIsReusable(t *testing.T) {
	s := &scene.Scene{Width: 20, Height: 20, Ground: white, Shapes: []scene.Shape{
		scene.Rect{Box: scene.Box{X: 2, Y: 2, W: 9, H: 9}, Radius: 3, Fill: red},
		scene.Text{X: 3, Y: 14, Text: "ab", Size: 11, Color: black},
	}}
	want := paint.Image(s, 1.5)
	var p paint.Painter
	got := image.NewRGBA(want.Rect)
	for range 3 {
		p.Paint(got, s, 1.5)
		if !bytes.Equal(got.Pix, want.Pix) {
			t.Fatal("a painter that was used before paints something else")
		}
	}
}

func TestPNG(t *testing.T) {
	var buf bytes.Buffer
	if err := paint.PNG(&buf, &scene.Scene{Width: 20, Height: 10, Ground: red}, 2); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&buf)
	if err != nil || img.Bounds() != image.Rect(0, 0, 40, 20) {
		t.Fatalf("%v, %v", img.Bounds(), err)
	}
}

func FuzzShapesOutsideThePicture(f *testing.F) {
	f.Add(-1e9, 5.0, 1e9, 6.0, 2.0)
	f.Add(3.0, -1e30, 4.0, 1e30, 0.5)
	f.Fuzz(func(_ *testing.T, x0, y0, x1, y1, width float64) {
		a, b := scene.Point{X: x0, Y: y0}, scene.Point{X: x1, Y: y1}
		painted(1,
			scene.Rect{Box: scene.Box{X: x0, Y: y0, W: x1 - x0, H: y1 - y0}, Radius: width, Fill: black},
			scene.Polyline{Points: []scene.Point{a, b, {X: 3, Y: 3}}, Width: min(width, 100), Color: black},
			scene.Polygon{Points: []scene.Point{a, b, {X: 3, Y: 3}}, Fill: black},
			scene.Line{From: a, To: b, Width: width, Color: black, Dash: [2]float64{2, 2}})
	})
}
