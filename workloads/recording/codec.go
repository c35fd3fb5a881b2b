package recording

import (
	"encoding/binary"
	"errors"
	"math"
	"time"
)

// A spans chunk is: lane, start of the first span, then a span each as duration, state and flags, blocker and label if
// flagged. Spans are consecutive, so only the first has a start. A point is the time since the point before and the
// eight bytes of the value.

const (
	stateBits   = 0x0f
	blockerFlag = 0x40
	labelFlag   = 0x80
)

var errShort = errors.New("it ends in the middle of a value")

// encodedSpan is a span with its label's number.
type encodedSpan struct {
	Span
	label uint32
}

func encodeSpans(lane LaneID, spans []encodedSpan) []byte {
	buf := binary.AppendUvarint(nil, uint64(lane))
	buf = binary.AppendUvarint(buf, uint64(spans[0].Start))
	for _, s := range spans {
		buf = binary.AppendUvarint(buf, uint64(s.End-s.Start))
		b := byte(s.State)
		if s.Blocker != NoLane {
			b |= blockerFlag
		}
		if s.label != 0 {
			b |= labelFlag
		}
		buf = append(buf, b)
		if s.Blocker != NoLane {
			buf = binary.AppendUvarint(buf, uint64(s.Blocker))
		}
		if s.label != 0 {
			buf = binary.AppendUvarint(buf, uint64(s.label))
		}
	}
	return buf
}

// spansDecoder reads a spans chunk from front to back.
type spansDecoder struct {
	decoder
	lane LaneID
	at   time.Duration // where the next span begins
}

func newSpansDecoder(payload []byte) *spansDecoder {
	d := &spansDecoder{decoder: decoder{buf: payload}}
	d.lane, d.at = LaneID(d.uvarint(math.MaxInt32)), d.duration()
	return d
}

// next reads one span, without its Label; ok is false at the end and after an error, which is in err.
func (d *spansDecoder) next() (s encodedSpan, ok bool) {
	if d.err != nil || d.pos == len(d.buf) {
		return s, false
	}
	s.Start = d.at
	d.at += d.duration()
	s.End = d.at
	b := d.byte()
	s.State = State(b & stateBits)
	if b&blockerFlag != 0 {
		s.Blocker = LaneID(d.uvarint(math.MaxInt32))
	}
	if b&labelFlag != 0 {
		s.label = uint32(d.uvarint(math.MaxUint32))
	}
	switch {
	case d.err != nil:
	case s.End < s.Start:
		d.err = errors.New("its times overflow")
	case s.State >= numStates:
		d.err = errors.New("it has a state that is not known")
	}
	return s, d.err == nil
}

func encodePoints(id SeriesID, points []Point) []byte {
	buf := binary.AppendUvarint(nil, uint64(id))
	last := time.Duration(0)
	for _, p := range points {
		buf = binary.AppendUvarint(buf, uint64(p.At-last))
		buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(p.Value))
		last = p.At
	}
	return buf
}

func decodePoints(payload []byte) (SeriesID, []Point, error) {
	d := decoder{buf: payload}
	id := SeriesID(d.uvarint(math.MaxInt32))
	var points []Point
	at := time.Duration(0)
	for d.err == nil && d.pos < len(d.buf) {
		next := at + d.duration()
		switch {
		case d.err != nil:
			return id, points, d.err
		case next < at:
			return id, points, errors.New("its times overflow")
		case len(d.rest()) < 8:
			return id, points, errShort
		}
		at = next
		points = append(points, Point{at, math.Float64frombits(binary.LittleEndian.Uint64(d.rest()))})
		d.pos += 8
	}
	return id, points, d.err
}

func encodeOutput(o Output) []byte {
	buf := append([]byte{byte(o.Stream)}, binary.AppendUvarint(nil, uint64(o.At))...)
	return append(buf, o.Text...)
}

func decodeOutput(payload []byte) (Output, error) {
	d := decoder{buf: payload}
	o := Output{Stream: Stream(d.byte()), At: d.duration()}
	o.Text = append(o.Text, d.rest()...)
	return o, d.err
}

// decoder takes values off the front of a payload. After the first error it returns zeros.
type decoder struct {
	buf []byte
	pos int // of the next value; moving it costs less than cutting buf
	err error
}

func (d *decoder) rest() []byte { return d.buf[d.pos:] }

func (d *decoder) uvarint(limit uint64) uint64 {
	v, n := binary.Uvarint(d.rest())
	if d.err != nil || n <= 0 || v > limit {
		d.err = errors.Join(d.err, errShort)
		return 0
	}
	d.pos += n
	return v
}

func (d *decoder) duration() time.Duration { return time.Duration(d.uvarint(math.MaxInt64)) }

func (d *decoder) byte() byte {
	if d.err != nil || d.pos >= len(d.buf) {
		d.err = errors.Join(d.err, errShort)
		return 0
	}
	b := d.buf[d.pos]
	d.pos++
	return b
}
