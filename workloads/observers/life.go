package observers

import (
	"time"

	"regatta/workloads/recording"
)

// The samples find a thread after it has started and miss it after it has ended, which is much for one that lives for a
// millisecond. The probe knows both moments.

// began notes when the lane's thread started, as the probe says.
func (l *lane) began(at time.Duration) {
	switch {
	case at >= l.Start:
		return
	case len(l.known) == 0 && l.until == l.Start:
		l.until = at
	case len(l.known) > 0 && l.known[0].Start == l.Start:
		l.known[0].Start = at
	default:
		return // it is written already
	}
	l.Start = at
}

// lastOf is when a thread that is not there any more at a moment has ended: as the probe says, unless it was seen after
// that.
func (l *lane) lastOf(at time.Duration) time.Duration {
	if l.told > 0 {
		return min(max(l.told, l.stays.at), at)
	}
	return at
}

// tell notes when the thread ended, as the probe says.
func (l *lane) tell(at time.Duration) {
	l.told = at
	if end := max(at, l.stays.at, l.Start); l.End != recording.StillAlive && end < l.End && len(l.known) > 0 && l.known[0].Start < end {
		n := len(l.known)
		for l.known[n-1].Start >= end {
			n--
		}
		l.known = l.known[:n]
		l.known[n-1].End, l.until, l.End = end, end, end
	}
}
