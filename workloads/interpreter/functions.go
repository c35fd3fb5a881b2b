package interpreter

import (
	"bytes"
	"errors"
	"math"
	"slices"
)

// Reading which function a thread is in.
//
// Every thread state points to the frame that it executes, every frame to its code object and to the frame that called
// it, and a code object to its file's name and to its own. So the function of the user's own code that a thread is in is
// the first on that way whose file the caller says is the user's: inside time.sleep or json.dumps it is their caller.
//
// All of it is read with few system calls, each for all threads at once: one for the lists of interpreters and threads,
// on the guess that they still are as they were; one for the top of each thread's stack, a kilobyte that mostly has its
// callers too; one for the code objects that were met. Names are read once and kept.
//
// The target runs on, so any of this may be gone, reused or half written when it is read. A guess that is wrong costs
// a read more; a thread state must point back to its interpreter; a code object must be one by its type, and one whose
// names are kept must still have the same strings and the same first line, and is read anew after some time, since it may
// have been freed and its place been given to another. Every walk has an end. What does not make sense is left out.

const (
	maxThreads    = 10_000 // of all interpreters together
	maxFrames     = 64     // that are looked at of one thread
	maxCodes      = 4096   // whose names are kept
	maxFreshCodes = 256    // whose names are read in one look
	codeLifetime  = 100    // looks until the names of a code object are read anew
)

// errReplaced says that _PyRuntime is not where it was.
var errReplaced = errors.New("the process runs another program now")

// Function is where a thread is.
type Function struct {
	TID         int    // the kernel's id of the thread
	Interpreter int64  // the interpreter's id, 0 for the main one
	Name        string // the function's qualified name, as in "Shop.serve"; "" while in none of the user's own code
	File        string // the file that it is from, as the interpreter names it
	Line        int    // the first line of the function
}

// Functions reads which function of the user's own code every thread of a process is in. It is not safe for concurrent
// use. Its memory is bounded: some 2 KB a thread, and the names of up to 4096 code objects.
type Functions struct {
	mem     source
	runtime uint64 // the address of _PyRuntime
	at      frameOffsets
	own     func(filename string) bool

	look         uint64 // counts calls of Look
	start        []byte // of _PyRuntime, as it was at first: cookie, version, kind of build
	started      []byte // the same, in this look
	startedOK    bool
	head         [8]byte // the address of the first interpreter
	headOK       bool
	interpreters chain
	threads      chain
	whole        bool // the last look met all of both
	codes        map[uint64]*code
	asked        []*code
	fresh        int    // code objects whose names were read in this look
	codeType     uint64 // the address of the type code
	textType     uint64 // the address of the type str
	pieces       []piece
	single       [1]piece
	found        []Function
	inside       Visits
}

// newFunctions begins to read a process whose _PyRuntime is at an address and starts with a table of offsets.
func newFunctions(mem source, runtime uint64, table []byte, own func(filename string) bool) (*Functions, error) {
	at, err := parseFrameOffsets(table)
	if err != nil {
		return nil, err
	}
	start := bytes.Clone(table[:24])
	return &Functions{
		mem: mem, runtime: runtime, at: at, own: own,
		start: start, started: make([]byte, len(start)),
		interpreters: newChain(at.interpreter), threads: newChain(at.thread),
		codes: map[uint64]*code{},
	}, nil
}

// Look tells where each thread is now, the newest interpreter's first: a thread that runs code in a subinterpreter has a
// Function for that and one for the place that it was called from. Threads whose place could not be told are left out;
// the next look may have them. That a thread is in none of the user's own code is told from the second look on. The slice is valid until the next call.
//
// The error means that there is nothing to be read any more: the process has ended or runs another program.
func (f *Functions) Look() ([]Function, error) {
	f.look++
	f.fresh = 0
	if len(f.codes) > maxCodes {
		clear(f.codes)
	}
	f.found = f.found[:0]
	if err := f.findThreads(); err != nil {
		return nil, err
	}
	if err := f.followFrames(); err != nil {
		return nil, err
	}
	for _, t := range f.threads.order {
		w := &t.walk
		switch {
		case w.end == atOwn:
			f.found = append(f.found, Function{w.tid, w.interpreter, w.code.name, w.code.file, w.code.line})
		case w.end == atBottom:
			f.found = append(f.found, Function{TID: w.tid, Interpreter: w.interpreter})
		}
	}
	return f.found, nil
}

// Visits are the threads inside the subinterpreters of a process: those that run Python code there, or wait in some that
// they called.
type Visits struct {
	Whole        bool    // all interpreters and threads were met: none came or went just then
	Interpreters []int64 // the ids of the subinterpreters that are there
	Threads      []Visit // a thread that went from one into another is in the newer one alone
}

// Visit is that a thread is inside a subinterpreter.
type Visit struct {
	TID         int
	Interpreter int64
}

// Visits tells who was inside the subinterpreters at the last look. It is valid until the next look.
func (f *Functions) Visits() Visits {
	f.inside = Visits{Whole: f.whole, Interpreters: f.inside.Interpreters[:0], Threads: f.inside.Threads[:0]}
	for _, i := range f.interpreters.order {
		if id := int64(f.at.interpreter.word(i.block, f.at.interpreterID)); id > 0 && id <= math.MaxInt32 {
			f.inside.Interpreters = append(f.inside.Interpreters, id)
		}
	}
	if len(f.inside.Interpreters) == 0 {
		return f.inside
	}
	for _, t := range f.threads.order {
		w := &t.walk
		if w.interpreter > 0 && w.tid != 0 && f.at.thread.word(t.block, f.at.currentFrame) != 0 &&
			!slices.ContainsFunc(f.inside.Threads, func(v Visit) bool { return v.TID == w.tid }) {
			f.inside.Threads = append(f.inside.Threads, Visit{w.tid, w.interpreter})
		}
	}
	return f.inside
}

// read fills buf from an address, now.
func (f *Functions) read(address uint64, buf []byte) bool {
	ok := false
	f.single[0] = piece{address, buf, &ok}
	err := f.mem.readPieces(f.single[:])
	return ok && err == nil
}
