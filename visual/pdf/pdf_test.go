package pdf_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image/color"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"regatta/visual/pdf"
	"regatta/visual/scene"
	"regatta/visual/typeface"
)

var (
	red   = color.NRGBA{R: 255, A: 255}
	faint = color.NRGBA{R: 255, A: 51}
)

func written(t *testing.T, shapes ...scene.Shape) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := pdf.Write(&b, &scene.Scene{Width: 100, Height: 50, Shapes: shapes}, 1); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var streams = regexp.MustCompile(`(?s)/Length (\d+)[^>]*>>stream\n`)

// unpack returns the streams of a file, in their order. The first one is what is drawn.
func unpack(t *testing.T, file []byte) []string {
	t.Helper()
	var all []string
	for _, at := range streams.FindAllSubmatchIndex(file, -1) {
		length, err := strconv.Atoi(string(file[at[2]:at[3]]))
		if err != nil {
			t.Fatal(err)
		}
		z, err := zlib.NewReader(bytes.NewReader(file[at[1] : at[1]+length]))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		if end := file[at[1]+length:]; !bytes.HasPrefix(end, []byte("\nendstream\nendobj\n")) {
			t.Fatalf("after a stream comes %.20q", end)
		}
		all = append(all, string(text))
	}
	return all
}

func TestShapes(t *testing.T) {
	box := scene.Box{X: 10, Y: 20, W: 30, H: 5}
	for _, c := range []struct {
		name  string
		shape scene.Shape
		want  string
	}{
		{"a box", scene.Rect{Box: box, Fill: red}, "1 0 0 rg\n10 20 30 5 re\nf\n"},
		{"bars", scene.Bars{{X1: 1, Y1: 2, Fill: red}, {X0: 3, X1: 4.5, Y1: 2, Fill: red}}, "rg\n0 0 1 2 re\n3 0 1.5 2 re\nf\n"},
		{"transparent", scene.Rect{Box: box, Fill: faint}, "q\n/A51 gs\n1 0 0 rg\n10 20 30 5 re\nf\nQ\n"},
		{
			"a curve",
			scene.Polyline{Points: []scene.Point{{X: 1, Y: 2}, {X: 3, Y: 4}}, Width: 1.5, Color: red},
			"1 0 0 RG\n1.5 w\n2 j\n1 2 m\n3 4 l\nS\n",
		},
		{"an area", scene.Polygon{Points: []scene.Point{{X: 1, Y: 2}, {X: 3, Y: 4}, {X: 5, Y: 6}}, Fill: red}, "1 2 m\n3 4 l\n5 6 l\nf\n"},
		{"a clip", &scene.Clip{Box: box, Shapes: []scene.Shape{scene.Rect{Box: box, Fill: red}}}, "q\n10 20 30 5 re\nW n\n1 0 0 rg\n10 20 30 5 re\nf\nQ\n"},
		{"round corners", scene.Rect{Box: box, Radius: 2, Fill: red}, "12 20 m\n38 20 l\n39.105 20 40 20.895 40 22 c\n"},
		{"text", scene.Text{X: 7, Y: 9, Text: "if", Size: 10, Color: red}, "BT /F0 1 Tf\n10 0 0 -10 7 9 Tm\n[<"},
		{"bold text", scene.Text{Text: "if", Size: 10, Weight: typeface.Bold, Color: red}, "BT /F1 1 Tf\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := unpack(t, written(t, c.shape))[0]; !strings.Contains(got, c.want) {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

// A reader finds every object by its offset in the table at the end.
func TestStructure(t *testing.T) {
	file := written(t, scene.Text{X: 7, Y: 9, Text: "a", Size: 10, Color: faint}, scene.Text{Text: "b", Size: 10, Weight: typeface.Bold, Color: red})
	tail := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(file)
	if tail == nil {
		t.Fatal("there is no end")
	}
	start, _ := strconv.Atoi(string(tail[1]))
	table := string(file[start:])
	entries := regexp.MustCompile(`(\d{10}) 00000 n \n`).FindAllStringSubmatch(table, -1)
	if !strings.HasPrefix(table, fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(entries)+1)) {
		t.Errorf("%.60q", table)
	}
	for i, e := range entries {
		offset, _ := strconv.Atoi(e[1])
		if want := fmt.Sprintf("%d 0 obj\n", i+1); !bytes.HasPrefix(file[offset:], []byte(want)) {
			t.Errorf("object %d: %.20q", i+1, file[offset:])
		}
	}
	for _, reference := range regexp.MustCompile(`(\d+) 0 R`).FindAllSubmatch(file, -1) {
		if n, _ := strconv.Atoi(string(reference[1])); n < 1 || n > len(entries) {
			t.Errorf("there is no object %d", n)
		}
	}
	for _, want := range []string{"/MediaBox[0 0 75 37.5]", "/A51<</ca 0.2000/CA 0.2000>>", "/F0 ", "/F1 "} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("there is no %s", want)
		}
	}
	if !bytes.Equal(file, written(t, scene.Text{X: 7, Y: 9, Text: "a", Size: 10, Color: faint}, scene.Text{Text: "b", Size: 10, Weight: typeface.Bold, Color: red})) {
		t.Error("the same scene gives another file")
	}
}

