package recording

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawTrack appends up to 400 spans, some with gaps before them or overlaps, some like their neighbour.
func drawTrack(r *rapid.T, t *Track, n int) {
	for range n {
		start := t.SeenUntil() + time.Duration(rapid.IntRange(-5, 5).Draw(r, "gap"))
		s := Span{Start: start, End: start + time.Duration(rapid.IntRange(0, 20).Draw(r, "length")), State: State(rapid.IntRange(0, 4).Draw(r, "state"))}
		t.append(s, uint32(rapid.IntRange(0, 1).Draw(r, "label")))
	}
}

// naive adds up a stretch span by span.
func naive(t *Track, from, to time.Duration) (times Times) {
	for i := range t.Len() {
		if d := min(t.spanEnd(i), to) - max(t.starts[i], from); d > 0 {
			times[t.states[i]] += d
		}
	}
	return times
}

// While a track grows, the sums of any stretch are those of its spans.
func TestSumsAreThoseOfTheSpans(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		track := &Track{rec: newRecording(), Lane: Lane{Start: time.Duration(rapid.IntRange(0, 50).Draw(r, "start"))}}
		for range rapid.IntRange(1, 4).Draw(r, "polls") {
			drawTrack(r, track, rapid.IntRange(0, 120).Draw(r, "spans"))
			all := int(track.SeenUntil()) + 10
			if got, want := track.Total(), naive(track, -100, track.SeenUntil()+1); got != want {
				r.Fatalf("all of it: %v, want %v", got, want)
			}
			for range 10 {
				from, to := time.Duration(rapid.IntRange(-5, all).Draw(r, "from")), time.Duration(rapid.IntRange(-5, all).Draw(r, "to"))
				if got, want := track.Between(from, to), naive(track, from, to); got != want {
					r.Fatalf("%d to %d: %v, want %v", from, to, got, want)
				}
			}
		}
	})
}

// Advance takes whole spans only, from any span and to any time; AdvanceRows whole rows.
func TestAdvanceStopsAtTheSpanThatGoesOn(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		track := &Track{rec: newRecording()}
		drawTrack(r, track, rapid.IntRange(1, 300).Draw(r, "spans"))
		if track.Len() == 0 {
			return
		}
		i := rapid.IntRange(0, track.Len()-1).Draw(r, "i")
		until := time.Duration(rapid.IntRange(-5, int(track.SeenUntil())+5).Draw(r, "until"))
		got := naive(track, -100, track.starts[i])
		want, next := got, i
		for ; next < track.Len() && track.spanEnd(next) <= until; next++ {
			start, end := track.Bounds(next)
			want[track.State(next)] += end - start
		}
		if at := track.Advance(&got, i, until); at != next || got != want {
			r.Fatalf("from span %d until %d: up to %d with %v, want %d with %v", i, until, at, got, next, want)
		}
		row, begin := track.AdvanceRows(&got, i, until)
		if want := naive(track, -100, begin); row > next || row < next-blockSpans || begin != track.starts[row] || got != want {
			r.Fatalf("rows from span %d until %d: up to %d, %d, with %v, want at most %d with %v", i, until, row, begin, got, next, want)
		}
	})
}
