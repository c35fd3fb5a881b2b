package chart

import (
	"fmt"
	"strings"

	"regatta/visual/scene"
	"regatta/visual/typeface"
	"regatta/workloads/recording"
)

const indent = 12.0

// lanes draws the rows' labels and spans. The bars of all rows are one shape; it takes over buf's memory.
func (l *layout) lanes(s *scene.Scene, buf scene.Bars) scene.Bars {
	b := newBrush(l, buf)
	for i, r := range l.rows {
		l.label(s, i, r)
		b.mid = float32(l.rowMid(i))
		merge(r.track, l.axis, 0, l.axis.columns, b)
	}
	s.Add(b.bars)
	if l.hidden > 0 {
		text := fmt.Sprintf("+%d more", l.hidden)
		s.Add(scene.Text{X: l.card.X + pad, Text: text, Size: smallSize, Color: l.view.theme().Muted}.CenteredAt(l.rowMid(len(l.rows))))
	}
	return b.bars
}

// label writes a lane's name and what it runs, below each other where the row is tall enough, never into the plot.
func (l *layout) label(s *scene.Scene, i int, r row) {
	t := l.view.theme()
	x := l.card.X + pad + float64(r.depth)*indent
	right := l.plot.X - labelGap
	mid := l.rowMid(i)
	name := scene.Text{X: x, Text: laneName(r.track), Size: nameSize, Color: t.Ink}
	if r.track.Helper {
		name.Color = t.Muted
	}
	detail := scene.Text{X: x, Text: laneDetail(r.track), Size: smallSize, Color: t.Muted}
	if l.pitch >= 34 {
		name.Text = typeface.FitEnds(name.Text, 4, right-x, name.Size, name.Weight)
		if detail.Text == "" {
			s.Add(name.CenteredAt(mid))
			return
		}
		s.Add(name.CenteredAt(mid-8), detail.CenteredAt(mid+8).FittedTo(right-x))
		return
	}
	if l.pitch < 20 {
		name.Size = smallSize
	}
	name.Text = typeface.FitEnds(name.Text, 4, right-x, name.Size, name.Weight)
	name = name.CenteredAt(mid)
	s.Add(name)
	detail.X, detail.Y = x+name.Width()+6, name.Y
	if detail.X+detail.Width() <= right { // half a detail beside a name is only noise
		s.Add(detail)
	}
}

func laneName(t *recording.Track) string {
	if t.Name != "" {
		return t.Name
	}
	return fmt.Sprintf("%s %d", t.Kind, t.ID)
}

// laneDetail is what a lane runs; of a process its id too.
func laneDetail(t *recording.Track) string {
	parts := make([]string, 0, 2)
	if t.Detail != "" {
		parts = append(parts, t.Detail)
	}
	if t.Kind == recording.Process && t.PID != 0 {
		parts = append(parts, fmt.Sprintf("pid %d", t.PID))
	}
	return strings.Join(parts, " · ")
}
