package vector_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"regatta/visual/chart"
	"regatta/visual/internal/sample"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/visual/vector"
)

// back is a sink that makes a scene of what it gets, in device pixels.
type back struct {
	groups [][]scene.Shape // the innermost last
	clips  []scene.Box
}

func (b *back) add(s scene.Shape) {
	last := &b.groups[len(b.groups)-1]
	*last = append(*last, s)
}

func box(b vector.Box) scene.Box { return scene.Box{X: b.X0, Y: b.Y0, W: b.X1 - b.X0, H: b.Y1 - b.Y0} }

func (b *back) Boxes(boxes []vector.Box, c color.NRGBA) {
	for _, of := range boxes {
		b.add(scene.Rect{Box: box(of), Fill: c})
	}
}

func (b *back) Round(of vector.Box, radius float64, c color.NRGBA) {
	b.add(scene.Rect{Box: box(of), Radius: radius, Fill: c})
}

func (b *back) Polygon(points []scene.Point, c color.NRGBA) {
	b.add(scene.Polygon{Points: points, Fill: c})
}

func (b *back) Polyline(points []scene.Point, width float64, c color.NRGBA) {
	b.add(scene.Polyline{Points: points, Width: width, Color: c})
}

func (b *back) Text(t vector.Text) {
	b.add(scene.Text{X: t.X, Y: t.Y, Text: t.Text, Size: t.Size, Weight: t.Weight, Color: t.Color})
}

func (b *back) Clip(to vector.Box) {
	b.groups, b.clips = append(b.groups, nil), append(b.clips, box(to))
}

func (b *back) Unclip() {
	last := len(b.clips) - 1
	clip := &scene.Clip{Box: b.clips[last], Shapes: b.groups[last+1]}
	b.groups, b.clips = b.groups[:last+1], b.clips[:last]
	b.add(clip)
}

// through paints a scene by way of a sink.
func through(t *testing.T, s *scene.Scene, scale float64) *image.RGBA {
	t.Helper()
	b := back{groups: make([][]scene.Shape, 1)}
	vector.Draw(s, scale, &b)
	if len(b.groups) != 1 {
		t.Fatalf("%d clips are still open", len(b.groups)-1)
	}
	size := paint.Size(s, scale)
	return paint.Image(&scene.Scene{Width: float64(size.X), Height: float64(size.Y), Shapes: b.groups[0]}, 1)
}

// What a vector format draws is what the painter of pixels draws, up to what is lost on the way through a float.
func TestTheSamePicture(t *testing.T) {
	threads, pool := sample.Threads(t), sample.Pool(t)
	picture := chart.Options{
		Width: 640, Height: 400, Title: "Threads took turns.", Subtitle: "Only one held the GIL.",
		Numbers: []chart.Number{{Value: "1.13 s", Caption: "wall time"}},
	}
	view := func(v chart.View) *scene.Scene { return chart.New(threads).Draw(v.Whole(threads)) }
	for _, theme := range palette.Themes() {
		for name, s := range map[string]*scene.Scene{
			"picture": chart.Picture(pool, picture),
			"cursor":  view(chart.View{Width: 640, Height: 400, Theme: theme, ShowCursor: true, Cursor: 200e6}),
			"cores64": chart.New(sample.Cores64(t)).Draw(chart.View{Width: 640, Height: 400, Theme: theme, To: 1e9}),
			"strange": strange(),
		} {
			for _, scale := range []float64{1, 1.5} {
				want, got := paint.Image(s, scale), through(t, s, scale)
				if want.Rect != got.Rect {
					t.Fatalf("%s: %v, want %v", name, got.Rect, want.Rect)
				}
				worst := 0
				for i := range want.Pix {
					worst = max(worst, int(math.Abs(float64(want.Pix[i])-float64(got.Pix[i]))))
				}
				if worst > 2 {
					t.Errorf("%s, %s, scale %g: a channel differs by %d of 255", name, theme.Name, scale, worst)
				}
			}
		}
	}
}

// strange has shapes that a chart hardly makes.
func strange() *scene.Scene {
	black, faint := color.NRGBA{A: 255}, color.NRGBA{R: 255, A: 90}
	nan := math.NaN()
	return &scene.Scene{Width: 60, Height: 40, Ground: color.NRGBA{255, 255, 255, 255}, Shapes: []scene.Shape{
		scene.Rect{Box: scene.Box{X: 5, Y: 5, W: -3, H: 8}, Fill: black},
		scene.Rect{Box: scene.Box{X: 4.3, Y: 5.2, W: 10.4, H: 8}, Radius: 100, Fill: faint},
		scene.Rect{Box: scene.Box{X: nan, Y: 5, W: 8, H: 8}, Fill: faint},
		scene.Line{From: scene.Point{X: 2, Y: 2}, To: scene.Point{X: 50, Y: 31}, Width: 0.2, Color: black, Dash: [2]float64{4, 2}},
		scene.Line{From: scene.Point{X: 2, Y: 20}, To: scene.Point{X: 50, Y: 20}, Width: 1, Color: black, Dash: [2]float64{3, 3}},
		scene.Polyline{Points: []scene.Point{{X: 1, Y: 1}, {X: 20, Y: 30}, {X: 30, Y: 3}}, Width: 3, Color: faint},
		scene.Polyline{Points: []scene.Point{{X: 1, Y: 1}}, Width: 3, Color: black},
		scene.Polygon{Points: []scene.Point{{X: 40, Y: 1}, {X: 55, Y: 8}}, Fill: black},
		scene.Text{X: 58, Y: 38, Text: "a \xff\x00 b", Size: 9, Anchor: scene.End, Color: black},
		scene.Text{X: 5, Y: 5, Size: 9, Color: black},
		&scene.Clip{Box: scene.Box{X: 20, Y: 20, W: 20, H: 10}, Shapes: []scene.Shape{
			&scene.Clip{Box: scene.Box{X: 30, Y: 10, W: 20, H: 15}, Shapes: []scene.Shape{
				scene.Bars{{X0: 0, Y0: 0, X1: 60, Y1: 40, Fill: faint}, {X0: 3, Y0: 3, X1: 3, Y1: 9, Fill: black}},
			}},
		}},
		&scene.Clip{Box: scene.Box{X: 20, Y: 20}, Shapes: []scene.Shape{scene.Rect{Box: scene.Box{W: 60, H: 40}, Fill: black}}},
	}}
}

// Bars of one colour are one call, which keeps files small; those that shine through are not, since they may overlap.
func TestBarsAreJoined(t *testing.T) {
	green, faint := color.NRGBA{G: 200, A: 255}, color.NRGBA{G: 200, A: 100}
	bar := func(c color.NRGBA) scene.Bar { return scene.Bar{X1: 1, Y1: 1, Fill: c} }
	calls := &counter{}
	vector.Draw(&scene.Scene{Width: 9, Height: 9, Shapes: []scene.Shape{
		scene.Bars{bar(green), bar(green), bar(faint), bar(faint), bar(green)},
	}}, 1, calls)
	if calls.boxes != 4 {
		t.Errorf("%d calls, want 4", calls.boxes)
	}
}

type counter struct {
	back
	boxes int
}

func (c *counter) Boxes([]vector.Box, color.NRGBA) { c.boxes++ }
