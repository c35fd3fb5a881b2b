package observers

import (
	"slices"
	"time"

	"regatta/workloads/interpreter"
)

// sampleInterpreters follows which thread is in each subinterpreter that has a GIL of its own: the one that held that last,
// until it is gone or holds another. Of the others visits tells.
func (s *sampler) sampleInterpreters(p *watchedProcess, gils []interpreter.Holding, at time.Duration) {
	if gils == nil {
		return
	}
	for _, g := range gils {
		if g.Interpreter <= 0 || g.Off {
			continue
		}
		i := s.book.interpreter(p.process, g.Interpreter, at)
		i.byGIL = true
		inside := i.inside
		if g.TID != 0 {
			inside = s.bookID(p, g.TID)
		}
		if inside != nowhere && s.elsewhere(p, inside, g, gils) {
			inside = nowhere
		}
		i.saw(at, inside)
	}
	for id, i := range p.interpreters {
		if i.byGIL && !slices.ContainsFunc(gils, func(g interpreter.Holding) bool { return g.Interpreter == id }) {
			i.finish(at)
		}
	}
}

// elsewhere tells whether a thread, by the book's id, has left an interpreter: it holds the GIL of another, or is gone.
func (s *sampler) elsewhere(p *watchedProcess, inside int, here interpreter.Holding, gils []interpreter.Holding) bool {
	if _, there := p.process.threads[inside]; !there && inside != p.PID {
		return true
	}
	return slices.ContainsFunc(gils, func(g interpreter.Holding) bool {
		return g.Address != here.Address && g.TID != 0 && s.bookID(p, g.TID) == inside
	})
}
