package timeline

import "time"

// pacer decides when to paint: one painting at a time, and those that nobody waits for at most one an interval. All of
// it happens on the UI goroutine, which is where dispatch leads to.
type pacer struct {
	interval time.Duration
	dispatch func(func())
	start    func() // begins a painting; done must be called after it

	busy, wanted, urgent bool
	last                 time.Time // when the last painting began
	timer                *time.Timer
}

// want asks for a painting: at once where the user waits for it, or else as soon as the interval allows.
func (p *pacer) want(urgent bool) {
	p.wanted = true
	p.urgent = p.urgent || urgent
	p.next()
}

// done says that the painting that start began is over.
func (p *pacer) done() {
	p.busy = false
	p.next()
}

func (p *pacer) next() {
	if p.busy || !p.wanted {
		return
	}
	if wait := p.interval - time.Since(p.last); wait > 0 && !p.urgent {
		if p.timer == nil {
			p.timer = time.AfterFunc(wait, func() { p.dispatch(p.due) })
		}
		return
	}
	p.stop()
	p.busy, p.wanted, p.urgent, p.last = true, false, false, time.Now()
	p.start()
}

func (p *pacer) due() {
	p.timer = nil
	p.next()
}

// stop forgets the timer. A later want starts it again.
func (p *pacer) stop() {
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
}
