package timeline

import (
	"testing"
	"testing/synctest"
	"time"
)

// uiQueue holds what was dispatched.
type uiQueue chan func()

// newTestPacer makes a pacer without a UI goroutine, and counts its paintings.
func newTestPacer() (p *pacer, paintings *int, q uiQueue) {
	n := 0
	q = make(uiQueue, 100)
	p = &pacer{interval: interval, dispatch: func(f func()) { q <- f }}
	p.start = func() { n++ }
	return p, &n, q
}

// pass lets time go by and runs what was dispatched, as the UI goroutine would.
func (q uiQueue) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
	for len(q) > 0 {
		(<-q)()
	}
}

func TestPacerKeepsTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, n, q := newTestPacer()
		for range 1000 { // a second at 1 kHz, each painting done at once
			p.want(false)
			if p.busy {
				p.done()
			}
			q.pass(time.Millisecond)
			if p.busy {
				p.done()
			}
		}
		if *n < 9 || *n > 11 {
			t.Errorf("%d paintings in a second, want 10", *n)
		}
		p.stop()
	})
}

func TestPacerPaintsTheLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, n, q := newTestPacer()
		p.want(false)
		p.done()
		p.want(false) // too early
		if *n != 1 {
			t.Fatalf("%d paintings", *n)
		}
		q.pass(2 * interval)
		if *n != 2 {
			t.Errorf("what was asked for last was not painted: %d paintings", *n)
		}
	})
}

func TestPacerNeverPaintsTwiceAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, n, _ := newTestPacer()
		p.want(true)
		for range 5 {
			p.want(true)
		}
		if *n != 1 {
			t.Errorf("%d paintings at once", *n)
		}
		p.done()
		if *n != 2 {
			t.Errorf("%d paintings, want one for all that was asked meanwhile", *n)
		}
		if p.done(); *n != 2 {
			t.Errorf("%d paintings though nothing was asked", *n)
		}
	})
}

func TestPacerUrgent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, n, q := newTestPacer()
		p.want(false)
		p.done()
		p.want(false)
		p.want(true) // the user turned the wheel
		if *n != 2 {
			t.Errorf("%d paintings, an urgent one waits", *n)
		}
		p.done()
		q.pass(2 * interval)
		if *n != 2 {
			t.Errorf("%d paintings, the timer was not stopped", *n)
		}
	})
}
