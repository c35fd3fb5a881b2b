package chart

import (
	"fmt"
	"math"
	"strings"
	"time"

	"regatta/visual/number"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/visual/typeface"
	"regatta/workloads/recording"
)

// Tip is the text of the box beside the pointer.
type Tip struct {
	Title string
	Lines []string
}

// Tip says what a hit is. ok is false where there is nothing to say. resolution is how much time a pixel shows.
func (c *Chart) Tip(h Hit, resolution time.Duration) (t Tip, ok bool) {
	if h.Track == nil || !h.OnSpan {
		return Tip{}, false
	}
	at := "at " + moment(h.At, resolution)
	if h.Spans > 1 && h.Span.Duration() < 2*resolution {
		return Tip{
			Title: fmt.Sprintf("%s · %d spans in %s", laneName(h.Track), h.Spans, number.Duration(resolution)),
			Lines: []string{mixText(h.Shares), at},
		}, true
	}
	t.Title = laneName(h.Track) + " · " + inSentence(h.Span.State)
	what := number.Duration(h.Span.Duration())
	if by := c.rec.Track(h.Span.Blocker); by != nil {
		what += ", " + heldBy(h.Span.State) + " " + laneName(by)
	}
	t.Lines = append(t.Lines, what)
	if h.Span.Label != "" {
		t.Lines = append(t.Lines, "in "+h.Span.Label)
	}
	t.Lines = append(t.Lines, at)
	return t, true
}

func heldBy(s recording.State) string {
	if s == recording.GIL || s == recording.Lock || s == recording.Core {
		return "held by"
	}
	return "waiting for"
}

// mixText is the three largest shares as a sentence.
func mixText(shares []Share) string {
	var parts []string
	for _, s := range shares[:min(len(shares), 3)] {
		parts = append(parts, number.Percent(s.Part)+" "+inSentence(s.State))
	}
	return strings.Join(parts, ", ")
}

// moment writes a time with one digit more than a tenth of a pixel is wide, rounded so that it stands still.
func moment(at, resolution time.Duration) string {
	step := time.Duration(math.Pow(10, math.Floor(math.Log10(float64(max(resolution, 1))))))
	return number.UnitUpTo(at).Moment(at, max(step, 1))
}

const (
	tipPad      = 12.0
	tipLine     = 17.0
	tipMaxWidth = 420.0
)

// Scene is the picture of the tip.
func (t Tip) Scene(theme *palette.Theme) *scene.Scene {
	texts := []scene.Text{{Text: t.Title, Size: legendSize, Weight: typeface.Bold, Color: theme.OnTip}}
	for _, line := range t.Lines {
		texts = append(texts, scene.Text{Text: line, Size: legendSize, Color: theme.OnTip})
	}
	width := 0.0
	for i := range texts {
		texts[i] = texts[i].FittedTo(tipMaxWidth)
		width = max(width, texts[i].Width())
	}
	s := &scene.Scene{Width: math.Ceil(width) + 2*tipPad, Height: tipLine*float64(len(texts)) + 14}
	s.Add(scene.Rect{Box: scene.Box{W: s.Width, H: s.Height}, Radius: 6, Fill: theme.Tip})
	for i, text := range texts {
		text.X = tipPad
		s.Add(text.CenteredAt(7 + tipLine*(float64(i)+0.5)))
	}
	return s
}
