package chart_test

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"regatta/visual/chart"
	"regatta/visual/internal/sample"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// TestGolden holds pictures against those in testdata. On other systems than linux/amd64 rounding may differ by a hair;
// there it is only seen that they can be drawn.
func TestGolden(t *testing.T) {
	picture := func(rec *recording.Recording, width, height, scale float64) func(*palette.Theme) *scene.Scene {
		return func(theme *palette.Theme) *scene.Scene {
			return chart.Picture(rec, chart.Options{
				Width: width, Height: height, Scale: scale, Theme: theme,
				Title:    "Threads took turns: only one held the GIL at a time.",
				Subtitle: "4 threads did the work of 1. Each spent 74 % of its life waiting for the GIL, so a second core would not have helped.",
				Numbers: []chart.Number{
					{Value: "1.13 s", Caption: "wall time"},
					{Value: "0.98×", Caption: "speed-up over sequential"},
					{Value: "1.0 of 2", Caption: "cores kept busy"},
					{Value: "14.2 MB", Caption: "peak memory"},
					{Value: "74 %", Caption: "waiting for the GIL", Accent: recording.GIL},
				},
			})
		}
	}
	alone := func(rec *recording.Recording, v chart.View) func(*palette.Theme) *scene.Scene {
		return func(theme *palette.Theme) *scene.Scene {
			v.Theme = theme
			return chart.New(rec).Draw(v)
		}
	}
	const ms = time.Millisecond
	threads, pool, gaps, loop, many := sample.Threads(t), sample.Pool(t), sample.Gaps(t), sample.Loop(t), sample.Many(t, 300, 30_000)
	window := chart.View{Width: 1120, Height: 724, ShowCursor: true, Cursor: 262200 * time.Microsecond}
	zoomed := chart.View{Width: 800, Height: 560, From: 200 * ms, To: 204 * ms}
	small := chart.View{Width: 480, Height: 300}
	for _, c := range []struct {
		name  string
		scale float64
		draw  func(*palette.Theme) *scene.Scene
	}{
		{"picture", 1, picture(threads, 1600, 900, 1)},
		{"threads", 1, alone(threads, window.Whole(threads))},
		{"threads-zoomed", 1, alone(threads, zoomed)},
		{"threads-small", 1, alone(threads, small.Whole(threads))},
		{"pool", 1, alone(pool, chart.View{Width: 1120, Height: 724}.Whole(pool))},
		{"pool-hidpi", 2, alone(pool, chart.View{Width: 700, Height: 450, Scale: 2}.Whole(pool))},
		{"gaps", 1, alone(gaps, chart.View{Width: 1120, Height: 600}.Whole(gaps))},
		{"cores64", 1, alone(sample.Cores64(t), chart.View{Width: 1120, Height: 600, To: 1000 * ms})},
		{"loop", 1, alone(loop, chart.View{
			Width: 1120, Height: 724, Handles: true, Selected: chart.Selection{Lane: 4, At: 150 * ms}, Stretch: chart.Stretch{From: 240 * ms, To: 330 * ms},
		}.Whole(loop))},
		{"selected-wait", 1, alone(threads, chart.View{
			Width: 1120, Height: 724, From: 200 * ms, To: 260 * ms, Handles: true, Selected: chart.Selection{Lane: 3, At: 215 * ms},
		})},
		{"patterns", 1, alone(loop, chart.View{Width: 1120, Height: 600, Patterns: true}.Whole(loop))},
		{"one-state", 1, alone(pool, chart.View{
			Width: 1120, Height: 600, Handles: true, Lanes: chart.Lanes{State: recording.Lock, Filter: "pool", First: 3},
		}.Whole(pool))},
		{"many", 1, alone(many, chart.View{Width: 1120, Height: 600, Lanes: chart.Lanes{First: 40}}.Whole(many))},
		{"replay", 1, alone(threads, chart.View{Width: 1120, Height: 600, Until: 300 * ms, ShowCursor: true, Cursor: 300 * ms}.Whole(threads))},
		{"lecture", 1, func(theme *palette.Theme) *scene.Scene {
			return chart.Picture(threads, chart.Options{
				Width: 1920, Height: 1080, Theme: theme, Lecture: true, Title: "Four threads took turns", Subtitle: "Thick is working. Thin is waiting.",
			})
		}},
		{"empty", 1, alone(nil, chart.View{Width: 1120, Height: 500}.Whole(nil))},
	} {
		for _, theme := range palette.Themes() {
			t.Run(c.name+"-"+theme.Name, func(t *testing.T) {
				compare(t, c.name+"-"+theme.Name, paint.Image(c.draw(theme), c.scale))
			})
		}
	}
}

func compare(t *testing.T, name string, got *image.RGBA) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if *update {
		writePNG(t, path, got)
		return
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("%v: go test -update draws it", err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	flat := image.NewRGBA(want.Bounds())
	draw.Draw(flat, flat.Rect, want, image.Point{}, draw.Src)
	if flat.Rect != got.Rect || !bytes.Equal(flat.Pix, got.Pix) {
		failed := filepath.Join(os.TempDir(), "regatta-"+name+".png")
		writePNG(t, failed, got)
		t.Errorf("it differs from %s; what was drawn is %s", path, failed)
	}
}

func writePNG(t *testing.T, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}
