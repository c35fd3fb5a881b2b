package observers

import (
	"fmt"
	"time"

	"regatta/workloads/clock"
	"regatta/workloads/machine"
	"regatta/workloads/recording"
)

const (
	// pssEvery and pssShare bound the reading of PSS, which makes the process read wait: a reading a second at most, and
	// at most this share of the time.
	pssEvery = time.Second
	pssShare = 0.01
	// pssFirst is when the first reading is taken: after the interpreter's start, early enough for a short run.
	pssFirst = 250 * time.Millisecond
)

// memory records the memory of every process of the tree: RSS at every sample, PSS now and then.
type memory struct {
	w      *recording.Writer
	start  clock.Start
	reader machine.Memory
	pids   func() []int
	limit  uint64
	over   func(bytes uint64)

	series  map[seriesKey]recording.SeriesID
	nextPSS time.Duration
}

type seriesKey struct {
	quantity recording.Quantity
	pid      int
}

func (m *memory) sample() {
	alive := map[int]bool{}
	var total uint64
	for _, pid := range m.pids() {
		bytes, err := m.reader.RSS(pid)
		if err != nil {
			m.ended(pid)
			continue
		}
		alive[pid] = true
		total += bytes
		m.point(recording.RSS, pid, float64(bytes))
	}
	for key := range m.series {
		if !alive[key.pid] {
			m.ended(key.pid)
		}
	}
	m.reader.Forget(alive)
	if m.limit > 0 && total > m.limit {
		m.over(total)
	}
	if now := m.start.Now(); now >= m.nextPSS {
		m.samplePSS(alive)
		took := m.start.Now() - now
		m.nextPSS = now + max(pssEvery, time.Duration(float64(took)/pssShare))
	}
}

func (m *memory) samplePSS(alive map[int]bool) {
	for pid := range alive {
		bytes, err := m.reader.PSS(pid)
		if err != nil {
			continue
		}
		m.point(recording.PSS, pid, float64(bytes))
	}
}

func (m *memory) point(q recording.Quantity, pid int, value float64) {
	key := seriesKey{q, pid}
	id, known := m.series[key]
	if !known {
		id = m.w.AddSeries(recording.SeriesInfo{Quantity: q, PID: pid, Name: fmt.Sprintf("process %d", pid)})
		m.series[key] = id
	}
	m.w.Point(id, recording.Point{At: m.start.Now(), Value: value})
}

// ended ends the series of a process that is not there any more: it has no memory now.
func (m *memory) ended(pid int) {
	for _, q := range []recording.Quantity{recording.RSS, recording.PSS} {
		key := seriesKey{q, pid}
		if id, known := m.series[key]; known {
			m.w.Point(id, recording.Point{At: m.start.Now()})
			delete(m.series, key)
		}
	}
}
