//go:build cgo

package window

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"regatta/visual/chart"
	"regatta/visual/palette"
	"regatta/visual/story"
	"regatta/workloads/catalog"
	"regatta/workloads/recording"
)

func TestBridgeQueuesOnce(t *testing.T) {
	var queue []func()
	shows := 0
	b := &bridge{dispatch: func(f func()) { queue = append(queue, f) }, show: func() { shows++ }}
	for range 100 {
		b.Wake()
	}
	if len(queue) != 1 {
		t.Fatalf("100 changes queued %d calls", len(queue))
	}
	queue[0]()
	b.Wake()
	if len(queue) != 2 || shows != 1 {
		t.Errorf("%d calls queued, %d shows: a change after a show must queue another", len(queue), shows)
	}
}

func TestPythonTokensMakeUpTheText(t *testing.T) {
	source := "import os  # why\n\n@dataclass\nasync def f(x: int = 1_000) -> str:\n    '''doc \"x\" '''\n" +
		"    return f\"a{x}\\\"\" + rb'b' if x is not None else ''  # ü\nbroken = 'no end\nlast = \"\"\"no end\n"
	kinds := map[string]tokenKind{}
	var all strings.Builder
	for _, token := range pythonTokens(source) {
		all.WriteString(token.text)
		kinds[token.text] = token.kind
	}
	if all.String() != source {
		t.Errorf("the tokens make up\n%q, not\n%q", all.String(), source)
	}
	for text, want := range map[string]tokenKind{
		"import": keywordToken, "# why": commentToken, "@dataclass": nameToken, "f": nameToken, "x": plainToken,
		"1_000": numberToken, "'''doc \"x\" '''": stringToken, "f\"a{x}\\\"\"": stringToken, "rb'b'": stringToken,
		"None": keywordToken, "# ü": commentToken, "'no end": stringToken, "\"\"\"no end\n": stringToken,
	} {
		if got, found := kinds[text]; !found || got != want {
			t.Errorf("%q is kind %d (found: %t), want %d", text, got, found, want)
		}
	}
}

// Every default must read back as itself, in the way that the form writes it.
func TestDefaultsReadBack(t *testing.T) {
	for _, w := range catalog.Workloads() {
		for _, m := range w.Models {
			pair, err := catalog.Find(w.ID, m)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range pair.Parameters() {
				if v, err := p.Parse(story.Value(p.Default)); err != nil || v != p.Default {
					t.Errorf("%s %s %s: %v reads back as %v, %v", w.ID, m, p.Name, p.Default, v, err)
				}
			}
		}
	}
}

func TestPlatform(t *testing.T) {
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	for want, e := range map[string]func(string) string{
		"x11":     env("DISPLAY", ":0"),
		"":        env("DISPLAY", ":0", "WAYLAND_DISPLAY", "wayland-0"),
		"wayland": env("DISPLAY", ":0", platformVariable, "wayland"),
	} {
		if got := platform(e); got != want {
			t.Errorf("platform is %q, want %q", got, want)
		}
	}
}

func TestEllipsis(t *testing.T) {
	const long = "Größe und Übermut in einer langen Zeile"
	full := fyne.MeasureText(long, 13, fyne.TextStyle{}).Width
	if got := ellipsis(long, full+1, 13, fyne.TextStyle{}); got != long {
		t.Errorf("a text that fits became %q", got)
	}
	for width := float32(1); width < full; width += 7 {
		got := ellipsis(long, width, 13, fyne.TextStyle{})
		cut, found := strings.CutSuffix(got, "…")
		if !found || !strings.HasPrefix(long, cut) || strings.ContainsRune(got, '\uFFFD') {
			t.Fatalf("at %v it became %q", width, got)
		}
		if got != "…" && fyne.MeasureText(got, 13, fyne.TextStyle{}).Width > width {
			t.Errorf("at %v %q does not fit", width, got)
		}
	}
}

func TestPictureOfARun(t *testing.T) {
	f := &fakeStarter{t: t, status: recording.Finished}
	c := controlled(f)
	c.Start(choice(t))
	f.latest().finish()
	<-c.Over()
	for _, lecture := range []bool{false, true} {
		drawn := picture(c.State(), chart.View{From: 0, To: time.Second}, palette.Dark, lecture)
		for ending, write := range pictureFormats {
			var out bytes.Buffer
			if err := write(&out, drawn, pictureScale); err != nil {
				t.Errorf("%s: %v", ending, err)
			}
			if config, err := png.DecodeConfig(&out); ending == ".png" && (err != nil || config.Width != 3200 || config.Height != 1800) {
				t.Errorf("the picture is %d x %d, %v", config.Width, config.Height, err)
			}
		}
	}
}

// When Fyne's loop has ended, functions run at once, on any goroutine.
func TestGateAfterTheLoop(t *testing.T) {
	g := &gate{do: func(f func()) { f() }}
	ran, nested := 0, 0
	g.Do(func() {
		ran++
		g.Do(func() { nested++ })
	})
	g.Close()
	g.Do(func() { ran++ })
	if ran != 1 || nested != 0 {
		t.Errorf("%d ran, %d within it, want 1 and 0", ran, nested)
	}
}
