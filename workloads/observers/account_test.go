package observers

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"regatta/workloads/recording"
)

func TestAccount(t *testing.T) {
	const us = time.Microsecond
	type sample struct {
		at    time.Duration
		state recording.State
		ran   time.Duration // counted, where the thread waits
	}
	for name, test := range map[string]struct {
		samples []sample
		want    []recording.Span
	}{
		"work was longer than it seemed": {
			[]sample{{10 * ms, recording.IO, 0}, {20 * ms, recording.Running, 0}, {30 * ms, recording.Lock, 12 * ms}},
			[]recording.Span{span(0, 14*ms, recording.IO), span(14*ms, 26*ms, recording.Running), span(26*ms, 30*ms, recording.Lock)},
		},
		"work was shorter than it seemed": {
			[]sample{{10 * ms, recording.IO, 0}, {20 * ms, recording.Native, 0}, {30 * ms, recording.IO, 2 * ms}},
			[]recording.Span{span(0, 19*ms, recording.IO), span(19*ms, 21*ms, recording.Native), span(21*ms, 30*ms, recording.IO)},
		},
		"work was so long that one side has no more to give": {
			[]sample{{10 * ms, recording.IO, 0}, {12 * ms, recording.Running, 0}, {30 * ms, recording.Lock, 18 * ms}},
			[]recording.Span{span(0, 10*ms+1, recording.IO), span(10*ms+1, 28*ms+1, recording.Running), span(28*ms+1, 30*ms, recording.Lock)},
		},
		"nobody saw the work": {
			[]sample{{10 * ms, recording.IO, 0}, {20 * ms, recording.IO, 400 * us}, {30 * ms, recording.Sleep, 700 * us}},
			[]recording.Span{
				span(0, 14800*us, recording.IO), span(14800*us, 15200*us, recording.Running), span(15200*us, 24850*us, recording.IO),
				// The writer joins what belongs together.
				span(24850*us, 25*ms, recording.Running), span(25*ms, 25150*us, recording.Running), span(25150*us, 30*ms, recording.Sleep),
			},
		},
		"work too short to be put in is added to the next": {
			[]sample{{10 * ms, recording.IO, 0}, {20 * ms, recording.IO, 40 * us}, {30 * ms, recording.IO, 80 * us}},
			[]recording.Span{span(0, 24960*us, recording.IO), span(24960*us, 25040*us, recording.Running), span(25040*us, 30*ms, recording.IO)},
		},
		"a thread that waits for the GIL wakes up to look": {
			[]sample{{10 * ms, recording.GIL, 0}, {20 * ms, recording.GIL, 60 * us}, {30 * ms, recording.GIL, 120 * us}},
			[]recording.Span{span(0, 30*ms, recording.GIL)},
		},
		"a wait for a core moves, but stays as long as the kernel says": {
			[]sample{{10 * ms, recording.IO, 0}, {20 * ms, recording.Core, 0}, {22 * ms, recording.Running, 0}, {30 * ms, recording.IO, 7 * ms}},
			[]recording.Span{
				span(0, 14*ms, recording.IO), span(14*ms, 20*ms, recording.Core), span(20*ms, 27*ms, recording.Running), span(27*ms, 30*ms, recording.IO),
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := &lane{}
			for _, s := range test.samples {
				l.saw(s.at, s.state, 0)
				if s.state != recording.Running && s.state != recording.Native && s.state != recording.Core {
					l.account(s.at, s.ran)
				}
			}
			if diff := cmp.Diff(test.want, l.known); diff != "" {
				t.Error(diff)
			}
		})
	}
}
