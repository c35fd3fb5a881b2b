package observers

import (
	"time"
)

// What the kernel has counted of a thread, on a core and waiting for one, is brought into its lane here.

// account brings in how long the kernel says that the thread was on cores, where that is exact.
func (t *watchedTask) account(r reading, at time.Duration) {
	if r.ready || r.ran == 0 {
		return
	}
	if from, to := t.lane.account(at, time.Duration(r.ran)); from < to {
		_, core := t.readStat()
		t.lane.stays.add(from, to, core)
	}
}

// queuedFor brings in how long a thread that was ready waited for a core. The kernel says so when the wait is over; until
// then that it is ready without getting on shows it.
func (t *watchedTask) queuedFor(r reading, since, at time.Duration) {
	onFor := t.onFor(r, at)
	if waited := t.waitedFor(r); waited > 0 {
		t.lane.queued(since, at-min(onFor, at-since), waited-t.queued) // it was put on a core since
		t.queued = 0
	}
	if !r.ready || r.ran != t.ran || r.switches != t.switches {
		t.ran, t.switches, t.ranAt = r.ran, r.switches, at
	}
	if still := at - t.ranAt; r.ran > 0 && still > longestTick && ticks() {
		t.lane.queued(since, at, still-t.queued)
		t.queued = still
	}
}

// onFor is for how long a thread that has been ready all along has been on its core since it was put on it last. All its
// time is counted as on a core or as waiting for one when it is taken off or put on, and at each tick: what is not counted
// yet is that time. How much is never counted (what was before, and what the machine itself took) the least value shows of
// the last and the present stretch of baseEvery.
func (t *watchedTask) onFor(r reading, at time.Duration) time.Duration {
	if !r.ready || r.ran == 0 {
		t.based = 0
		return 0
	}
	uncounted := at - time.Duration(r.ran) - time.Duration(r.queued)
	switch {
	case t.based == 0:
		t.base = [2]time.Duration{uncounted, uncounted}
		t.based = at
	case at-t.based > baseEvery:
		t.base = [2]time.Duration{t.base[1], uncounted}
		t.based = at
	default:
		t.base[1] = min(t.base[1], uncounted)
	}
	return max(uncounted-min(t.base[0], t.base[1]), 0)
}

const baseEvery = 50 * time.Millisecond

// waitedFor is how long the thread waited for a core since the reading before. Every switch takes some microseconds, which
// would only be noise in a picture: they are added up until they are worth a span.
func (t *watchedTask) waitedFor(r reading) time.Duration {
	const leastQueue = 50 * time.Microsecond
	t.small += r.waited
	if t.small < leastQueue {
		return 0
	}
	waited := t.small
	t.small = 0
	return waited
}

// wokenFor brings in how long a thread that was waiting for something else then waited for a core.
func (t *watchedTask) wokenFor(r reading, since, at time.Duration) {
	if waited := t.waitedFor(r); waited > 0 {
		t.lane.woken(since, waited)
	}
	t.ran, t.switches, t.ranAt, t.queued, t.based = r.ran, r.switches, at, 0, 0
}
