package interpreter

import (
	"encoding/binary"
	"errors"
)

// Each system has a file memory_GOOS.go with openSource, which returns a source with
//
//	close()       lets go of the process
//
// and one locate_GOOS.go with locate, which returns the address of _PyRuntime in a process.

var (
	// errUnmapped says that something could not be read at an address.
	errUnmapped = errors.New("an address in the interpreter's memory is not mapped")
	// ErrNoRuntime says that no file of the process has a section for _PyRuntime.
	ErrNoRuntime = errors.New("no CPython 3.13 or newer in it")
)

// processMemory is what a system's openSource returns.
type processMemory interface {
	source
	close()
}

// memory reads the memory of one process piece by piece, for what is not read often.
type memory struct {
	source processMemory
	ok     bool
	single [1]piece
	buf    [8]byte
}

func (m *memory) close() { m.source.close() }

// read fills buf from an address.
func (m *memory) read(address uint64, buf []byte) error {
	m.single[0] = piece{address, buf, &m.ok}
	if err := m.source.readPieces(m.single[:]); err != nil {
		return err
	}
	if !m.ok {
		return errUnmapped
	}
	return nil
}

// word reads eight bytes.
func (m *memory) word(address uint64) (uint64, error) {
	err := m.read(address, m.buf[:])
	return binary.LittleEndian.Uint64(m.buf[:]), err
}
