package chart

import (
	"math/rand/v2"
	"testing"
	"time"

	"regatta/visual/internal/sample"
	"regatta/workloads/recording"
)

// Where very many spans share a column, it shows what they are on average, and a long span among them as it is.
func TestVeryManySpansInAColumn(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	track := sample.Recording(t, func(w *recording.Writer) {
		id := w.AddLane(recording.Lane{Kind: recording.Thread, End: recording.StillAlive})
		at := time.Duration(0)
		for i := range 120_000 {
			length := time.Duration(random.IntN(1000) + 1)
			if i == 60_000 {
				length = 20 * time.Millisecond
			}
			w.Span(id, recording.Span{Start: at, End: at + length, State: recording.State(1 + i%4)})
			at += length
		}
	}).Tracks()[0]
	a := newAxis(0, track.SeenUntil(), 200)
	n := note(track, a)
	waits, total := 0, [mixtureStates]float64{}
	for i := range int64(a.columns) {
		want := track.Between(time.Duration(float64(i)*a.each), time.Duration(float64(i+1)*a.each))
		sum := float32(0)
		for s, share := range n.shares(i) {
			sum += share
			total[s] += float64(share) * a.each
			if s < len(want) {
				if d := float64(share) - float64(want[s])*a.perNs; d > 0.15 || d < -0.15 {
					t.Errorf("column %d has %.3f of state %d, want %.3f", i, share, s, float64(want[s])*a.perNs)
				}
			}
		}
		if sum < 0.99 || sum > 1.01 {
			t.Errorf("column %d adds up to %.3f", i, sum)
		}
		if _, whole := n.whole[i]; whole {
			waits++
		}
	}
	if want := int(20e6 * a.perNs); waits < want-1 || waits > want {
		t.Errorf("the long span is %d columns, want %d", waits, want)
	}
	for s, d := range track.Total() {
		if off := total[s] - float64(d); off > 0.02*float64(d) || off < -0.02*float64(d) {
			t.Errorf("state %d has %.0f ns in the picture, %d in the lane", s, total[s], d)
		}
	}
}
