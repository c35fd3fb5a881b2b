package interpreter

import (
	"bytes"
	"encoding/binary"
	"math"
)

// node is an element of a linked list in the target, an interpreter or a thread state.
type node struct {
	address uint64
	block   []byte // what was read of it
	ok      bool   // that worked
	read    uint64 // the look in which it was read last
	met     uint64 // the look in which the list led to it last
	walk    walk   // of a thread state
}

// chain is a linked list in the target as it was at the last look, which is likely how it still is.
type chain struct {
	span  span
	known map[uint64]*node
	order []*node
}

func newChain(s span) chain { return chain{span: s, known: map[uint64]*node{}} }

// guess adds all known nodes to what is to be read.
func (c *chain) guess(pieces []piece, look uint64) []piece {
	for _, n := range c.order {
		n.read = look
		pieces = append(pieces, piece{n.address + c.span.from, n.block, &n.ok})
	}
	return pieces
}

// forget drops the nodes that the list has not led to in this look.
func (c *chain) forget(look uint64) {
	if len(c.order) == len(c.known) {
		return
	}
	for address, n := range c.known {
		if n.met != look {
			delete(c.known, address)
		}
	}
}

// meet returns the node at an address, where the list has led, or nil where it cannot be one: it cannot be read, or the
// list has been there before.
func (f *Functions) meet(c *chain, address uint64) *node {
	if !plausible(address) {
		return nil
	}
	n := c.known[address]
	switch {
	case n == nil:
		n = &node{address: address, block: make([]byte, c.span.size)}
	case n.met == f.look:
		return nil
	}
	if n.read != f.look {
		n.read, n.ok = f.look, f.read(address+c.span.from, n.block)
	}
	if !n.ok {
		return nil
	}
	n.met = f.look
	c.known[address] = n
	c.order = append(c.order, n)
	return n
}

// findThreads follows the lists of interpreters and of their threads. Where a list breaks off, the rest of it is missing
// from this look.
func (f *Functions) findThreads() error {
	f.pieces = append(f.pieces[:0],
		piece{f.runtime, f.started, &f.startedOK},
		piece{f.runtime + f.at.interpretersHead, f.head[:], &f.headOK})
	f.pieces = f.interpreters.guess(f.pieces, f.look)
	f.pieces = f.threads.guess(f.pieces, f.look)
	if err := f.mem.readPieces(f.pieces); err != nil {
		return err
	}
	if !f.startedOK || !f.headOK || !bytes.Equal(f.start, f.started) {
		return errReplaced
	}
	f.interpreters.order, f.threads.order = f.interpreters.order[:0], f.threads.order[:0]
	next := binary.LittleEndian.Uint64(f.head[:])
	f.whole = true
	for next != 0 && len(f.interpreters.order) < maxInterpreters {
		i := f.meet(&f.interpreters, next)
		if i == nil {
			f.whole = false
			break
		}
		f.threadsOf(i)
		next = f.at.interpreter.word(i.block, f.at.interpreterNext)
	}
	f.interpreters.forget(f.look)
	f.threads.forget(f.look)
	return nil
}

// threadsOf follows the list of an interpreter's threads.
func (f *Functions) threadsOf(i *node) {
	id := int64(f.at.interpreter.word(i.block, f.at.interpreterID))
	next := f.at.interpreter.word(i.block, f.at.threadsHead)
	for next != 0 && len(f.threads.order) < maxThreads {
		t := f.meet(&f.threads, next)
		if t == nil {
			f.whole = false
			return
		}
		t.walk.begin(f.at.thread.word(t.block, f.at.currentFrame))
		// A thread state is reused, and one that was just freed may have anything in it.
		tid := uint32(f.at.thread.word(t.block, f.at.nativeThreadID))
		if f.at.thread.word(t.block, f.at.threadInterpreter) != i.address || tid > math.MaxInt32 {
			t.walk.end, t.walk.tid = nowhere, 0
			f.whole = false
			return
		}
		if tid == 0 {
			t.walk.end = nowhere // its thread has not started yet
		}
		t.walk.tid, t.walk.interpreter = int(tid), id
		next = f.at.thread.word(t.block, f.at.threadNext)
	}
}
