//go:build cgo

package window

import "time"

// speeds are what a run can be replayed at, as shares of the speed that it had.
var speeds = []struct {
	name  string
	share float64
}{{"1/1", 1}, {"1/10", 0.1}, {"1/100", 0.01}}

// frameInterval is how often a replay moves on.
const frameInterval = 40 * time.Millisecond

// replay shows a finished run once more, in slow motion. All of it happens on the goroutine that draws.
type replay struct {
	dispatch func(func())
	next     func(at time.Duration, forward bool) time.Duration // the event after a moment, or before it
	show     func(until time.Duration)                          // 0 is everything
	changed  func()                                             // it plays, pauses or is over

	length  time.Duration // of the run; 0: there is nothing to replay
	speed   int           // index into speeds
	active  bool          // something is hidden, or about to be
	playing bool
	at      time.Duration

	began time.Time     // when playing began
	from  time.Duration // and where
	timer *time.Timer
}

// firstMoment is where a replay begins: 0 would be everything.
const firstMoment = time.Duration(1)

// Load ends what was replayed and takes the length of another run; 0 is none.
func (r *replay) Load(length time.Duration) {
	r.Leave()
	r.length = length
}

// Toggle plays, from the beginning if nothing was replayed, or pauses.
func (r *replay) Toggle() {
	switch {
	case r.length <= 0:
		return
	case r.playing:
		r.pause()
	default:
		if !r.active {
			r.at = firstMoment
		}
		r.active, r.playing = true, true
		r.began, r.from = time.Now(), r.at
		r.tick()
	}
	r.changed()
}

// SetSpeed changes the speed, also while it plays.
func (r *replay) SetSpeed(i int) {
	r.speed = i
	r.began, r.from = time.Now(), r.at
	r.changed()
}

// Step pauses and moves on to the next event of any lane, or back to the one before.
func (r *replay) Step(forward bool) {
	if r.length <= 0 {
		return
	}
	if !r.active {
		r.active, r.at = true, firstMoment
	} else {
		r.pause()
		r.at = max(r.next(r.at, forward), firstMoment)
	}
	r.show(r.at)
	r.changed()
}

// Leave shows everything again.
func (r *replay) Leave() {
	if !r.active {
		return
	}
	r.pause()
	r.active = false
	r.show(0)
	r.changed()
}

func (r *replay) pause() {
	r.playing = false
	if r.timer != nil {
		r.timer.Stop()
		r.timer = nil
	}
}

// tick moves on and sees to the next tick.
func (r *replay) tick() {
	if !r.playing {
		return
	}
	r.at = r.from + time.Duration(float64(time.Since(r.began))*speeds[r.speed].share)
	if r.at >= r.length {
		r.Leave()
		return
	}
	r.at = max(r.at, firstMoment)
	r.show(r.at)
	r.timer = time.AfterFunc(frameInterval, func() { r.dispatch(r.tick) })
}
