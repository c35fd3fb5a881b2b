package export

import (
	"fmt"
	"math"
	"time"

	"regatta/workloads/recording"
)

// counters writes the series.
func (t *tracer) counters() {
	for _, s := range series(t.rec) {
		switch s.Quantity {
		case recording.CoreUse:
			t.means(s, fmt.Sprintf("Core %d", s.Core), "percent", 100)
		case recording.CoreOurs:
			t.means(s, "All cores, by this run", "cores", 1)
		case recording.RSS:
			t.memory(s, "RSS")
		case recording.PSS:
			t.memory(s, "PSS")
		}
	}
}

// means writes a series of means, each where its time begins.
func (t *tracer) means(s *recording.Series, name, unit string, factor float64) {
	from := time.Duration(0)
	missed := false
	for _, p := range s.Points {
		if from < t.stretch.To && p.At > t.stretch.From && p.At > from {
			start, end := max(from, t.stretch.From), min(p.At, t.stretch.To)
			if v := p.Value * factor; known(v) {
				t.value(name, coresPID, start, unit, v)
			} else {
				t.miss(s, name, start, end, missed)
				missed = true
				t.value(name, coresPID, start, unit, 0)
			}
		}
		from = p.At
	}
}

// memory writes the memory of a process. It is 0 from the process's end on.
func (t *tracer) memory(s *recording.Series, metric string) {
	pid := realPID(s.PID)
	missed := false
	last := time.Duration(-1)
	for i, p := range s.Points {
		if !t.stretch.contains(p.At) {
			continue
		}
		last = p.At
		if known(p.Value) {
			t.value(metric, pid, p.At, "bytes", p.Value)
			continue
		}
		end := t.stretch.To
		if i+1 < len(s.Points) {
			end = min(end, s.Points[i+1].At)
		}
		if end = min(end, max(t.rec.Seen(), p.At)); end > p.At {
			t.miss(s, metric, p.At, end, missed)
			missed = true
		}
		t.value(metric, pid, p.At, "bytes", 0)
	}
	for _, l := range t.rec.Tracks() {
		if l.Kind == recording.Process && l.PID == s.PID && l.End > last && last >= 0 && t.stretch.contains(l.End) {
			t.value(metric, pid, l.End, "bytes", 0)
			return
		}
	}
}

// known tells whether there is a value that JSON can hold.
func known(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func (t *tracer) value(name string, pid uint32, at time.Duration, unit string, v float64) {
	t.event(event{Phase: counter, Name: name, PID: pid, At: micros(at), Args: map[string]float64{unit: v}})
}

// miss says on a track of the series that it has no value for a while: a counter cannot.
func (t *tracer) miss(s *recording.Series, name string, from, to time.Duration, named bool) {
	at := track{coresPID, ownSeries + uint32(s.ID)}
	if s.Quantity == recording.RSS || s.Quantity == recording.PSS {
		at.pid = realPID(s.PID)
	}
	if !named {
		t.name("thread", at, name+": not measured", int(ownSeries))
	}
	t.event(event{
		Phase: slice, Name: "Not measured", Category: "missing", PID: at.pid, TID: at.tid, At: micros(from), Duration: micros(to - from),
	})
}
