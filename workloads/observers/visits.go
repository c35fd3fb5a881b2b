package observers

import (
	"iter"
	"slices"
	"time"

	"regatta/workloads/interpreter"
)

// visits follows who is in the subinterpreters of which no GIL tells it: legacy ones share the main one's, and those of
// free-threaded builds have none. A thread is inside while it has frames there, so that when it came and went is known to
// half of lookEvery. bookID returns the id by which the book knows a thread.
func (b *book) visits(p *process, v interpreter.Visits, gils []interpreter.Holding, bookID func(tid int) int, at time.Duration) {
	if !v.Whole {
		p.stayInside(at)
		return
	}
	for _, id := range v.Interpreters {
		if slices.ContainsFunc(gils, func(g interpreter.Holding) bool { return g.Interpreter == id && !g.Off }) {
			continue
		}
		i := b.interpreter(p, id, at)
		inside := nowhere
		for _, visit := range v.Threads {
			// There may be several threads inside: the lane stays with the one that it is with.
			if tid := bookID(visit.TID); visit.Interpreter == id && (inside == nowhere || tid == i.inside) {
				inside = tid
			}
		}
		i.saw(at, inside)
	}
	for id, i := range p.interpreters {
		if !i.byGIL && !slices.Contains(v.Interpreters, id) {
			i.finish(at)
		}
	}
}

// stayInside notes that no thread has gone into such a subinterpreter nor out of it.
func (p *process) stayInside(at time.Duration) {
	for _, i := range p.interpreters {
		if !i.byGIL {
			i.saw(at, i.inside)
		}
	}
}

// labels returns the function that names where each thread is, by the thread's id, the last one said of a thread counts. A
// thread in a subinterpreter has one there and one for the place that it was called from, the innermost first: that counts
// unless it is none, as with code from a string.
func labels(functions []interpreter.Function) iter.Seq2[int, string] {
	return func(yield func(tid int, name string) bool) {
		for n, f := range slices.Backward(functions) {
			outer := func(o interpreter.Function) bool { return o.TID == f.TID }
			if f.Name == "" && f.Interpreter > 0 && slices.ContainsFunc(functions[n+1:], outer) {
				continue
			}
			if !yield(f.TID, f.Name) {
				return
			}
		}
	}
}
