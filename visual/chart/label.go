package chart

import (
	"fmt"
	"strings"

	"regatta/visual/number"
	"regatta/visual/scene"
	"regatta/visual/typeface"
	"regatta/workloads/recording"
)

const (
	indent   = 12.0
	triangle = 7.0 // the side of the triangle that folds a group
)

// label writes a lane's name and what it runs, below each other where the row is tall enough, never into the plot. A
// group has a triangle before its name.
func (l *layout) label(s *scene.Scene, i int, r row) {
	t := l.view.theme()
	x := l.labelX(r)
	right := l.plot.X - labelGap
	mid := l.rowMid(i)
	if r.inside > 0 && (l.view.Handles || r.group != nil) {
		s.Add(scene.Polygon{Points: triangleAt(x-triangle-2, mid, r.group != nil), Fill: t.Muted})
	}
	name := scene.Text{X: x, Text: laneName(r.track), Size: nameSize, Color: t.Ink}
	if r.track.Helper {
		name.Color = t.Muted
	}
	detail := scene.Text{X: x, Text: laneDetail(r.track), Size: smallSize, Color: t.Muted}
	if r.group != nil {
		detail.Text = fmt.Sprintf("mean of %d lanes", len(r.group))
	}
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
	if r.group != nil {
		detail.Text = fmt.Sprintf("+%d", r.inside)
		right -= detail.Width() + 6
	}
	name.Text = typeface.FitEnds(name.Text, 4, right-x, name.Size, name.Weight)
	name = name.CenteredAt(mid)
	s.Add(name)
	detail.X, detail.Y = x+name.Width()+6, name.Y
	if r.group != nil || detail.X+detail.Width() <= right { // half a detail beside a name is only noise
		s.Add(detail)
	}
}

// labelX is where a row's name begins.
func (l *layout) labelX(r row) float64 { return l.card.X + pad + float64(r.depth)*indent }

// triangleAt points to the right for a folded group, downwards for an open one.
func triangleAt(x, mid float64, folded bool) []scene.Point {
	const h = triangle / 2
	if folded {
		return []scene.Point{{X: x + 1, Y: mid - h}, {X: x + 1 + 0.87*triangle, Y: mid}, {X: x + 1, Y: mid + h}}
	}
	top := mid - 0.43*triangle
	return []scene.Point{{X: x, Y: top}, {X: x + triangle, Y: top}, {X: x + h, Y: top + 0.87*triangle}}
}

// restLabel says how many lanes the last row stands for.
func (l *layout) restLabel(s *scene.Scene) {
	text := scene.Text{
		X: l.card.X + pad, Text: fmt.Sprintf("+%s more", number.Count(int64(len(l.rest)))), Size: smallSize, Color: l.view.theme().Muted,
	}
	s.Add(text.CenteredAt(l.rowMid(len(l.rows))).FittedTo(l.plot.X - labelGap - text.X))
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
