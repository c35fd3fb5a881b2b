package observers

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"regatta/workloads/recording"
)

const ms = time.Millisecond

func span(from, to time.Duration, state recording.State) recording.Span {
	return recording.Span{Start: from, End: to, State: state}
}

func TestSawPutsAChangeInTheMiddle(t *testing.T) {
	l := &lane{}
	l.saw(1*ms, recording.Running, 0)
	l.saw(2*ms, recording.Running, 0)
	l.saw(4*ms, recording.IO, 0)
	l.saw(5*ms, recording.GIL, 7)
	l.saw(6*ms, recording.GIL, 8)
	want := []recording.Span{
		span(0, 3*ms, recording.Running),
		span(3*ms, 4500*time.Microsecond, recording.IO),
		{Start: 4500 * time.Microsecond, End: 5500 * time.Microsecond, State: recording.GIL, Blocker: 7},
		{Start: 5500 * time.Microsecond, End: 6 * ms, State: recording.GIL, Blocker: 8},
	}
	if diff := cmp.Diff(want, l.known); diff != "" {
		t.Error(diff)
	}
}

func TestQueuedTurnsRunningIntoWaitingForACore(t *testing.T) {
	l := &lane{}
	l.saw(4*ms, recording.IO, 0)
	l.saw(6*ms, recording.Running, 0) // from 5 ms on
	l.saw(20*ms, recording.Running, 0)
	l.queued(6*ms, 20*ms, 8*ms)
	l.saw(21*ms, recording.Running, 0)
	l.queued(20*ms, 21*ms, 2*ms)
	l.queued(20*ms, 21*ms, 4*ms)
	want := []recording.Span{
		span(0, 5*ms, recording.IO), span(5*ms, 7*ms, recording.Running), span(7*ms, 11*ms, recording.Core),
		span(11*ms, 12*ms, recording.Core), span(12*ms, 20*ms, recording.Core), span(20*ms, 21*ms, recording.Core),
	}
	if diff := cmp.Diff(want, l.known); diff != "" {
		t.Error(diff)
	}
}

// A thread that was woken and queued for a core was taken to be in its wait still: its work follows the queue.
func TestWokenTurnsTheEndOfAWaitIntoWaitingForACore(t *testing.T) {
	l := &lane{}
	l.saw(10*ms, recording.GIL, 7)
	l.saw(20*ms, recording.Running, 0) // from 15 ms on
	l.woken(10*ms, 3*ms)
	l.saw(30*ms, recording.IO, 0)
	l.saw(40*ms, recording.IO, 0)
	l.account(40*ms, 0)
	l.saw(50*ms, recording.IO, 0)
	l.account(50*ms, 2*ms) // which nobody saw
	l.woken(40*ms, 1*ms)
	want := []recording.Span{
		{Start: 0, End: 12 * ms, State: recording.GIL, Blocker: 7},
		span(12*ms, 15*ms, recording.Core), span(15*ms, 25*ms, recording.Running), span(25*ms, 43*ms, recording.IO),
		span(43*ms, 44*ms, recording.Core), span(44*ms, 46*ms, recording.Running), span(46*ms, 50*ms, recording.IO),
	}
	if diff := cmp.Diff(want, l.known); diff != "" {
		t.Error(diff)
	}
}

// Whatever happens to a lane, its spans are consecutive, none is lost and none comes twice.
func TestSpansAreConsecutive(t *testing.T) {
	states := []recording.State{recording.Running, recording.Native, recording.IO, recording.GIL}
	rapid.Check(t, func(t *rapid.T) {
		l := &lane{}
		var taken []recording.Span
		now, ran := time.Duration(0), time.Duration(0)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now += time.Duration(rapid.IntRange(1, 5000).Draw(t, "pause"))
			switch rapid.IntRange(0, 6).Draw(t, "what") {
			case 6:
				l.saw(now, recording.IO, 0)
				ran += time.Duration(rapid.IntRange(0, 10000).Draw(t, "ran")) * time.Microsecond
				l.account(now, ran)
			case 0:
				l.missed(now)
			case 1:
				l.queued(now-2000, now-100, time.Duration(rapid.IntRange(0, 20000).Draw(t, "queued")))
			case 2:
				taken = append(taken, l.take(now-time.Duration(rapid.IntRange(0, 8000).Draw(t, "lag")))...)
			default:
				l.saw(now, rapid.SampledFrom(states).Draw(t, "state"), 0)
			}
		}
		end := time.Duration(0)
		for _, s := range append(taken, l.known...) {
			if s.Start != end || s.End <= s.Start {
				t.Fatalf("span %+v follows an end at %v", s, end)
			}
			end = s.End
		}
		if end != l.until {
			t.Fatalf("the spans end at %v, the lane is known until %v", end, l.until)
		}
	})
}
