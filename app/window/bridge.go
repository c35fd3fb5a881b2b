//go:build cgo

package window

import "sync/atomic"

// bridge is the only way from other goroutines to the widgets. However often it is woken, at most one call of show waits
// for its turn on the goroutine that draws: Fyne's queue has no bound.
type bridge struct {
	dispatch func(func()) // fyne.Do
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
