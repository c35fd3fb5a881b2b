package interpreter

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// frameLayout says where in the table of offsets stand those that lead from an interpreter to its threads, from there to
// frames, code objects and their names, in 8-byte words.
type frameLayout struct {
	interpreterID, threadsHead                  int
	threadNext, threadInterpreter, currentFrame int
	previous, executable, owner                 int
	filename, qualname, firstLine               int
	objectType, typeName                        int
	textState, textLength, textHeader           int
	// How far left a string's kind stands in its state. It follows the field "interned", which 3.14 made a byte on
	// free-threaded builds; the table does not say that.
	kindShift, kindShiftFreeThreaded uint
	words                            int // to read for all of these
}

// frameTableSize is how many bytes of the table have all that any row asks for.
func frameTableSize() int {
	words := 0
	for _, l := range layouts {
		words = max(words, l.words, l.frames.words)
	}
	return 8 * words
}

// span is the part of a structure that is read at once, from its first needed field to the end of its last.
type span struct{ from, size uint64 }

// spanOf covers fields of up to eight bytes.
func spanOf(fields ...uint64) span {
	from := slices.Min(fields)
	return span{from, slices.Max(fields) + 8 - from}
}

// word returns the eight bytes of a field of what was read.
func (s span) word(block []byte, field uint64) uint64 {
	return binary.LittleEndian.Uint64(block[field-s.from:])
}

// frameOffsets are the places of fields, in bytes from the start of their structure.
type frameOffsets struct {
	interpretersHead uint64

	interpreterNext, interpreterID, threadsHead                 uint64
	threadNext, threadInterpreter, currentFrame, nativeThreadID uint64
	previous, executable, owner                                 uint64
	filename, qualname, firstLine                               uint64
	objectType, typeName                                        uint64
	textState, textLength, textHeader                           uint64

	kindShift uint

	interpreter, thread, frame, code, text span
}

// largestSpan is far above what is needed of any structure: a wider one is garbage.
const largestSpan = 1024

// parseFrameOffsets reads the same table as parseOffsets, which has found it sound, for threads and frames.
func parseFrameOffsets(table []byte) (frameOffsets, error) {
	known, err := parseOffsets(table)
	if err != nil {
		return frameOffsets{}, err
	}
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(table[8*i:]) }
	l := layouts[uint32(word(1))>>16].frames
	if len(table) < 8*l.words {
		return frameOffsets{}, errors.New("the table of offsets is cut short")
	}
	for i := 3; i < l.words; i++ {
		if word(i) > largestOffset {
			return frameOffsets{}, fmt.Errorf("the table of offsets is damaged at word %d", i)
		}
	}
	o := frameOffsets{
		interpretersHead: known.interpretersHead,
		interpreterNext:  known.interpreterNext, interpreterID: word(l.interpreterID), threadsHead: word(l.threadsHead),
		threadNext: word(l.threadNext), threadInterpreter: word(l.threadInterpreter),
		currentFrame: word(l.currentFrame), nativeThreadID: known.nativeThreadID,
		previous: word(l.previous), executable: word(l.executable), owner: word(l.owner),
		filename: word(l.filename), qualname: word(l.qualname), firstLine: word(l.firstLine),
		objectType: word(l.objectType), typeName: word(l.typeName),
		textState: word(l.textState), textLength: word(l.textLength), textHeader: word(l.textHeader),
		kindShift: l.kindShift,
	}
	if known.freeThreaded {
		o.kindShift = l.kindShiftFreeThreaded
	}
	o.interpreter = spanOf(o.interpreterNext, o.interpreterID, o.threadsHead)
	o.thread = spanOf(o.threadNext, o.threadInterpreter, o.currentFrame, o.nativeThreadID)
	o.frame = spanOf(o.previous, o.executable, o.owner)
	o.code = spanOf(o.objectType, o.filename, o.qualname, o.firstLine)
	o.text = spanOf(o.objectType, o.textState, o.textLength)
	for what, end := range map[string]uint64{
		"interpreters": o.interpreter.size,
		"threads":      o.thread.from + o.thread.size,
		"frames":       o.frame.from + o.frame.size,
		"code objects": o.code.from + o.code.size,
		"types":        o.typeName,
		"strings":      max(o.text.from+o.text.size, o.textHeader),
	} {
		if end > largestSpan {
			return frameOffsets{}, fmt.Errorf("the table of offsets is damaged: its %s are too large", what)
		}
	}
	if o.textHeader < o.text.from+o.text.size {
		return frameOffsets{}, errors.New("the table of offsets is damaged: a string's characters are inside its header")
	}
	return o, nil
}
