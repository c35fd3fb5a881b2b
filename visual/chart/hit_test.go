package chart

import (
	"image"
	"image/color"
	"testing"
	"time"

	"pgregory.net/rapid"

	"regatta/visual/internal/sample"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/workloads/recording"
)

// TestHitNamesWhatIsDrawn: where Hit names a span that fills its pixel, the pixel in the middle of the lane has the
// colour of the span's state, and where Hit names none there is no state's colour.
func TestHitNamesWhatIsDrawn(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		lanes := rapid.IntRange(1, 6).Draw(r, "lanes")
		rec := sample.Recording(t, func(w *recording.Writer) {
			for range lanes {
				id := w.AddLane(recording.Lane{Kind: recording.Thread, Name: "lane", End: recording.StillAlive})
				for _, s := range drawSpans(r) {
					w.Span(id, s)
				}
			}
		})
		from := time.Duration(rapid.IntRange(0, 1500).Draw(r, "from"))
		v := View{
			From: from, To: from + time.Duration(rapid.IntRange(10, 2500).Draw(r, "length")),
			Width: 400, Height: 400, Theme: rapid.SampledFrom(palette.Themes()).Draw(r, "theme"),
			Scale: rapid.SampledFrom([]float64{1, 1.25, 2}).Draw(r, "scale"),
		}
		c := New(rec)
		img := paint.Image(c.Draw(v), v.Scale)
		l := c.layout(v, 0, 0)
		for range 20 {
			px := image.Pt(
				rapid.IntRange(int(l.plot.X*v.Scale), int(l.plot.Right()*v.Scale)-1).Draw(r, "x"),
				int(l.rowMid(rapid.IntRange(0, len(l.rows)-1).Draw(r, "row"))*v.Scale))
			h, ok := c.Hit(v, (float64(px.X)+0.5)/v.Scale, (float64(px.Y)+0.5)/v.Scale)
			if !ok || h.Track == nil {
				r.Fatalf("nothing at %v", px)
			}
			got := color.NRGBA(img.RGBAAt(px.X, px.Y)) // opaque, so the two are the same
			column := float64(px.X) - l.plot.X*v.Scale
			switch {
			case h.OnSpan && h.Span.State != recording.Unknown:
				if l.axis.column(h.Span.Start) > column || l.axis.column(h.Span.End) < column+1 {
					continue // an edge runs through the pixel
				}
				if want := v.Theme.State(h.Span.State); got != want || h.Spans != 1 || h.Shares[0].State != h.Span.State {
					r.Fatalf("at %v Hit names %v of %d spans, whose colour is %v, but the pixel is %v", px, h.Span, h.Spans, want, got)
				}
			case h.Spans == 0:
				if got != v.Theme.Card && got != v.Theme.Grid {
					r.Fatalf("at %v Hit names nothing, but the pixel is %v", px, got)
				}
			}
		}
	})
}

func TestHitPlaces(t *testing.T) {
	rec := sample.Threads(t)
	v := View{Width: 1120, Height: 724}.Whole(rec)
	c := New(rec)
	x, width := c.Plot(v)
	at := func(d time.Duration) float64 { return x + width*float64(d)/float64(v.To) }
	for _, p := range []struct {
		name string
		x, y float64
		ok   bool
		lane string
	}{
		{"a label", 20, 100, false, ""},
		{"main", at(300 * ms), 104, true, "MainThread"},
		{"second thread", at(300 * ms), 104 + 2*58, true, "Thread-2"},
		{"cores", at(300 * ms), 440, true, ""},
		{"memory", at(300 * ms), 650, true, ""},
		{"below", at(300 * ms), 723, false, ""},
		{"right of the plot", x + width + 1, 104, false, ""},
	} {
		h, ok := c.Hit(v, p.x, p.y)
		name := ""
		if h.Track != nil {
			name = h.Track.Name
		}
		if ok != p.ok || name != p.lane {
			t.Errorf("%s: lane %q, ok %v", p.name, name, ok)
		}
		if d := h.At - 300*ms; ok && (d > ms || d < -ms) {
			t.Errorf("%s: at %v, want 300 ms", p.name, h.At)
		}
	}
	h, _ := c.Hit(v, at(300*ms), 104)
	tip, ok := c.Tip(h, ms)
	if !ok || tip.Title != "MainThread · waiting for a lock" || tip.Lines[0] != "530 ms" {
		t.Errorf("tip %+v, %v", tip, ok)
	}
}

func TestTipOfAWait(t *testing.T) {
	rec := sample.Recording(t, func(w *recording.Writer) {
		a := w.AddLane(recording.Lane{Kind: recording.Thread, Name: "Thread-2"})
		b := w.AddLane(recording.Lane{Kind: recording.Thread, Name: "Thread-4"})
		w.Span(a, recording.Span{Start: 250 * ms, End: 265400 * time.Microsecond, State: recording.GIL, Blocker: b})
	})
	c := New(rec)
	track := rec.Tracks()[0]
	tip, ok := c.Tip(Hit{Track: track, At: 262214 * time.Microsecond, Span: track.Span(0), OnSpan: true, Spans: 1}, 500*time.Microsecond)
	if !ok || tip.Title != "Thread-2 · waiting for the GIL" || len(tip.Lines) != 2 ||
		tip.Lines[0] != "15.4 ms, held by Thread-4" || tip.Lines[1] != "at 262.2 ms, since 250.0 ms" {
		t.Errorf("tip %+v", tip)
	}
	if _, ok := c.Tip(Hit{}, ms); ok {
		t.Error("nothing has a tip")
	}
}

func TestTipOfAMixture(t *testing.T) {
	rec := sample.Many(t, 2, 20000)
	v := View{Width: 1120, Height: 724}.Whole(rec)
	c := New(rec)
	h, ok := c.Hit(v, 400, 104)
	if !ok || h.Spans < 5 || len(h.Shares) < 2 || h.Shares[0].Part < h.Shares[1].Part {
		t.Fatalf("hit %+v, %v", h, ok)
	}
	sum := 0.0
	for _, s := range h.Shares {
		sum += s.Part
	}
	if sum < 0.999 || sum > 1.001 {
		t.Errorf("shares add up to %.4f", sum)
	}
	if tip, ok := c.Tip(h, ms); !ok || len(tip.Lines) != 2 {
		t.Errorf("tip %+v, %v", tip, ok)
	}
}
