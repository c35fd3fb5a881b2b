package chart

import (
	"strings"
	"time"

	"regatta/visual/scene"
)

// status writes at the foot of the card what is selected, so that it can be read without a pointer, and in the middle
// of the lanes that no lane is as the filter wants it.
func (c *Chart) status(s *scene.Scene, l *layout) {
	t := l.view.theme()
	if l.total == 0 && l.view.Lanes.filtered() {
		text := scene.Text{X: l.plot.X + l.plot.W/2, Text: "No lane is as the filter wants it.", Size: nameSize, Anchor: scene.Middle, Color: t.Muted}
		s.Add(text.CenteredAt(l.rowTop(1)))
	}
	if text := c.said(l); text != "" {
		line := scene.Text{X: l.plot.X, Text: text, Size: smallSize, Color: t.Ink}
		s.Add(line.CenteredAt(l.card.Bottom() - bottomGap/2 + 1).FittedTo(l.plot.W))
	}
}

// said is what is selected, in one line.
func (c *Chart) said(l *layout) string {
	track, span, ok := l.view.Selected.span(c.rec)
	if track == nil {
		return ""
	}
	var tip Tip
	if ok {
		at := l.view.Selected.At
		tip, ok = c.Tip(Hit{At: at, Track: track, Span: span, OnSpan: true, Spans: 1}, max(time.Duration(1/l.axis.perNs), 1))
	} else {
		tip, ok = c.labelTip(l, Spot{Track: track})
	}
	if !ok {
		return ""
	}
	return strings.Join(append([]string{tip.Title}, tip.Lines...), "  ·  ")
}
