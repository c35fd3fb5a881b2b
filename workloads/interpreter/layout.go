package interpreter

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// layout says where in the table of offsets the needed ones stand, in 8-byte words. The table grows with every minor
// version of CPython, so each has a row; a version without a row is refused, not guessed.
type layout struct {
	interpreterNext  int
	cevalGIL         int
	gilState         int
	gilEnabled       int
	gilLocked        int
	gilHolder        int
	nativeThreadID   int
	interpretersHead int
	words            int // to read for all of these
	frames           frameLayout
}

// Word 0 is the cookie, 1 the version, 2 whether the build is free-threaded; 3 to 5 describe the runtime state.
var layouts = map[uint32]layout{
	0x030d: {
		interpretersHead: 5,
		interpreterNext:  8, cevalGIL: 14, gilState: 15, gilEnabled: 16, gilLocked: 17, gilHolder: 18,
		nativeThreadID: 25, words: 28,
		frames: frameLayout{
			interpreterID: 7, threadsHead: 9,
			threadNext: 21, threadInterpreter: 22, currentFrame: 23,
			previous: 29, executable: 30, owner: 33,
			filename: 35, qualname: 37, firstLine: 39,
			objectType: 45, typeName: 47,
			textState: 68, textLength: 69, textHeader: 70,
			kindShift: 2, kindShiftFreeThreaded: 2, words: 71,
		},
	},
	// 3.14 adds threads_main after threads_head, and code_object_generation and tlbc_generation after the GIL's offsets;
	// stackpointer and tlbc_index at the end of a frame's offsets, co_tlbc at the end of a code object's, and those of sets
	// after those of lists.
	0x030e: {
		interpretersHead: 5,
		interpreterNext:  8, cevalGIL: 15, gilState: 16, gilEnabled: 17, gilLocked: 18, gilHolder: 19,
		nativeThreadID: 28, words: 31,
		frames: frameLayout{
			interpreterID: 7, threadsHead: 9,
			threadNext: 24, threadInterpreter: 25, currentFrame: 26,
			previous: 32, executable: 33, owner: 36,
			filename: 40, qualname: 42, firstLine: 44,
			objectType: 51, typeName: 53,
			textState: 78, textLength: 79, textHeader: 80,
			kindShift: 2, kindShiftFreeThreaded: 8, words: 81,
		},
	},
}

// maxInterpreters bounds the walk along the list of interpreters.
const maxInterpreters = 1024

const cookie = "xdebugpy"

// ErrUnknownVersion is wrapped by the error about a CPython whose table of offsets is not known.
var ErrUnknownVersion = errors.New("its layout is not known to this Regatta")

// offsets are the places of fields, in bytes from the start of their structure.
type offsets struct {
	freeThreaded                     bool
	interpretersHead                 uint64
	interpreterNext, interpreterID   uint64
	cevalGIL                         uint64
	gilEnabled, gilLocked, gilHolder uint64 // from the start of the GIL's state
	gilOwn                           uint64 // an interpreter's own GIL, which it may leave unused
	threadInterpreter                uint64
	nativeThreadID                   uint64
	holder                           span // what is read of the thread state that holds a GIL
}

// gilReadSize is how much of a GIL's state is read: its lock and its holder are in it.
const gilReadSize = 32

// holderReadSize is room for what is read of a thread state: 152 bytes of CPython 3.13 and 3.14.
const holderReadSize = 256

// largestOffset is far above any field's place: a larger one is garbage.
const largestOffset = 1 << 20

// maxWords is the length of the longest table that a row of layouts asks for.
func maxWords() int {
	words := 0
	for _, l := range layouts {
		words = max(words, l.words)
	}
	return words
}

// parseOffsets reads the table at the start of _PyRuntime.
func parseOffsets(table []byte) (offsets, error) {
	if len(table) < 24 || string(table[:8]) != cookie {
		return offsets{}, fmt.Errorf("there is no table of offsets at the start of _PyRuntime: %w", ErrNoRuntime) // 3.10 to 3.12
	}
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(table[8*i:]) }
	version := uint32(word(1))
	l, known := layouts[version>>16]
	if !known {
		return offsets{}, fmt.Errorf("CPython %d.%d: %w", version>>24, version>>16&0xff, ErrUnknownVersion)
	}
	if len(table) < 8*l.words {
		return offsets{}, errors.New("the table of offsets is cut short")
	}
	for i := 3; i < l.words; i++ {
		if word(i) > largestOffset {
			return offsets{}, fmt.Errorf("the table of offsets is damaged at word %d", i)
		}
	}
	gil := word(l.gilState)
	locked, holder := word(l.gilLocked)-gil, word(l.gilHolder)-gil
	if locked > gilReadSize-4 || holder > gilReadSize-8 || word(l.gilEnabled) > gilReadSize-4 {
		return offsets{}, errors.New("the table of offsets has parts of the GIL outside it")
	}
	o := offsets{
		freeThreaded:     word(2) != 0,
		interpretersHead: word(l.interpretersHead),
		interpreterNext:  word(l.interpreterNext), interpreterID: word(l.frames.interpreterID), cevalGIL: word(l.cevalGIL),
		gilOwn: gil, gilEnabled: word(l.gilEnabled), gilLocked: locked, gilHolder: holder,
		threadInterpreter: word(l.frames.threadInterpreter), nativeThreadID: word(l.nativeThreadID),
	}
	o.holder = spanOf(o.threadInterpreter, o.nativeThreadID)
	if o.holder.size > holderReadSize {
		return offsets{}, errors.New("the table of offsets is damaged: its threads are too large")
	}
	return o, nil
}
