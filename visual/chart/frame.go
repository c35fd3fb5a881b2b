package chart

import (
	"time"

	"regatta/visual/number"
	"regatta/visual/scene"
	"regatta/visual/typeface"
	"regatta/workloads/recording"
)

const (
	titleSize  = 14.0
	nameSize   = 13.0
	legendSize = 12.0
	smallSize  = 11.0

	tickSpace = 92.0 // least distance of two ticks
)

// frame draws the card and its sections' rules and titles.
func (l *layout) frame(s *scene.Scene) {
	t := l.view.theme()
	inner := scene.Box{X: l.card.X + 1, Y: l.card.Y + 1, W: l.card.W - 2, H: l.card.H - 2}
	s.Add(scene.Rect{Box: l.card, Radius: 10, Fill: t.Rule}, scene.Rect{Box: inner, Radius: 9, Fill: t.Card})
	title := func(text string, mid float64) {
		s.Add(scene.Text{X: l.card.X + pad, Text: text, Size: titleSize, Weight: typeface.Bold, Color: t.Ink}.CenteredAt(mid))
	}
	title("Lanes", l.card.Y+headerMid)
	for _, section := range []struct {
		rule float64
		name string
	}{{l.coresRule, "Cores"}, {l.memoryRule, "Memory"}} {
		if section.rule > 0 {
			s.Add(scene.Rect{Box: scene.Box{X: l.card.X + 1, Y: section.rule, W: l.card.W - 2, H: 1}, Fill: t.Rule})
			title(section.name, section.rule+titleMid)
		}
	}
}

func (l *layout) ticks() []tick {
	least := float64(l.axis.to-l.axis.from) * tickSpace / l.plot.W
	return ticks(l.view.From, max(l.view.To, l.view.From+1), time.Duration(least))
}

// grid draws an upright line at each tick.
func (l *layout) grid(s *scene.Scene) {
	for _, k := range l.ticks() {
		x := l.x(l.axis.column(k.at))
		s.Add(scene.Line{From: scene.Point{X: x, Y: l.plot.Y}, To: scene.Point{X: x, Y: l.plot.Bottom()}, Width: 1, Color: l.view.theme().Grid})
	}
}

// ruler writes the times of the axis. Those at its ends stay inside of the card.
func (l *layout) ruler(s *scene.Scene) {
	for _, k := range l.ticks() {
		text := scene.Text{
			X: l.x(l.axis.column(k.at)), Text: k.label, Size: smallSize, Anchor: scene.Middle, Color: l.view.theme().Muted,
		}.CenteredAt(l.card.Y + tickMid)
		if over := text.X + text.Width()/2 - (l.card.Right() - 6); over > 0 {
			text.X -= over
		}
		s.Add(text)
	}
}

// marks draws the marks as notches on the ruler, joined where the program did its work, whose length stands beside it.
func (l *layout) marks(s *scene.Scene) {
	if l.rec == nil {
		return
	}
	t := l.view.theme()
	inside := func(at time.Duration) float64 {
		return l.snap(l.x(min(max(l.axis.column(at), 0), float64(l.axis.columns))))
	}
	notch := func(at time.Duration) {
		if at >= l.axis.from && at <= l.axis.to {
			s.Add(scene.Rect{Box: scene.Box{X: inside(at), Y: l.plot.Y - 3, W: 1, H: 6}, Fill: t.Muted})
		}
	}
	if at, ok := l.rec.Mark(recording.MarkMain); ok {
		notch(at)
	}
	start, ok := l.rec.Mark(recording.MarkWorkStart)
	if !ok {
		return
	}
	end, done := l.rec.Mark(recording.MarkWorkEnd)
	if !done {
		end = max(l.rec.Seen(), start)
	}
	notch(start)
	if x0, x1 := inside(start), inside(end); x1 > x0 {
		s.Add(scene.Rect{Box: scene.Box{X: x0, Y: l.plot.Y, W: x1 - x0, H: 1}, Fill: t.Muted})
	}
	if done {
		notch(end)
		label := scene.Text{X: l.card.X + pad, Text: "work " + number.Duration(end-start), Size: smallSize, Color: t.Muted}
		// The first tick's name may reach to the left of the plot.
		s.Add(label.CenteredAt(l.card.Y + tickMid).FittedTo(l.plot.X - l.card.X - pad - 28))
	}
}
