package observers

import (
	"time"

	"regatta/workloads/clock"
)

const (
	fastest = time.Millisecond
	slowest = 100 * time.Millisecond
	// budget is the share of a core that sampling may take; where there is more to look at, it looks less often.
	budget = 0.015
)

// pace decides when the next sample is due.
type pace struct {
	interval time.Duration
	due      int64 // on the monotonic clock, in ns
	began    int64
	samples  int
	late     int
	busy     time.Duration // CPU time of the sampling thread when the pace was set
	set      int64         // when that was
}

func (p *pace) begin() {
	p.interval = fastest
	p.began = clock.Now()
	p.due, p.set = p.began, p.began
	p.busy = threadTime()
}

// next counts a sample and returns when the next one is due. What was missed is not made up for.
func (p *pace) next() int64 {
	now := clock.Now()
	p.samples++
	p.due += int64(p.interval)
	if now > p.due {
		p.late++
		p.due = now + int64(p.interval) - (now-p.due)%int64(p.interval)
	}
	const adjustEvery = 100 * time.Millisecond
	if now-p.set >= int64(adjustEvery) {
		p.adjust(now)
	}
	return p.due
}

// adjust sets the interval so that the sampling thread stays within its budget, going half the way each time.
func (p *pace) adjust(now int64) {
	busy := threadTime()
	share := float64(busy-p.busy) / float64(now-p.set)
	wanted := time.Duration(float64(p.interval) * share / budget)
	p.interval = min(max((p.interval+wanted)/2, fastest), slowest)
	p.busy, p.set = busy, now
}

// rate is the samples a second so far.
func (p *pace) rate() float64 {
	return float64(p.samples) / max(time.Duration(clock.Now()-p.began).Seconds(), 1e-9)
}
