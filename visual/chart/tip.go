package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"
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
	at := "at " + moment(h.At, resolution)
	if h.Lanes > 0 && len(h.Shares) > 0 {
		return Tip{Title: fmt.Sprintf("%d lanes, mean", h.Lanes), Lines: []string{mixText(h.Shares), at}}, true
	}
	if h.Track == nil || !h.OnSpan {
		return Tip{}, false
	}
	blocked := c.blockedAt(h.Track, h.At, resolution)
	if h.Spans > 1 && h.Span.Duration() < 2*resolution {
		t = Tip{
			Title: fmt.Sprintf("%s · %d spans in %s", laneName(h.Track), h.Spans, number.Duration(resolution)),
			Lines: []string{mixText(h.Shares)},
		}
	} else {
		t.Title = laneName(h.Track) + " · " + inSentence(h.Span.State)
		what := number.Duration(h.Span.Duration())
		if by := c.rec.Track(h.Span.Blocker); by != nil {
			what += ", " + heldBy(h.Span.State) + " " + laneName(by)
		}
		t.Lines = append(t.Lines, what)
		if h.Span.Label != "" {
			t.Lines = append(t.Lines, "in "+h.Span.Label)
		}
		at += ", since " + moment(h.Span.Start, max(resolution, h.Span.Duration()/100))
	}
	if blocked != nil {
		t.Lines = append(t.Lines, blockedText(blocked))
	}
	t.Lines = append(t.Lines, at)
	return t, true
}

func blockedText(b *recording.Blocking) string {
	text := "blocks its event loop for " + number.Duration(b.End-b.Start)
	if b.Function != "" {
		text += ", in " + b.Function
	}
	return text
}

// labelTip says what a row's label has no room for.
func (c *Chart) labelTip(l *layout, s Spot) (t Tip, ok bool) {
	if s.Rest {
		return Tip{
			Title: fmt.Sprintf("%d lanes there is no room for", len(l.rest)),
			Lines: []string{"their mean; Shift and the wheel show them"},
		}, true
	}
	if s.Track == nil {
		return Tip{}, false
	}
	track := s.Track
	t.Title = laneName(track)
	if d := laneDetail(track); d != "" {
		t.Lines = append(t.Lines, d)
	}
	what := string(track.Kind)
	if track.Helper {
		what += ", a helper of the interpreter"
	}
	if track.TID != 0 && track.Kind != recording.Task {
		what += fmt.Sprintf(" · thread id %d", track.TID)
	}
	end := track.End
	if end == recording.StillAlive {
		end = track.SeenUntil()
	}
	t.Lines = append(t.Lines, what, fmt.Sprintf("lives %s, works %s", number.Duration(end-track.Start), number.Duration(c.census.working(track))))
	if r := l.rowOf(track.ID); r >= 0 && l.all[r].inside > 0 {
		fold := "click on the triangle to fold it"
		if l.all[r].group != nil {
			fold = "click on the triangle to see them"
		}
		t.Lines = append(t.Lines, fmt.Sprintf("%d lanes inside; %s", l.all[r].inside, fold))
	}
	return t, true
}

// memoryTip is what the processes hold at a time, the largest first.
func (c *Chart) memoryTip(at, resolution time.Duration) (t Tip, ok bool) {
	sum, ok := memoryAt(c.rec, at)
	if !ok {
		return Tip{}, false
	}
	t.Title = number.Bytes(sum) + " resident"
	type share struct {
		name  string
		bytes float64
	}
	var shares []share
	for _, s := range c.rec.Series(recording.RSS) {
		if v, here := s.At(at); here && at <= lifeEnd(c.rec, s) {
			shares = append(shares, share{fmt.Sprintf("%s (%d)", s.Name, s.PID), v})
		}
	}
	slices.SortStableFunc(shares, func(a, b share) int { return cmp.Compare(b.bytes, a.bytes) })
	const most = 5
	for _, s := range shares[:min(len(shares), most)] {
		t.Lines = append(t.Lines, number.Bytes(s.bytes)+"  "+s.name)
	}
	if n := len(shares) - most; n > 0 {
		t.Lines = append(t.Lines, fmt.Sprintf("and %d more processes", n))
	}
	t.Lines = append(t.Lines, "at "+moment(at, resolution))
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
