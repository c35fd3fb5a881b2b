package observers

import (
	"slices"
	"time"

	"regatta/workloads/recording"
)

// slow is a turn that took so long that it is noted, or that may come to it.
type slow struct {
	turn
	name string                   // what it is called where no function is known of it
	in   map[string]time.Duration // how long its thread was in which function
}

// staleLabel is for how long after a turn its thread may still be said to be in the turn's function.
const staleLabel = 50 * time.Millisecond

// account adds what the loop's thread has been in, of which the lane is written now, to the turns that are slow.
func (l *eventLoop) account(wrote []recording.Span) {
	l.wrote = wrote
	for _, s := range wrote {
		if s.Label == "" {
			continue
		}
		if turns, _ := l.turns.in(s.Start-staleLabel, s.End, 0); len(turns) == 0 && (!l.busy || s.End <= l.now.start) {
			l.idleIn[s.Label] += s.Duration()
		}
		for i := range l.slow {
			l.slow[i].account(s, l.slow[i].end)
		}
		if l.busy {
			l.now.account(s, s.End)
		}
	}
}

func (t *slow) account(s recording.Span, end time.Duration) {
	d := min(s.End, end) - max(s.Start, t.start)
	if d <= 0 {
		return
	}
	if t.in == nil {
		t.in = map[string]time.Duration{}
	}
	t.in[s.Label] += d
}

// function is the one that the turn was in for the longest time. Where that is the one that called the event loop, what the
// loop called is no function of the program.
func (l *eventLoop) function(t slow) string {
	name := longest(t.in)
	if name == "" || t.name != "" && name == longest(l.idleIn) {
		return t.name
	}
	return name
}

// longest is the key with the largest value, "" where there is none.
func longest(in map[string]time.Duration) string {
	name := ""
	for label, d := range in {
		if name == "" || d > in[name] || d == in[name] && label < name {
			name = label
		}
	}
	return name
}

// note writes the slow turns that ended by then: up to there the thread's lane is written.
func (l *eventLoop) note(w *recording.Writer, upTo time.Duration) {
	l.slow = slices.DeleteFunc(l.slow, func(t slow) bool {
		if t.end > upTo {
			return false
		}
		w.Blocking(recording.Blocking{Lane: t.lane, Start: t.start, End: t.end, Function: l.function(t)})
		return true
	})
}
