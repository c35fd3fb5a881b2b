package observers

import (
	"slices"
	"time"

	"regatta/workloads/recording"
)

// settle writes what is known of every lane up to a moment. probed is the moment up to which the probe's events were read:
// what had not happened by then, had not happened.
func (b *book) settle(upTo, probed time.Duration) {
	for _, p := range b.processes {
		b.settleProcess(p, upTo, probed)
	}
	for _, p := range b.ended {
		for tid := range p.threads { // which only the probe told of, after the process's end was seen
			b.threadEnded(p, tid, p.End)
		}
		p.tasks.finish(p.End)
		b.settleProcess(p, p.End, probed)
	}
	b.ended = nil
	b.cores.write(b.settledUpTo(upTo))
}

// settledUpTo is the moment up to which the lanes of every process are written.
func (b *book) settledUpTo(upTo time.Duration) time.Duration {
	for _, p := range b.processes {
		if len(p.known) > 0 {
			upTo = min(upTo, p.known[0].Start)
		}
	}
	return upTo
}

func (b *book) settleProcess(p *process, upTo, probed time.Duration) {
	if !b.settleStart(p, min(upTo, probed), probed) {
		return
	}
	spans := map[int][]recording.Span{p.TID: b.settleThread(p, &p.lane, upTo)}
	for tid, l := range p.threads {
		spans[tid] = b.settleThread(p, l, upTo)
	}
	p.gone = slices.DeleteFunc(p.gone, func(l *lane) bool {
		to := l.End
		if !p.over {
			to = min(to, upTo) // no further than the others: a subinterpreter that it was in does what it did
		}
		spans[l.TID] = append(spans[l.TID], b.settleThread(p, l, to)...)
		return len(l.known) == 0
	})
	b.settleTasks(p, upTo, probed)
	for id, i := range p.interpreters {
		if i.write(b.w, spans, upTo) {
			delete(p.interpreters, id)
		}
	}
}

// settleStart turns what came before the program's own code into start-up. It is false while that cannot be told yet.
func (b *book) settleStart(p *process, upTo, probed time.Duration) bool {
	asStart := func(recording.State) recording.State { return recording.Start }
	switch {
	case !p.inStart:
	case p.started != notYet:
		p.relabel(0, p.started, asStart)
	case p.probed:
		p.relabel(0, upTo, asStart)
	case p.over || probed > p.born+probeGrace:
		p.inStart = false
	default:
		return false
	}
	return true
}

// write writes what is known of a lane up to a moment and returns it.
func (b *book) write(l *lane, upTo time.Duration) []recording.Span {
	spans := l.take(upTo)
	b.cores.collect(l, spans)
	for _, s := range spans {
		b.w.Span(l.ID, s)
		l.wrote = s.End
	}
	if l.End == recording.StillAlive {
		return spans
	}
	if upTo >= l.End {
		l.known = nil // a thread may be seen after its end in Python
	}
	if len(l.known) == 0 {
		// What nobody saw is a gap, not missing.
		b.w.Span(l.ID, recording.Span{Start: max(l.wrote, l.Start), End: l.End, State: recording.Unknown})
		b.w.UpdateLane(l.Lane)
	}
	return spans
}
