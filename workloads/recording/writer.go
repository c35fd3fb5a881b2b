package recording

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// PartSuffix ends the name of a recording that is still being written.
const PartSuffix = ".part"

// Writer appends to a recording's file. Its methods may be called from several goroutines. The first error sticks: later
// calls do nothing, and Finish returns it.
//
// Spans and points are collected and written by Flush, which the recorder calls ten times a second; the rest is written
// at once. What was written survives the end of this process; only a crash of the whole machine can lose the latest.
type Writer struct {
	mu     sync.Mutex
	file   *os.File
	path   string // the final one
	err    error
	spans  map[LaneID][]encodedSpan
	points map[SeriesID][]Point
	labels map[string]uint32
	lanes  LaneID
	series SeriesID
	buf    []byte
}

// Create starts the recording that will be at path when it is finished. Until then it is at path + PartSuffix, which is
// where a live view follows it.
func Create(path string, h Header) (*Writer, error) {
	f, err := os.OpenFile(path+PartSuffix, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("start the recording: %w", err)
	}
	w := &Writer{file: f, path: path, spans: map[LaneID][]encodedSpan{}, points: map[SeriesID][]Point{}, labels: map[string]uint32{}}
	head := binary.LittleEndian.AppendUint32([]byte(magic), version)
	payload, err := json.Marshal(h)
	if err == nil {
		_, err = f.Write(appendChunk(head, headerChunk, payload))
	}
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, fmt.Errorf("start the recording: %w", err)
	}
	return w, nil
}

// Err is the first error, or nil.
func (w *Writer) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// AddLane writes a new lane and returns the id that it was given.
func (w *Writer) AddLane(l Lane) LaneID {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lanes++
	l.ID = w.lanes
	w.writeJSON(laneChunk, l)
	return l.ID
}

// UpdateLane writes what is known now of a lane that AddLane returned.
func (w *Writer) UpdateLane(l Lane) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.writeJSON(laneChunk, l)
}

// AddSeries writes a new series and returns the id that it was given.
func (w *Writer) AddSeries(s SeriesInfo) SeriesID {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.series++
	s.ID = w.series
	w.writeJSON(seriesChunk, s)
	return s.ID
}

// Span adds a span to a lane, at or after the end of the lane's span before.
func (w *Writer) Span(lane LaneID, s Span) {
	if s.End <= s.Start {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	e := encodedSpan{s, w.label(s.Label)}
	waiting := w.spans[lane]
	if n := len(waiting); n > 0 {
		last := &waiting[n-1]
		if last.End != s.Start { // a chunk's spans are consecutive
			w.writeSpans(lane)
		} else if last.State == e.State && last.Blocker == e.Blocker && last.label == e.label {
			last.End = e.End
			return
		}
	}
	w.spans[lane] = append(w.spans[lane], e)
}

// Point adds a point to a series, later than the point before.
func (w *Writer) Point(id SeriesID, p Point) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.points[id] = append(w.points[id], p)
}

// Output writes a piece of what the program printed.
func (w *Writer) Output(o Output) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.write(outputChunk, encodeOutput(o))
}

// Mark writes a named moment.
func (w *Writer) Mark(name string, at time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.writeJSON(markChunk, Mark{name, at})
}

// Blocking writes a step that blocked its event loop.
func (w *Writer) Blocking(b Blocking) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.writeJSON(blockChunk, b)
}

// Warn writes a sentence that a reader of the numbers should know.
func (w *Writer) Warn(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.write(warnChunk, fmt.Appendf(nil, format, args...))
}

// Flush writes the collected spans and points.
func (w *Writer) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.flush()
}

// Finish writes the end and moves the file to its final name. The file at the final name is always whole.
func (w *Writer) Finish(e End) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.flush()
	w.writeJSON(endChunk, e)
	w.keep(w.file.Sync())
	w.keep(w.file.Close())
	if w.err != nil {
		return fmt.Errorf("the recording is incomplete, what there is lies in %s: %w", w.file.Name(), w.err)
	}
	if err := os.Rename(w.file.Name(), w.path); err != nil {
		return fmt.Errorf("the recording is whole but lies in %s: %w", w.file.Name(), err)
	}
	if dir, err := os.Open(filepath.Dir(w.path)); err == nil {
		dir.Sync() // so that the new name survives a power cut; not every system can
		dir.Close()
	}
	return nil
}

func (w *Writer) flush() {
	for lane := range w.spans {
		w.writeSpans(lane)
	}
	for id, points := range w.points {
		w.write(pointsChunk, encodePoints(id, points))
		delete(w.points, id)
	}
}

func (w *Writer) writeSpans(lane LaneID) {
	if spans := w.spans[lane]; len(spans) > 0 {
		w.write(spansChunk, encodeSpans(lane, spans))
		delete(w.spans, lane)
	}
}

// label returns the number of a label, writing it when it is new.
func (w *Writer) label(text string) uint32 {
	if text == "" {
		return 0
	}
	n, known := w.labels[text]
	if !known {
		n = uint32(len(w.labels) + 1)
		w.labels[text] = n
		w.write(labelChunk, []byte(text))
	}
	return n
}

func (w *Writer) writeJSON(t chunkType, v any) {
	payload, err := json.Marshal(v)
	if err != nil {
		w.keep(err)
		return
	}
	w.write(t, payload)
}

func (w *Writer) write(t chunkType, payload []byte) {
	if w.err != nil {
		return
	}
	if len(payload) > maxPayload {
		w.keep(fmt.Errorf("a chunk of type %c with %d bytes is too large", t, len(payload)))
		return
	}
	w.buf = appendChunk(w.buf[:0], t, payload)
	_, err := w.file.Write(w.buf)
	w.keep(err)
}

func (w *Writer) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}
