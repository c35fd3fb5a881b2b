package svg_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"math"
	"strings"
	"testing"

	"regatta/visual/scene"
	"regatta/visual/svg"
)

var (
	red   = color.NRGBA{R: 0xd5, G: 0x5e, A: 0xff}
	faint = color.NRGBA{R: 0xd5, G: 0x5e, A: 0x40}
)

func written(t *testing.T, scale float64, shapes ...scene.Shape) string {
	t.Helper()
	var b bytes.Buffer
	if err := svg.Write(&b, &scene.Scene{Width: 100, Height: 50, Shapes: shapes}, scale); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestShapes(t *testing.T) {
	box := scene.Box{X: 10, Y: 20, W: 30, H: 5}
	for _, c := range []struct {
		name  string
		scale float64
		shape scene.Shape
		want  string
	}{
		{"whole pixels", 1, scene.Rect{Box: box, Fill: red}, `<path fill="#d55e00" d="M10 20h30v5h-30z"/>`},
		{"twice the size", 2, scene.Rect{Box: box, Fill: red}, `<path fill="#d55e00" d="M20 40h60v10h-60z"/>`},
		{
			"parts of pixels", 1,
			scene.Bars{{X0: 1, Y0: 2, X1: 2.25, Y1: 4, Fill: red}, {X0: 3, Y0: 2, X1: 4, Y1: 4, Fill: red}},
			`<path shape-rendering="auto" fill="#d55e00" d="M1 2h1.25v2h-1.25zM3 2h1v2h-1z"/>`,
		},
		{"transparent", 1, scene.Rect{Box: box, Fill: faint}, `fill="#d55e00" fill-opacity="0.251" d="M10`},
		{"round", 1, scene.Rect{Box: box, Radius: 2, Fill: red}, `<rect shape-rendering="auto" x="10" y="20" width="30" height="5" rx="2" fill="#d55e00"/>`},
		{
			"a level line", 1,
			scene.Line{From: scene.Point{X: 3, Y: 4}, To: scene.Point{X: 9, Y: 4}, Width: 1, Color: red},
			`d="M3 4h6v1h-6z"`,
		},
		{
			"a curve", 1,
			scene.Polyline{Points: []scene.Point{{X: 1, Y: 2}, {X: 3.333333, Y: 4}, {X: 5, Y: -6}}, Width: 1.5, Color: faint},
			`<polyline fill="none" stroke-linejoin="bevel" shape-rendering="auto" stroke="#d55e00" stroke-opacity="0.251" stroke-width="1.5" points="1 2 3.33 4 5-6"/>`,
		},
		{
			"an area", 1,
			scene.Polygon{Points: []scene.Point{{X: 1, Y: 2}, {X: 3, Y: 4}, {X: 5, Y: 6}}, Fill: red},
			`<polygon shape-rendering="auto" fill="#d55e00" points="1 2 3 4 5 6"/>`,
		},
		{"a label", 1, scene.Text{X: 3, Y: 9, Text: `<a> & "b"`, Size: 11, Color: red}, `aria-label="&lt;a&gt; &amp; &#34;b&#34;" fill="#d55e00" d="M`},
		{"a space", 1, scene.Text{X: 3, Y: 9, Text: " ", Size: 11, Color: red}, `d=""`},
		{
			"a clip", 1, &scene.Clip{Box: box, Shapes: []scene.Shape{scene.Rect{Box: box, Fill: red}}},
			`<clipPath id="clip_10_20_30_5"><rect x="10" y="20" width="30" height="5"/></clipPath><g clip-path="url(#clip_10_20_30_5)">` + "\n<path",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := written(t, c.scale, c.shape); !strings.Contains(got, c.want) {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

// Whatever a program calls its threads, the file is XML.
func FuzzWellFormed(f *testing.F) {
	f.Add("Thread-1", 3.0, 4.0, 1.0)
	f.Add("\x00\x1b]0;\xff<&>\"'\u2028\ufffe\U0001F600", math.Inf(1), math.NaN(), 1e300)
	f.Add("", -1e9, 5e-324, -1.0)
	f.Fuzz(func(t *testing.T, text string, x, y, w float64) {
		text = text[:min(len(text), 100)]
		a, b := scene.Point{X: x, Y: y}, scene.Point{X: y, Y: w}
		got := written(t, 1,
			scene.Text{X: x, Y: y, Text: text, Size: 12, Color: red},
			scene.Rect{Box: scene.Box{X: x, Y: y, W: w, H: w}, Radius: w / 3, Fill: faint},
			scene.Bars{{X0: float32(x), Y0: float32(y), X1: float32(w), Y1: float32(x), Fill: red}},
			scene.Polyline{Points: []scene.Point{a, b, {X: 3, Y: 3}}, Width: w, Color: red},
			&scene.Clip{Box: scene.Box{X: x, Y: y, W: w, H: w}, Shapes: []scene.Shape{
				scene.Polygon{Points: []scene.Point{a, b, {X: 3, Y: 3}}, Fill: red},
			}})
		d := xml.NewDecoder(strings.NewReader(got))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%v in\n%s", err, got)
			}
			if e, ok := token.(xml.StartElement); ok {
				for _, a := range e.Attr {
					if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
						if a.Name.Local != "aria-label" {
							t.Fatalf("%s of %s is %s", a.Name.Local, e.Name.Local, a.Value)
						}
					}
				}
			}
		}
	})
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestErrorsOfTheWriterAreReturned(t *testing.T) {
	if err := svg.Write(full{}, &scene.Scene{Width: 9, Height: 9}, 1); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}
