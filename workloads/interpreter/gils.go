package interpreter

import (
	"errors"
	"math"
	"slices"
)

// gil is one interpreter's GIL with what was read of it. Subinterpreters may share one.
type gil struct {
	address     uint64
	interpreter int64  // the id of the one that it is part of
	of          uint64 // the address of one whose GIL it is
	state       [gilReadSize]byte
	stateOK     bool
	holder      uint64               // the thread state that has held it
	thread      [holderReadSize]byte // what was read of that
	threadOK    bool
}

// errBrokenList says that an interpreter came or went while the list of them was walked.
var errBrokenList = errors.New("the list of interpreters breaks off")

// findAttempts is how often a list that breaks off is walked anew at once.
const findAttempts = 3

// FindInterpreters walks the list of interpreters anew. It is cheap, but only needed a few times a second: interpreters
// come and go slowly. Where the list breaks off, since one goes just then, what was known before is still known.
func (r *Reader) FindInterpreters() error {
	var err error
	for range findAttempts {
		if err = r.walkInterpreters(); err == nil {
			r.gils, r.finding = r.finding, r.gils
			return nil
		}
	}
	return err
}

// walkInterpreters fills finding with the GILs of all interpreters. Each has room for a GIL of its own, and uses that or
// the main one's: what points to a GIL that is in none of them is no interpreter any more.
func (r *Reader) walkInterpreters() error {
	at := &r.offsets
	r.finding = r.finding[:0]
	next, err := r.mem.word(r.runtime + at.interpretersHead)
	for steps := 0; err == nil && next != 0; steps++ {
		if !plausible(next) || steps == maxInterpreters {
			return errBrokenList
		}
		var address, id uint64
		if address, err = r.mem.word(next + at.cevalGIL); err != nil {
			break
		}
		if id, err = r.mem.word(next + at.interpreterID); err != nil {
			break
		}
		i := slices.IndexFunc(r.finding, func(g gil) bool { return g.address == address })
		if i < 0 && address != 0 {
			r.finding = append(r.finding, gil{address: address, of: next, interpreter: unknownInterpreter})
			i = len(r.finding) - 1
		}
		if address == next+at.gilOwn {
			r.finding[i].interpreter = int64(id)
		}
		next, err = r.mem.word(next + at.interpreterNext)
	}
	if slices.ContainsFunc(r.finding, func(g gil) bool { return g.interpreter == unknownInterpreter }) {
		return errBrokenList
	}
	return err
}

// unknownInterpreter stands for the id of an interpreter that the list has not led to.
const unknownInterpreter = -1

func (r *Reader) threadPiece(g *gil) piece {
	return piece{g.holder + r.offsets.holder.from, g.thread[:r.offsets.holder.size], &g.threadOK}
}

// holderID returns the thread id of the thread state that has held a GIL, 0 where that is none any more: a thread may end,
// and the memory of its state be used for something else, before the GIL has another holder. A thread state points to its
// interpreter, and that to its GIL.
func (r *Reader) holderID(g *gil) int {
	at := &r.offsets
	if of := at.holder.word(g.thread[:], at.threadInterpreter); of != g.of {
		// Threads of several interpreters may share the GIL.
		if !plausible(of) {
			return 0
		}
		if address, err := r.mem.word(of + at.cevalGIL); err != nil || address != g.address {
			return 0
		}
		g.of = of
	}
	// The id is an unsigned long, which has four bytes on Windows, and eight elsewhere.
	tid := uint32(at.holder.word(g.thread[:], at.nativeThreadID))
	if tid > math.MaxInt32 {
		return 0
	}
	return int(tid)
}
