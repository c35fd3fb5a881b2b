package interpreter

import (
	"encoding/binary"
	"slices"
	"testing"
)

// FuzzTables reads a process whose table of offsets is wrong in some words. It is refused, or what it leads to is read and
// told as far as it makes sense: a read ends, and stays inside what was asked for.
func FuzzTables(f *testing.F) {
	change := func(changes ...uint64) (data []byte) {
		for i := 0; i < len(changes); i += 2 {
			data = append(data, byte(changes[i]))
			data = binary.LittleEndian.AppendUint64(data, changes[i+1])
		}
		return data
	}
	f.Add(change(2, 1))                     // free-threaded
	f.Add(change(1, 0x030d00f0))            // as 3.13 has it
	f.Add(change(24, 0, 25, 900, 26, 1000)) // threads
	f.Add(change(32, 0, 33, 1016, 36, 7))   // frames
	f.Add(change(36, 1<<64-4))              // past the end of all numbers
	f.Add(change(78, 0, 79, 0, 80, 1<<10))  // strings
	f.Add(change(9, 1<<20, 7, 1<<19, 8, 0, 5, 1<<20))
	m, _ := newFake()
	sound := slices.Clone(m.bytes)
	f.Fuzz(func(t *testing.T, data []byte) {
		copy(m.bytes, sound)
		table := m.bytes[:frameTableSize()]
		for ; len(data) >= 9; data = data[9:] {
			if place := 8 * int(data[0]); place+8 <= len(table) {
				copy(table[place:], data[1:9])
			}
		}
		functions, err := newFunctions(m, fakeBase, table, OwnCode())
		if err != nil {
			return
		}
		for range 3 {
			found, _ := functions.Look()
			for _, at := range found {
				if at.TID <= 0 || len(at.Name) > 4*maxName || at.Name != "" && !OwnCode()(at.File) {
					t.Fatalf("%+v", at)
				}
			}
			if m.reads > 20_000 {
				t.Fatalf("%d reads", m.reads)
			}
			m.reads = 0
		}
	})
}
