package interpreter

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/sys/unix"
)

// gilSize is a bound for the GIL's state with its locks and condition variables (Python/pycore_gil.h): 208 bytes with
// glibc on 64 bits, 8 more on a free-threaded build.
const gilSize = 216

// Holding is who holds a GIL at one moment.
type Holding struct {
	Address uint64 // of the GIL: a wait on a futex from here on is a wait for it
	TID     int    // the thread that holds it, 0 when nobody does or it cannot be told
	Off     bool   // this build runs without a GIL
}

// Covers tells whether an address lies inside the GIL's state.
func (h Holding) Covers(address uint64) bool {
	return address >= h.Address && address < h.Address+gilSize
}

// Reader reads the GILs of one process. It is not safe for concurrent use.
type Reader struct {
	mem     memory
	runtime uint64 // the address of _PyRuntime
	offsets offsets
	gils    []gil
	local   []unix.Iovec
	remote  []unix.RemoteIovec
	held    []Holding
}

// gil is one interpreter's GIL with what was read of it. Subinterpreters may share one.
type gil struct {
	address uint64
	state   [gilReadSize]byte
	holder  uint64  // the thread state that the id below was read from
	id      [8]byte // its kernel thread id
}

// Open finds the interpreter in a process. The error says why there is none that can be read: it is no CPython, one too
// old, or one too new (ErrUnknownVersion), or the system does not allow it.
func Open(pid int) (*Reader, error) {
	address, err := locate(pid)
	if err != nil {
		return nil, fmt.Errorf("find the interpreter of process %d: %w", pid, err)
	}
	r := &Reader{mem: memory{pid}, runtime: address}
	table := make([]byte, 8*maxWords())
	if err := r.mem.read(address, table); err != nil {
		return nil, fmt.Errorf("read the interpreter of process %d: %w", pid, err)
	}
	if r.offsets, err = parseOffsets(table); err != nil {
		return nil, fmt.Errorf("process %d: %w", pid, err)
	}
	return r, nil
}

// FindInterpreters walks the list of interpreters anew. It is cheap, but only needed a few times a second: interpreters
// come and go slowly.
func (r *Reader) FindInterpreters() error {
	r.gils = r.gils[:0]
	at, err := r.mem.word(r.runtime + r.offsets.interpretersHead)
	for steps := 0; err == nil && at != 0 && steps < maxInterpreters; steps++ {
		var g uint64
		if g, err = r.mem.word(at + r.offsets.cevalGIL); err != nil {
			break
		}
		if g != 0 && !r.knows(g) {
			r.gils = append(r.gils, gil{address: g})
		}
		at, err = r.mem.word(at + r.offsets.interpreterNext)
	}
	return err
}

func (r *Reader) knows(address uint64) bool {
	for i := range r.gils {
		if r.gils[i].address == address {
			return true
		}
	}
	return false
}

// Holdings tells who holds each GIL now. The slice is valid until the next call.
//
// One system call reads every GIL and, on the guess that the holder is still the same, the holder's thread id. Only where
// the holder has changed is a second one needed.
func (r *Reader) Holdings() ([]Holding, error) {
	r.held = r.held[:0]
	if len(r.gils) == 0 {
		if err := r.FindInterpreters(); err != nil || len(r.gils) == 0 {
			return nil, err
		}
	}
	r.local, r.remote = r.local[:0], r.remote[:0]
	for i := range r.gils {
		g := &r.gils[i]
		r.want(g.state[:], g.address)
		if g.holder != 0 {
			r.want(g.id[:], g.holder+r.offsets.nativeThreadID)
		}
	}
	if err := r.mem.readv(r.local, r.remote); err != nil {
		// An interpreter or the holder's thread state is gone: start again from the list.
		r.gils = r.gils[:0]
		return nil, err
	}
	for i := range r.gils {
		r.held = append(r.held, r.holding(&r.gils[i]))
	}
	return r.held, nil
}

func (r *Reader) want(buf []byte, address uint64) {
	r.local = append(r.local, unix.Iovec{Base: &buf[0], Len: uint64(len(buf))})
	r.remote = append(r.remote, unix.RemoteIovec{Base: uintptr(address), Len: len(buf)})
}

// holding makes sense of what was read of a GIL.
func (r *Reader) holding(g *gil) Holding {
	h := Holding{Address: g.address}
	if r.offsets.freeThreaded && binary.LittleEndian.Uint32(g.state[r.offsets.gilEnabled:]) == 0 {
		h.Off = true
		return h
	}
	locked := int32(binary.LittleEndian.Uint32(g.state[r.offsets.gilLocked:]))
	holder := binary.LittleEndian.Uint64(g.state[r.offsets.gilHolder:])
	if locked != 1 || holder == 0 {
		return h
	}
	if holder != g.holder {
		g.holder = holder
		if err := r.mem.read(holder+r.offsets.nativeThreadID, g.id[:]); err != nil {
			g.holder = 0
			return h
		}
	}
	h.TID = int(binary.LittleEndian.Uint64(g.id[:]))
	return h
}
