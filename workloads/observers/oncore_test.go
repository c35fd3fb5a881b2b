package observers

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"regatta/workloads/recording"
)

// A core's lane says who was on it: a thread that moved, one that only waited for the core, and one that shared it.
func TestCoreLanes(t *testing.T) {
	b := newBookTest(t)
	p := b.process(5, 0, 0)
	b.event(mainEvent, 5, 5, 0, 5, 0, "")
	other := b.thread(p, 6, 0)
	sample := func(l *lane, at time.Duration, state recording.State, core int) {
		l.saw(at, state, 0)
		l.stays.saw(at, core)
	}
	sample(&p.lane, 10*ms, recording.Running, 0)
	sample(&p.lane, 20*ms, recording.Running, 1) // moved at 15 ms
	sample(&p.lane, 30*ms, recording.Native, 1)  // and let go of the GIL at 25 ms
	sample(&p.lane, 40*ms, recording.IO, nowhere)
	sample(other, 20*ms, recording.IO, nowhere)
	sample(other, 30*ms, recording.Running, 1) // ready at 25 ms
	sample(other, 40*ms, recording.Running, 1)
	other.queued(30*ms, 40*ms, 10*ms) // but on the core not before 40 ms
	b.settle(35*ms, 40*ms)
	sample(other, 50*ms, recording.Running, 1)
	b.settle(45*ms, 50*ms)
	for _, p := range b.processes {
		b.processEnded(p, 50*ms)
	}
	b.settle(50*ms, 50*ms)
	b.cores.finish(60 * ms)
	r := b.finish(60 * ms)
	on := func(from, to time.Duration, state recording.State, worker recording.LaneID) recording.Span {
		return recording.Span{Start: from, End: to, State: state, Blocker: worker}
	}
	want := [][]recording.Span{
		{on(0, 15*ms, recording.Running, 1), on(15*ms, 60*ms, recording.Unknown, 0)},
		{
			on(0, 15*ms, recording.Unknown, 0), on(15*ms, 25*ms, recording.Running, 1), on(25*ms, 35*ms, recording.Native, 1),
			on(35*ms, 40*ms, recording.Unknown, 0), on(40*ms, 50*ms, recording.Running, 2), on(50*ms, 60*ms, recording.Unknown, 0),
		},
	}
	for i, core := range r.Cores() {
		var got []recording.Span
		for s := range core.Len() {
			got = append(got, core.Span(s))
		}
		if diff := cmp.Diff(want[i], got); diff != "" || core.Core != i || core.End != 60*ms {
			t.Errorf("%s ends at %v:\n%s", core.Name, core.End, diff)
		}
	}
	if len(r.Cores()) != 2 || len(r.Tracks()) != 2 {
		t.Errorf("%d cores and %d workers", len(r.Cores()), len(r.Tracks()))
	}
}

// Whatever happens, the stays of a thread follow one another, and none is where it was cut out.
func TestStaysFollowOneAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s stays
		now := time.Duration(0)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now += time.Duration(rapid.IntRange(1, 5000).Draw(t, "pause"))
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				from := now - time.Duration(rapid.IntRange(1, 20000).Draw(t, "queued"))
				s.cut(from, now)
				for _, k := range s.known {
					if max(k.start, from) < min(k.end, now) {
						t.Fatalf("%+v is left between %v and %v", k, from, now)
					}
				}
			case 1:
				s.forget(now - time.Duration(rapid.IntRange(0, 8000).Draw(t, "lag")))
			default:
				s.saw(now, rapid.IntRange(nowhere, 3).Draw(t, "core"))
			}
			end := time.Duration(0)
			for _, k := range s.known {
				if k.start < end || k.end < k.start || k.end > now {
					t.Fatalf("%+v at %v", s, now)
				}
				end = k.end
			}
		}
	})
}
