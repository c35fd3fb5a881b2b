package observers

import (
	"time"

	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

// watchedTask is a thread with what was learned of it.
type watchedTask struct {
	*task
	lane    *lane
	waiting uint64        // the address of the GIL that it was seen to wait for, else 0
	readAt  time.Duration // when the kernel was asked last
	natives int           // samples since other, at all of which it was ready without the GIL
	other   time.Duration // the last sample at which it was not
	comm    string        // the kernel's name of it, where the lane has that
	names   patience      // when the kernel is asked for it

	ran, switches uint64           // as the kernel counted them at ranAt
	ranAt         time.Duration    // the last sample at which they moved, or the thread was not ready
	small         time.Duration    // waits for a core that are not in the lane yet
	queued        time.Duration    // what of the present wait for a core is in the lane already
	base          [2]time.Duration // the least of its time that was not counted, in two stretches
	based         time.Duration    // when the present stretch began, 0 while there is none
}

// sampleThread asks for the state of one thread. It returns the holders of the GILs, anew where it had to read them again.
func (s *sampler) sampleThread(p *watchedProcess, tid int, t *watchedTask, gils []interpreter.Holding, at time.Duration) []interpreter.Holding {
	if holder, waits := t.stillWaits(tid, gils, at); waits {
		t.lane.saw(at, recording.GIL, p.laneOf(holder))
		t.lane.stays.saw(at, nowhere)
		t.lane.waits(at)
		return gils
	}
	since, before := t.readAt, t.seen
	r := t.read()
	if r.gone || r.inNoCall() && isZombie(p.PID, tid) {
		s.drop(p, tid, at)
		return gils
	}
	s.sources.saw(t.task, r)
	p.quiet = p.quiet && !r.ready
	state, blocker := classify(r, tid, gils)
	if state == recording.Native { // or it was given the GIL since the GILs were read
		gils = p.holdings()
		state, blocker = classify(r, tid, gils)
	}
	wakes := state == recording.Native && t.waiting != 0
	if wakes {
		// Nobody leaves the wait for the GIL without it: it only looks around, or was given a core a moment before the
		// GIL. If it is still ready at the next sample, it has had the GIL in between.
		state = recording.GIL
	}
	t.lane.saw(at, state, p.laneOf(blocker))
	t.lane.stays.saw(at, r.core)
	if state == recording.GIL && t.natives == 1 && r.switches != before.switches {
		t.wasOnItsWay(at)
	}
	if before.ready {
		t.queuedFor(r, since, at)
		t.account(r, at)
	} else {
		t.account(r, at)
		t.wokenFor(r, since, at)
	}
	t.waiting, t.readAt = 0, at
	if state == recording.Native {
		t.natives++
	} else {
		t.natives, t.other = 0, at
	}
	if state == recording.GIL && !wakes {
		t.waiting = r.address
	}
	return gils
}

// trust is for how long a wait for the GIL is believed without another look: less than it takes to get the GIL and to lose it
// again.
const trust = 4 * time.Millisecond

// stillWaits tells whether a thread that was seen to wait for the GIL does so still, and for whom, without asking the
// kernel: while another thread holds it, it must.
func (t *watchedTask) stillWaits(tid int, gils []interpreter.Holding, at time.Duration) (holder int, waits bool) {
	if t.waiting == 0 || at-t.readAt > trust {
		return 0, false
	}
	for _, g := range gils {
		if g.Covers(t.waiting) && g.TID != 0 && g.TID != tid {
			return g.TID, true
		}
	}
	return 0, false
}

// wasOnItsWay corrects the sample before: the thread, which has been off its core since, had let go of the GIL for another
// and was on its way back to waiting for it.
func (t *watchedTask) wasOnItsWay(at time.Duration) {
	t.lane.relabel(t.other, at, func(s recording.State) recording.State {
		if s == recording.Native {
			return recording.GIL
		}
		return s
	})
}
