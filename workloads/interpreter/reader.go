package interpreter

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// Holding is who holds a GIL at one moment.
type Holding struct {
	Address uint64 // of the GIL: a wait on something from here on is a wait for it
	TID     int    // the thread that holds it, 0 when nobody does or it cannot be told
	Off     bool   // this build runs without a GIL
	// Interpreter is the id of the interpreter whose GIL it is: 0 for the main one, and for those that share its GIL.
	Interpreter int64
}

// Covers tells whether an address lies inside the GIL's state.
func (h Holding) Covers(address uint64) bool {
	return address >= h.Address && address < h.Address+gilSize
}

// Reader reads the GILs of one process. It is not safe for concurrent use.
type Reader struct {
	pid       int
	mem       *memory
	runtime   uint64 // the address of _PyRuntime
	offsets   offsets
	start     [24]byte // of _PyRuntime: cookie, version, kind of build
	started   [24]byte // the same, now
	startedOK bool
	gils      []gil
	finding   []gil // those that the walk under way has found
	pieces    []piece
	held      []Holding
}

// Open finds the interpreter in a process. The error says why there is none that can be read: it is no CPython, one too
// old, or one too new (ErrUnknownVersion), or the system does not allow it.
func Open(pid int) (*Reader, error) {
	source, err := openSource(pid)
	if err != nil {
		return nil, fmt.Errorf("open process %d: %w", pid, err)
	}
	r := &Reader{pid: pid, mem: &memory{source: source}}
	if err := r.open(); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

func (r *Reader) open() error {
	address, err := locate(r.pid, r.mem)
	if err != nil {
		return fmt.Errorf("find the interpreter of process %d: %w", r.pid, err)
	}
	r.runtime = address
	table := make([]byte, 8*maxWords())
	if err := r.mem.read(address, table); err != nil {
		return fmt.Errorf("read the interpreter of process %d: %w", r.pid, err)
	}
	if r.offsets, err = parseOffsets(table); err != nil {
		return fmt.Errorf("process %d: %w", r.pid, err)
	}
	copy(r.start[:], table)
	return nil
}

// Close lets go of the process, for the Reader and its Functions. On Linux there is nothing to let go of.
func (r *Reader) Close() { r.mem.close() }

// Functions returns a reader of the functions that the process's threads are in. own says by a file's name whether its code
// is the user's own; it is asked once for each code object (OwnCode makes one). The Functions reads through the Reader: no
// two of their methods may run at once.
func (r *Reader) Functions(own func(filename string) bool) (*Functions, error) {
	table := make([]byte, frameTableSize())
	if err := r.mem.read(r.runtime, table); err != nil {
		return nil, fmt.Errorf("read the interpreter of process %d: %w", r.pid, err)
	}
	f, err := newFunctions(r.mem.source, r.runtime, table, own)
	if err != nil {
		return nil, fmt.Errorf("process %d: %w", r.pid, err)
	}
	return f, nil
}

// Holdings tells who holds each GIL now. The slice is valid until the next call. The error means that there is nothing to be
// read any more: the process has ended or runs another program.
//
// All GILs are read at once and, on the guess that the holder is still the same, the holder's thread state: on Linux with one
// system call. Only where the holder has changed is a second one needed.
func (r *Reader) Holdings() ([]Holding, error) {
	r.held = r.held[:0]
	if len(r.gils) == 0 {
		if err := r.FindInterpreters(); err != nil || len(r.gils) == 0 {
			return nil, err
		}
	}
	r.pieces = append(r.pieces[:0], piece{r.runtime, r.started[:], &r.startedOK})
	for i := range r.gils {
		g := &r.gils[i]
		r.pieces = append(r.pieces, piece{g.address, g.state[:], &g.stateOK})
		if g.holder != 0 {
			r.pieces = append(r.pieces, r.threadPiece(g))
		}
	}
	if err := r.mem.source.readPieces(r.pieces); err != nil {
		r.gils = r.gils[:0]
		return nil, err
	}
	if !r.startedOK || r.started != r.start {
		r.gils = r.gils[:0]
		return nil, errReplaced
	}
	r.gils = slices.DeleteFunc(r.gils, func(g gil) bool { return !g.stateOK }) // their interpreters are gone
	for i := range r.gils {
		r.held = append(r.held, r.holding(&r.gils[i]))
	}
	return r.held, nil
}

// holding makes sense of what was read of a GIL.
func (r *Reader) holding(g *gil) Holding {
	h := Holding{Address: g.address, Interpreter: g.interpreter}
	if r.offsets.freeThreaded && binary.LittleEndian.Uint32(g.state[r.offsets.gilEnabled:]) == 0 {
		h.Off = true
		return h
	}
	locked := int32(binary.LittleEndian.Uint32(g.state[r.offsets.gilLocked:]))
	holder := binary.LittleEndian.Uint64(g.state[r.offsets.gilHolder:])
	if locked != 1 || holder == 0 {
		return h
	}
	if holder != g.holder || !g.threadOK {
		g.holder, g.threadOK = holder, false
		r.pieces = append(r.pieces[:0], r.threadPiece(g))
		if !plausible(holder) || r.mem.source.readPieces(r.pieces) != nil || !g.threadOK {
			g.holder = 0
			return h
		}
	}
	h.TID = r.holderID(g)
	return h
}
