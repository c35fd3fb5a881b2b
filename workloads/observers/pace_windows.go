package observers

import "time"

const (
	fastest = time.Millisecond
	slowest = 100 * time.Millisecond
	// budget is the share of a core that sampling may take, beside reading the table of all threads.
	budget = 0.015
)

// pace decides when the next sample is due.
type pace struct {
	interval time.Duration
	due      time.Duration
	samples  int
	late     int
}

// next counts a sample that was begun at one moment and done at another, and returns how long to wait from now on for the
// next one. What was missed is not made up for.
func (p *pace) next(began, done, now time.Duration) time.Duration {
	if p.samples > 0 && began-p.due > p.interval/2 {
		p.late++
	}
	p.samples++
	// What a sample takes may be mostly waiting for a core, so one alone means little: go a part of the way.
	wanted := min(max(time.Duration(float64(done-began)/budget), fastest), slowest)
	if p.interval == 0 {
		p.interval = wanted
	}
	p.interval += (wanted - p.interval) / 8
	if p.due += p.interval; p.due < now {
		p.due = now + p.interval
	}
	return p.due - now
}