// Letters can be searched and copied as the runes that they stand for, and stand where they are measured to stand.
func TestText(t *testing.T) {
	const text = "Tä–µ AV"
	file := written(t, scene.Text{Text: text, Size: 10, Color: red})
	all := unpack(t, file)
	unicode := all[len(all)-1]
	for i, l := range typeface.Shape(nil, text, typeface.Regular) {
		r := []rune(text)[i]
		if want := fmt.Sprintf("<%04x><%04x>", l.Glyph, r); !strings.Contains(unicode, want) {
			t.Errorf("%q: there is no %s in\n%s", r, want, unicode)
		}
	}
	// The pen's way, from the widths and the corrections, comes to the width of the text without its last letter.
	items := regexp.MustCompile(`(?s)\[(.*)\]TJ`).FindStringSubmatch(all[0])
	if items == nil {
		t.Fatal(all[0])
	}
	pen, n := 0.0, 0
	for _, item := range regexp.MustCompile(`<[0-9a-f]{4}>|-?[0-9.]+`).FindAllString(items[1], -1) {
		if back, err := strconv.ParseFloat(item, 64); err == nil {
			pen -= back
			continue
		}
		if want := typeface.Shape(nil, text, typeface.Regular)[n].X * 1000; math.Abs(pen-want) > 0.2 {
			t.Errorf("letter %d stands at %.2f, want %.2f", n, pen, want)
		}
		pen += typeface.Width(string([]rune(text)[n]), 1000, typeface.Regular)
		n++
	}
	if n != len([]rune(text)) {
		t.Errorf("%d letters", n)
	}
}

func FuzzAnything(f *testing.F) {
	f.Add("Thread-1", 3.0, 4.0, 1.0)
	f.Add("\x00)>>\xff\U0001F600", math.Inf(1), math.NaN(), 1e300)
	f.Fuzz(func(t *testing.T, text string, x, y, w float64) {
		text = text[:min(len(text), 100)]
		a, b := scene.Point{X: x, Y: y}, scene.Point{X: y, Y: w}
		drawn := unpack(t, written(t,
			scene.Text{X: x, Y: y, Text: text, Size: 12, Color: red},
			scene.Rect{Box: scene.Box{X: x, Y: y, W: w, H: w}, Radius: w / 3, Fill: faint},
			scene.Polyline{Points: []scene.Point{a, b, {X: 3, Y: 3}}, Width: w, Color: red},
			scene.Polygon{Points: []scene.Point{a, b, {X: 3, Y: 3}}, Fill: red}))[0]
		if strings.Contains(drawn, "NaN") || strings.Contains(drawn, "Inf") {
			t.Error(drawn)
		}
	})
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestErrorsOfTheWriterAreReturned(t *testing.T) {
	if err := pdf.Write(full{}, &scene.Scene{Width: 9, Height: 9}, 1); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}
