package observers

import "time"

// patience is when to look again for what was not there, with twice the time between looks each time. A process that was
// found to have no interpreter may still become one, but searching takes a tenth of a millisecond.
type patience struct{ wait, next time.Duration }

const (
	firstWait   = 50 * time.Millisecond // unless there is a wait already, which is half of it
	longestWait = 5 * time.Second
)

// over tells whether it is time for another try, and if so, doubles the time to the one after.
func (p *patience) over(at time.Duration) bool {
	if at < p.next {
		return false
	}
	if p.wait *= 2; p.wait == 0 {
		p.wait = firstWait
	}
	p.wait = min(p.wait, longestWait)
	p.next = at + p.wait
	return true
}
