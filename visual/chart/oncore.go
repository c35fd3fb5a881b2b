package chart

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"time"

	"regatta/visual/number"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/visual/typeface"
	"regatta/workloads/recording"
)

// coreBars draws which of our workers was on a core: the whole height of its strip in the colour of what the worker did,
// and where several take turns within a pixel as strong as the share of time that ours had the core.
type coreBars struct {
	bars scene.Bars
	l    *layout
	p    strip
}

func (b *coreBars) run(s recording.State, first, last int) {
	if c := b.l.view.theme().State(s); c.A > 0 {
		b.add(first, last, c)
	}
}

func (b *coreBars) mixed(column int, m *mixture) {
	t := b.l.view.theme()
	var sum, most float32
	best := recording.Unknown
	for s, part := range m.share {
		if recording.State(s) == recording.Unknown {
			continue
		}
		if sum += part; part > most {
			best, most = recording.State(s), part
		}
	}
	if sum > 0 {
		b.add(column, column+1, palette.Alpha(t.State(best), float64(sum)))
	}
}

func (b *coreBars) add(first, last int, c color.NRGBA) {
	b.bars = append(b.bars, scene.Bar{
		X0: float32(b.l.x(float64(first))), Y0: float32(b.p.Y), X1: float32(b.l.x(float64(last))), Y1: float32(b.p.Bottom()), Fill: c,
	})
}

// onCore draws who was on a core, with names where there is room for them.
func (l *layout) onCore(s *scene.Scene, p strip) {
	b := &coreBars{l: l, p: p}
	merge(p.track, l.axis, 0, l.axis.columns, b)
	s.Add(b.bars)
	const least = 40.0 // pixels that a name needs at least
	first := p.track.Search(l.axis.from)
	if n := p.track.Search(l.axis.to) - first; p.H < 14 || float64(n) > 4*l.plot.W/least {
		return
	}
	for i := first; i < p.track.Len(); i++ {
		span := p.track.Span(i)
		x0, x1 := l.inPlot(span.Start), l.inPlot(span.End)
		if x0 >= l.plot.Right() {
			break
		}
		if by := l.rec.Track(span.Blocker); by != nil && x1-x0 >= least {
			t := l.view.theme()
			text := scene.Text{
				X: x0 + 5, Text: laneName(by), Size: smallSize, Weight: typeface.Bold,
				Color: t.OnState(span.State),
			}
			if room := x1 - x0 - 8; room > 2*least || text.Width() <= room {
				s.Add(text.CenteredAt(p.Y + p.H/2).FittedTo(room))
			}
		}
	}
}

// heatInk is the colour of a core's use in the heat map: grey where the colours belong to our own workers.
func (l *layout) heatInk() color.NRGBA {
	if l.workers {
		return palette.Alpha(l.view.theme().Muted, 0.6)
	}
	return l.view.theme().Core
}

// coresLegend says beside the section's title what the colours and the line are.
func (l *layout) coresLegend(s *scene.Scene) {
	t := l.view.theme()
	x, mid := l.plot.X, l.coresRule+titleMid
	put := func(text string) {
		label := scene.Text{X: x + swatchWidth + swatchGap, Text: text, Size: legendSize, Color: t.Muted}.CenteredAt(mid)
		s.Add(label)
		x = label.X + label.Width() + legendGap
	}
	s.Add(scene.Rect{Box: scene.Box{X: l.snap(x), Y: l.snap(mid - swatchHeight/2), W: swatchWidth, H: swatchHeight}, Fill: t.State(recording.Running)})
	put("a worker of this run")
	if len(l.strips) > maxStrips {
		s.Add(scene.Rect{Box: scene.Box{X: l.snap(x), Y: l.snap(mid - swatchHeight/2), W: swatchWidth, H: swatchHeight}, Fill: l.heatInk()})
	} else {
		s.Add(scene.Line{From: scene.Point{X: x, Y: mid}, To: scene.Point{X: x + swatchWidth, Y: mid}, Width: 1.25, Color: t.Ink})
	}
	put("use by the whole machine")
}

// coreTip says who was on a core, and how busy it was.
func (c *Chart) coreTip(p strip, at, resolution time.Duration) Tip {
	tip := Tip{Title: fmt.Sprintf("Core %d", p.core)}
	if p.track != nil {
		tip.Title += " · " + c.whoWasOn(p.track, at, resolution)
	}
	if p.series != nil {
		if v, ok := p.series.At(at); ok {
			tip.Lines = append(tip.Lines, number.Percent(v)+" used by the whole machine")
		}
	}
	tip.Lines = append(tip.Lines, "at "+moment(at, resolution))
	return tip
}

// whoWasOn names the workers that a core's lane shows within a pixel, the one with the largest share first.
func (c *Chart) whoWasOn(t *recording.Track, at, resolution time.Duration) string {
	had := map[recording.LaneID]time.Duration{}
	var state recording.State
	for i := t.Search(at); i < t.Len(); i++ {
		s := t.Span(i)
		if s.Start >= at+resolution {
			break
		}
		if s.State != recording.Unknown {
			had[s.Blocker] += min(s.End, at+resolution) - max(s.Start, at)
			state = s.State
		}
	}
	var ids []recording.LaneID
	for id := range had {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b recording.LaneID) int { return cmp.Or(cmp.Compare(had[b], had[a]), cmp.Compare(a, b)) })
	name := func(id recording.LaneID) string {
		if by := c.rec.Track(id); by != nil {
			return laneName(by)
		}
		return "a worker"
	}
	switch len(ids) {
	case 0:
		return "none of this run's workers"
	case 1:
		return name(ids[0]) + ", " + inSentence(state)
	case 2:
		return name(ids[0]) + " and " + name(ids[1])
	}
	return fmt.Sprintf("%s, %s and %d more", name(ids[0]), name(ids[1]), len(ids)-2)
}
