//go:build cgo

package window

import (
	"sync"
	"sync/atomic"
)

// bridge is the only way from other goroutines to the widgets. However often it is woken, at most one call of show waits
// for its turn on the goroutine that draws: Fyne's queue has no bound.
type bridge struct {
	dispatch func(func()) // gate.Do
	show     func()       // brings the widgets up to date
	waiting  atomic.Bool
}

// Wake asks for a call of show, soon.
func (b *bridge) Wake() {
	if b.waiting.CompareAndSwap(false, true) {
		b.dispatch(func() {
			b.waiting.Store(false) // before show reads the state, so that nothing newer is missed
			b.show()
		})
	}
}

// gate passes functions to the goroutine that draws for as long as there is one. When Fyne's loop has ended, fyne.Do runs
// functions at once, on whichever goroutine calls it; the gate lets in one at a time then, and none once it is closed.
type gate struct {
	do     func(func()) // fyne.Do
	mu     sync.Mutex
	closed bool
}

// Do runs a function on the goroutine that draws, without waiting for it.
func (g *gate) Do(f func()) {
	g.do(func() {
		if !g.mu.TryLock() { // only after the loop's end is there anybody else, or a call within a call
			return
		}
		defer g.mu.Unlock()
		if !g.closed {
			f()
		}
	})
}

// Close lets nothing in any more.
func (g *gate) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
}
