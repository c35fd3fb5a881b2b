package recording

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Recording is what was seen of a run, in memory. A live one grows by [Reader.Poll]; a finished one never changes.
type Recording struct {
	Header   Header
	End      *End // nil while the run goes on, and for ever where the recorder was killed
	Marks    []Mark
	Blocking []Blocking // in the order in which they ended
	Warnings []string
	Output   []Output
	Damage   []string // what could not be read, each with its place in the file

	tracks map[LaneID]*Track
	order  []*Track // in the order of the lanes' ids
	cores  []*Track // in the order of the cores' numbers
	series []*Series
	labels []string // labels[0] is no label
	seen   time.Duration
	grown  int
}

func newRecording() *Recording {
	return &Recording{tracks: map[LaneID]*Track{}, labels: []string{""}}
}

// Tracks returns the lanes in the order in which they were first seen. The caller must not change the slice.
func (r *Recording) Tracks() []*Track { return r.order }

// Cores returns the lanes of the cores that the run's workers were seen on. The caller must not change the slice.
func (r *Recording) Cores() []*Track { return r.cores }

// Track returns a lane by its id, or nil.
func (r *Recording) Track(id LaneID) *Track { return r.tracks[id] }

// Series returns the series of one quantity.
func (r *Recording) Series(q Quantity) []*Series {
	var found []*Series
	for _, s := range r.series {
		if s.Quantity == q {
			found = append(found, s)
		}
	}
	return found
}

// Seen is the time of the latest thing in the recording: the end of its time axis.
func (r *Recording) Seen() time.Duration { return r.seen }

// Grown counts what was added to the recording so far. What was made from it is up to date as long as that is the same.
func (r *Recording) Grown() int { return r.grown }

// Mark returns the time of a mark.
func (r *Recording) Mark(name string) (time.Duration, bool) {
	i := slices.IndexFunc(r.Marks, func(m Mark) bool { return m.Name == name })
	if i < 0 {
		return 0, false
	}
	return r.Marks[i].At, true
}

// Status is how the run ended, Incomplete where the recording does not say.
func (r *Recording) Status() Status {
	if r.End == nil {
		return Incomplete
	}
	return r.End.Status
}

// Printed joins what the program printed on one stream.
func (r *Recording) Printed(s Stream) string {
	var text []byte
	for _, o := range r.Output {
		if o.Stream == s {
			text = append(text, o.Text...)
		}
	}
	return string(text)
}

// apply adds one chunk. An error says what is wrong with it; the recording is as before then, or has the chunk's good
// part.
func (r *Recording) apply(c chunk) error {
	r.grown++
	switch c.kind {
	case headerChunk:
		return json.Unmarshal(c.payload, &r.Header)
	case laneChunk:
		var l Lane
		if err := json.Unmarshal(c.payload, &l); err != nil {
			return err
		}
		return r.addLane(l)
	case spansChunk:
		return r.addSpans(c.payload)
	case labelChunk:
		r.labels = append(r.labels, string(c.payload))
	case seriesChunk:
		var s Series
		if err := json.Unmarshal(c.payload, &s.SeriesInfo); err != nil {
			return err
		}
		if r.findSeries(s.ID) != nil {
			return fmt.Errorf("series %d is defined twice", s.ID)
		}
		r.series = append(r.series, &s)
	case pointsChunk:
		return r.addPoints(c.payload)
	case outputChunk:
		o, err := decodeOutput(c.payload)
		if err != nil {
			return err
		}
		r.Output = append(r.Output, o)
	case markChunk:
		var m Mark
		if err := json.Unmarshal(c.payload, &m); err != nil {
			return err
		}
		r.Marks = append(r.Marks, m)
	case blockChunk:
		var b Blocking
		if err := json.Unmarshal(c.payload, &b); err != nil {
			return err
		}
		r.Blocking = append(r.Blocking, b)
	case warnChunk:
		r.Warnings = append(r.Warnings, string(c.payload))
	case endChunk:
		var e End
		if err := json.Unmarshal(c.payload, &e); err != nil {
			return err
		}
		r.End = &e
		r.seen = max(r.seen, e.Wall)
	}
	return nil
}

func (r *Recording) addLane(l Lane) error {
	if l.ID <= NoLane {
		return fmt.Errorf("a lane has the number %d", l.ID)
	}
	t, known := r.tracks[l.ID]
	if !known {
		t = &Track{rec: r}
		r.tracks[l.ID] = t
		if l.Kind == CoreLane {
			r.cores = append(r.cores, t)
		} else {
			r.order = append(r.order, t)
		}
	}
	t.Lane = l
	if l.Kind == CoreLane {
		slices.SortFunc(r.cores, func(a, b *Track) int { return cmp.Compare(a.Core, b.Core) })
	} else if !known && len(r.order) > 1 && r.order[len(r.order)-2].ID > l.ID {
		slices.SortFunc(r.order, func(a, b *Track) int { return cmp.Compare(a.ID, b.ID) })
	}
	r.seen = max(r.seen, l.Start, l.End)
	return nil
}

func (r *Recording) addSpans(payload []byte) error {
	d := newSpansDecoder(payload)
	t := r.tracks[d.lane]
	if t == nil {
		return fmt.Errorf("it has spans of lane %d, which is not there", d.lane)
	}
	for s, ok := d.next(); ok; s, ok = d.next() {
		if int(s.label) >= len(r.labels) {
			s.label = 0
		}
		t.append(s.Span, s.label)
	}
	r.seen = max(r.seen, t.end)
	return d.err
}

func (r *Recording) addPoints(payload []byte) error {
	id, points, err := decodePoints(payload)
	s := r.findSeries(id)
	if s == nil {
		return fmt.Errorf("it has points of series %d, which is not there", id)
	}
	for _, p := range points {
		if n := len(s.Points); n > 0 && p.At <= s.Points[n-1].At {
			continue
		}
		s.Points = append(s.Points, p)
		r.seen = max(r.seen, p.At)
	}
	return err
}

func (r *Recording) findSeries(id SeriesID) *Series {
	for _, s := range r.series {
		if s.ID == id {
			return s
		}
	}
	return nil
}
