package chart

import (
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// lanes draws the rows' labels and spans.
func (l *layout) lanes(s *scene.Scene, k *ink) {
	for i, r := range l.rows {
		l.label(s, i, r)
	}
	if len(l.rest) > 0 {
		l.restLabel(s)
	}
	l.spans(s, k)
}

// spans draws what the lanes did.
func (l *layout) spans(s *scene.Scene, k *ink) {
	k.reset()
	b := newBrush(l.faded(), k)
	for i, r := range l.rows {
		b.row(l.rowMid(i), func() {
			if r.group != nil {
				l.crowdOf(r.track.ID, r.group, b)
				return
			}
			b.one.merge(r.track, l.axis, 0, l.axis.columns, b)
		})
	}
	if len(l.rest) > 0 {
		b.row(l.rowMid(len(l.rows)), func() { l.crowdOf(recording.NoLane, l.rest, b) })
	}
	k.addTo(s)
}

// faded is the layout in colours that leave only the state that was asked for.
func (l *layout) faded() *layout {
	if l.view.Lanes.State == recording.Unknown {
		return l
	}
	faded := *l
	faded.view.Theme = l.view.theme().Only(l.view.Lanes.State)
	return &faded
}
