//go:build cgo

package window

import (
	"testing"
	"testing/synctest"
	"time"
)

// replayed makes a replay of a second with an event every 100 ms, without a window.
func replayed() (r *replay, until *time.Duration, pass func(time.Duration)) {
	queue := make(chan func(), 100)
	until = new(time.Duration)
	r = &replay{
		dispatch: func(f func()) { queue <- f }, changed: func() {}, show: func(at time.Duration) { *until = at },
		next: func(at time.Duration, forward bool) time.Duration {
			const step = 100 * time.Millisecond
			if forward {
				return at/step*step + step
			}
			return (at - 1) / step * step
		},
	}
	r.Load(time.Second)
	return r, until, func(d time.Duration) {
		for end := time.Now().Add(d); time.Now().Before(end); {
			time.Sleep(time.Millisecond)
			synctest.Wait()
			for len(queue) > 0 {
				(<-queue)()
			}
		}
	}
}

func TestReplayKeepsItsSpeed(t *testing.T) {
	for i, want := range []time.Duration{500 * time.Millisecond, 50 * time.Millisecond, 5 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			r, until, pass := replayed()
			r.SetSpeed(i)
			r.Toggle()
			pass(500 * time.Millisecond)
			if d := *until - want; d > 0 || d < -frameInterval-time.Millisecond {
				t.Errorf("at %s half a second shows until %v, want %v", speeds[i].name, *until, want)
			}
			r.Toggle()
			at := *until
			pass(time.Second)
			if *until != at || r.playing || !r.active {
				t.Errorf("paused at %v, it shows until %v", at, *until)
			}
			r.Leave()
		})
	}
}

func TestReplayEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, until, pass := replayed()
		r.Toggle()
		pass(1100 * time.Millisecond)
		if *until != 0 || r.active || r.playing {
			t.Errorf("at the end it shows until %v, active %t, playing %t", *until, r.active, r.playing)
		}
	})
}

func TestReplaySteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, until, pass := replayed()
		r.Step(true)
		if *until != firstMoment {
			t.Errorf("the first step shows until %v", *until)
		}
		r.Step(true)
		r.Step(true)
		if *until != 200*time.Millisecond {
			t.Errorf("two steps on it shows until %v", *until)
		}
		r.Step(false)
		if *until != 100*time.Millisecond {
			t.Errorf("a step back it shows until %v", *until)
		}
		r.Toggle()
		pass(150 * time.Millisecond)
		if *until < 200*time.Millisecond || *until > 260*time.Millisecond {
			t.Errorf("played on from 100 ms for 150 ms it shows until %v", *until)
		}
		r.Step(true)
		if r.playing || *until != 300*time.Millisecond {
			t.Errorf("a step while it plays: playing %t, until %v", r.playing, *until)
		}
		r.Load(0)
		if r.Toggle(); r.active || *until != 0 {
			t.Error("nothing was replayed")
		}
	})
}
