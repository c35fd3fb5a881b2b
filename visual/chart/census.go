package chart

import (
	"time"

	"regatta/workloads/recording"
)

// census counts what a recording holds. It looks at each span once, however often a growing recording is drawn.
type census struct {
	states uint16 // a bit for each state that occurs
	lanes  map[recording.LaneID]counted
}

// counted is what was counted of one lane.
type counted struct {
	next    int           // the first span that may still grow
	working time.Duration // in the spans before next
}

func (c *census) count(rec *recording.Recording) {
	if rec == nil {
		return
	}
	if c.lanes == nil {
		c.lanes = map[recording.LaneID]counted{}
	}
	for _, t := range rec.Tracks() {
		n := c.lanes[t.ID]
		if n.next == t.Len() {
			continue
		}
		for i := n.next; i < t.Len(); i++ {
			s := t.Span(i)
			c.states |= 1 << s.State
			if i < t.Len()-1 {
				n.next = i + 1
				if s.State.Working() {
					n.working += s.Duration()
				}
			}
		}
		c.lanes[t.ID] = n
	}
}

// working is how long a lane worked, its last span included.
func (c *census) working(t *recording.Track) time.Duration {
	n := c.lanes[t.ID]
	if n.next < t.Len() {
		if s := t.Span(n.next); s.State.Working() {
			return n.working + s.Duration()
		}
	}
	return n.working
}
