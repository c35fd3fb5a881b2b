package chart

import (
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"regatta/visual/internal/sample"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// laps is how long frames took, in milliseconds, sorted.
type laps []float64

func (l laps) at(part float64) float64 { return l[int(part*float64(len(l)-1))] }

// lap calls f over and over and reports the least and the median of what it takes, and what one of a hundred takes longer
// than. On a machine that does other things the least says what it costs.
func lap(b *testing.B, f func()) laps {
	var took laps
	b.ReportAllocs()
	f() // what is kept from frame to frame is made
	for b.Loop() {
		start := time.Now()
		f()
		took = append(took, time.Since(start).Seconds()*1e3)
	}
	slices.Sort(took)
	b.ReportMetric(took.at(0), "ms-least")
	b.ReportMetric(took.at(0.5), "ms-median")
	b.ReportMetric(took.at(0.99), "ms-p99")
	b.ReportMetric(0, "ns/op") // the mean says little
	return took
}

// zoom is a stretch that a recording is shown in.
type zoom struct {
	name string
	view View
}

// zooms are all of a recording, parts of it, and one span in the middle.
func zooms(rec *recording.Recording) []zoom {
	whole := View{Width: 1600, Height: 900, Theme: palette.Light}.Whole(rec)
	all := []zoom{{"whole", whole}}
	for _, part := range []struct {
		name string
		of   time.Duration
	}{{"half", 2}, {"tenth", 10}, {"hundredth", 100}, {"thousandth", 1000}} {
		v := whole
		length := rec.Seen() / part.of
		v.From = (rec.Seen() - length) / 2
		v.To = v.From + length
		all = append(all, zoom{part.name, v})
	}
	track := rec.Tracks()[0]
	span := track.Span(track.Len() / 2)
	one := whole
	one.From, one.To = span.Start, span.End
	return append(all, zoom{"span", one})
}

// BenchmarkLanes draws the lanes of recordings of many spans at 1600 x 900: "lanes" is recording and view to shapes, and
// painting the lanes' bars and cells on a ground, which is what the bar for drawing lanes means; "chart" is the whole
// picture with names, cores and memory. The slowest zoom of each number of spans is told at the end.
func BenchmarkLanes(b *testing.B) {
	for _, size := range []int{1_000_000, 10_000_000} {
		b.Run(fmt.Sprintf("spans=%d", size), func(b *testing.B) {
			slowest, least := "none", 0.0
			for _, lanes := range []int{8, 32, 200, 1000} { // 32 is as many as find room: the dearest
				rec := sample.Many(b, lanes, size)
				for _, z := range zooms(rec) {
					name := fmt.Sprintf("lanes=%d/%s", lanes, z.name)
					b.Run(name, func(b *testing.B) {
						if took := benchLanes(b, rec, z.view); took.at(0.5) > least {
							slowest, least = name, took.at(0.5)
						}
					})
				}
				b.Run(fmt.Sprintf("lanes=%d/chart", lanes), func(b *testing.B) { benchChart(b, rec, zooms(rec)[0].view) })
			}
			b.Logf("the slowest zoom of %d spans: %s, %.1f ms (median)", size, slowest, least)
		})
	}
}

func benchLanes(b *testing.B, rec *recording.Recording, v View) laps {
	c := New(rec)
	dst := image.NewRGBA(image.Rect(0, 0, int(v.Width), int(v.Height)))
	var p paint.Painter
	var s scene.Scene
	var shapes time.Duration
	took := lap(b, func() {
		start := time.Now()
		s = scene.Scene{Width: v.Width, Height: v.Height, Ground: v.theme().Card, Shapes: s.Shapes[:0]}
		l := c.layout(v, 0, 0)
		l.spans(&s, &c.ink)
		shapes += time.Since(start)
		p.Paint(dst, &s, 1)
	})
	b.ReportMetric(shapes.Seconds()*1e3/float64(len(took)+1), "ms-shapes") // a mean
	return took
}

func benchChart(b *testing.B, rec *recording.Recording, v View) {
	c := New(rec)
	dst := image.NewRGBA(image.Rect(0, 0, int(v.Width), int(v.Height)))
	var p paint.Painter
	lap(b, func() { p.Paint(dst, c.Draw(v), 1) })
}

// BenchmarkWindow draws and paints what a window usually shows.
func BenchmarkWindow(b *testing.B) {
	rec := sample.Threads(b)
	c := New(rec)
	v := View{Width: 1600, Height: 900, Theme: palette.Light}.Whole(rec)
	var p paint.Painter
	dst := image.NewRGBA(image.Rect(0, 0, 1600, 900))
	lap(b, func() { p.Paint(dst, c.Draw(v), 1) })
}

// BenchmarkHit is what moving the pointer costs.
func BenchmarkHit(b *testing.B) {
	rec := sample.Many(b, 200, 1_000_000)
	c := New(rec)
	v := View{Width: 1600, Height: 900, Theme: palette.Light}.Whole(rec)
	lap(b, func() { c.Hit(v, 800, 300) })
}

// BenchmarkLive reads 10 000 new spans of a run that goes on and draws it.
func BenchmarkLive(b *testing.B) {
	const lanes, each = 20, 500
	path := filepath.Join(b.TempDir(), "live.regatta")
	w, err := recording.Create(path, recording.Header{Created: time.Unix(1, 0)})
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]recording.LaneID, lanes)
	for i := range ids {
		ids[i] = w.AddLane(recording.Lane{Kind: recording.Thread, Name: fmt.Sprintf("Thread-%d", i), End: recording.StillAlive})
	}
	now := time.Duration(0)
	grow := func() {
		for k := range each {
			for _, id := range ids {
				w.Span(id, recording.Span{Start: now, End: now + 50*time.Microsecond, State: recording.State(1 + k%3)})
			}
			now += 50 * time.Microsecond
		}
		w.Flush()
	}
	r := recording.Follow(path + recording.PartSuffix)
	c := New(r.Recording())
	var p paint.Painter
	dst := image.NewRGBA(image.Rect(0, 0, 1600, 900))
	var reading, drawing []time.Duration
	for b.Loop() {
		grow()
		start := time.Now()
		if _, err := r.Poll(); err != nil {
			b.Fatal(err)
		}
		read := time.Now()
		p.Paint(dst, c.Draw(View{Width: 1600, Height: 900, Theme: palette.Light}.Whole(r.Recording())), 1)
		reading, drawing = append(reading, read.Sub(start)), append(drawing, time.Since(read))
	}
	for name, took := range map[string][]time.Duration{"read": reading, "draw": drawing} {
		slices.Sort(took)
		b.ReportMetric(took[len(took)/2].Seconds()*1e3, "ms-"+name+"-median")
	}
	b.ReportMetric(0, "ns/op") // writing the spans is in it
	if err := w.Finish(recording.End{}); err != nil {
		b.Fatal(err)
	}
}
