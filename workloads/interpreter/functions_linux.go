package interpreter

import "fmt"

// Functions returns a reader of the functions that the process's threads are in. own says by a file's name whether its code
// is the user's own; it is asked once for each code object (OwnCode makes one).
func (r *Reader) Functions(own func(filename string) bool) (*Functions, error) {
	table := make([]byte, frameTableSize())
	if err := r.mem.read(r.runtime, table); err != nil {
		return nil, fmt.Errorf("read the interpreter of process %d: %w", r.mem.pid, err)
	}
	f, err := newFunctions(&vectored{mem: r.mem}, r.runtime, table, own)
	if err != nil {
		return nil, fmt.Errorf("process %d: %w", r.mem.pid, err)
	}
	return f, nil
}
