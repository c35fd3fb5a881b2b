package observers

import (
	"time"

	"regatta/workloads/clock"
	"regatta/workloads/recording"
)

const (
	fastest = time.Millisecond
	slowest = 100 * time.Millisecond
)

// budget is the share of a core that sampling so many threads may take; where there is more to look at, it looks less often.
func budget(threads int) float64 { return min(0.013+0.0004*float64(max(threads-8, 0)), 0.08) }

// pace decides when the next sample is due.
type pace struct {
	interval time.Duration
	due      int64 // on the monotonic clock, in ns
	began    int64
	samples  int
	late     int
	busy     time.Duration // CPU time of the sampling thread when the pace was set
	other    time.Duration // what it has used since then for other things than samples
	set      int64         // when that was
}

func (p *pace) begin() {
	p.interval = fastest
	p.began = clock.Now()
	p.due, p.set = p.began, p.began
	p.busy = threadTime()
}

// next counts a sample and returns when the next one is due. What was missed is not made up for.
func (p *pace) next(threads int) int64 {
	now := clock.Now()
	p.samples++
	p.due += int64(p.interval)
	if now > p.due {
		p.due = now + int64(p.interval) - (now-p.due)%int64(p.interval)
	}
	const adjustEvery = 100 * time.Millisecond
	if now-p.set >= int64(adjustEvery) {
		p.adjust(now, budget(threads))
	}
	return p.due
}

// woke notes when a sample is taken that was due.
func (p *pace) woke(now int64) {
	if now-p.due > int64(p.interval)/2 {
		p.late++
	}
}

// adjust sets the interval so that the sampling thread stays within its budget, going half the way each time.
func (p *pace) adjust(now int64, budget float64) {
	busy := threadTime()
	share := float64(busy-p.busy-p.other) / float64(now-p.set)
	wanted := time.Duration(float64(p.interval) * share / budget)
	p.interval = min(max((p.interval+wanted)/2, fastest), slowest)
	p.busy, p.other, p.set = busy, 0, now
}

// aside does something that is no sample, which does not slow the samples down.
func (p *pace) aside(do func()) {
	before := threadTime()
	do()
	p.other += threadTime() - before
}

// rate is the samples a second so far.
func (p *pace) rate() float64 {
	return float64(p.samples) / max(time.Duration(clock.Now()-p.began).Seconds(), 1e-9)
}

// note tells the reader of the recording where it was looked so seldom that lanes lack detail.
func (p *pace) note(w *recording.Writer) {
	const often = 100
	if rate := p.rate(); rate < often && p.samples > 10 {
		w.Warn("so much was to be observed that the lanes were looked at only %.0f times a second, to keep the cost low: what lasted less than %.0f ms may be missing", rate, 1000/rate)
	}
}
