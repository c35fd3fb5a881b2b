package chart

import (
	"time"

	"regatta/workloads/recording"
)

// peak is the most memory that was seen at one time of a whole run. The axis of memory goes by it, so that the axis
// stands still when the view moves.
type peak struct {
	at  time.Duration
	rss float64 // 0 where nothing was measured
	pss float64
	key peakKey
}

// peakKey lists all that the peak depends on.
type peakKey struct {
	rec    *recording.Recording
	seen   time.Duration
	points int
}

// find looks for the peak again when the recording has grown.
func (p *peak) find(rec *recording.Recording) {
	if rec == nil {
		return
	}
	rss, pss := rec.Series(recording.RSS), rec.Series(recording.PSS)
	key := peakKey{rec: rec, seen: rec.Seen()}
	for _, s := range rss {
		key.points += len(s.Points)
	}
	for _, s := range pss {
		key.points += len(s.Points)
	}
	if key == p.key {
		return
	}
	*p = peak{key: key}
	const times = 5000 // enough for any screen
	least := time.Duration(0)
	if key.points > 4*times { // a long run: not at every growth every point
		least = key.seen / times
	}
	if st := stackOf(rec, rss, 0, key.seen, least); st.peak() >= 0 {
		p.at, p.rss = st.times[st.peak()], st.total[st.peak()]
	}
	if st := stackOf(rec, pss, 0, key.seen, least); st.peak() >= 0 {
		p.pss = st.total[st.peak()]
	}
}
