// Package export writes recordings in forms that other programs read: tables, and traces for Perfetto.
//
// Every export is one function and one file of this package. It writes what the recording holds: a stretch that nobody
// saw is missing, never filled.
package export

import (
	"math"
	"time"

	"regatta/workloads/recording"
)

// Stretch is the part of a recording that is written: from From up to To. What reaches beyond is cut off.
type Stretch struct{ From, To time.Duration }

// Whole is all of a recording.
var Whole = Stretch{To: math.MaxInt64}

// spans calls each with the spans of a lane that lie in the stretch, cut to it.
func (s Stretch) spans(t *recording.Track, each func(recording.Span)) {
	for i := t.Search(s.From); i < t.Len(); i++ {
		span := t.Span(i)
		span.Start, span.End = max(span.Start, s.From), min(span.End, s.To)
		if span.Start >= s.To {
			return
		}
		if span.End > span.Start {
			each(span)
		}
	}
}

func (s Stretch) contains(at time.Duration) bool { return at >= s.From && at <= s.To }

// series lists all series of a recording, by quantity.
func series(r *recording.Recording) []*recording.Series {
	var all []*recording.Series
	for _, q := range []recording.Quantity{recording.CoreUse, recording.CoreOurs, recording.RSS, recording.PSS} {
		all = append(all, r.Series(q)...)
	}
	return all
}
