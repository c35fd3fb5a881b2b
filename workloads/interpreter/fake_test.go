package interpreter

import (
	"encoding/binary"
	"errors"
	"testing"
)

// fake is a process made of bytes: one mapping, with two interpreters, three threads and their frames in it.
type fake struct {
	bytes []byte
	next  uint64 // where the next structure goes
	reads int    // pieces that were asked for
	gone  bool
}

const fakeBase = 0x10000

func (m *fake) readPieces(pieces []piece) error {
	if m.gone {
		return errors.New("no such process")
	}
	for _, p := range pieces {
		m.reads++
		end := p.address + uint64(len(p.buf))
		*p.ok = p.address >= fakeBase && end > p.address && end <= fakeBase+uint64(len(m.bytes))
		if *p.ok {
			copy(p.buf, m.bytes[p.address-fakeBase:])
		}
	}
	return nil
}

func (m *fake) alloc(size uint64) uint64 {
	at := m.next
	m.next = (at + size + 15) &^ 15
	return at
}

func (m *fake) put(address, word uint64) {
	binary.LittleEndian.PutUint64(m.bytes[address-fakeBase:], word)
}

// text makes a string whose characters have the given width; width 0 is ASCII.
func (m *fake) text(textType uint64, s []rune, width uint64) uint64 {
	at := m.alloc(56 + 4*uint64(len(s)))
	m.put(at+8, textType)
	m.put(at+16, uint64(len(s)))
	state, data := uint64(1<<5|1<<6|1<<2), at+40
	if width > 0 {
		state, data = 1<<5|width<<2, at+56
	}
	m.put(at+32, state)
	for i, c := range s {
		place := m.bytes[data-fakeBase+uint64(i)*max(width, 1):]
		switch width {
		case 2:
			binary.LittleEndian.PutUint16(place, uint16(c))
		case 4:
			binary.LittleEndian.PutUint32(place, uint32(c))
		default:
			place[0] = byte(c)
		}
	}
	return at
}

// named makes a type of that name.
func (m *fake) named(name string) uint64 {
	at, text := m.alloc(416), m.alloc(16)
	copy(m.bytes[text-fakeBase:], name)
	m.put(at+24, text)
	return at
}

// places are the addresses of what is in a fake process.
type places struct {
	main, sub           uint64 // interpreters
	first, second       uint64 // threads of the main one
	inside              uint64 // thread of the subinterpreter
	top, middle, bottom uint64 // frames of the first thread, above the interpreter's own
	user, library       uint64 // code objects
	name, file          uint64 // strings of the user's code
	otherName           uint64 // a string
	libraryFile         uint64 // a string of the library's code
}

func newFake() (*fake, places) {
	m := &fake{bytes: make([]byte, 64<<10), next: fakeBase}
	runtime := m.alloc(1024)
	copy(m.bytes, table314())
	var p places
	p.sub, p.main = m.alloc(7400), m.alloc(7400)
	m.put(runtime+808, p.sub) // the newest is the first
	m.put(p.sub+7272, p.main)
	m.put(p.sub+7280, 1)

	codeType, textType := m.named("code"), m.named("str")
	code := func(file, name uint64, line uint64) uint64 {
		at := m.alloc(216)
		m.put(at+8, codeType)
		m.put(at+112, file)
		m.put(at+128, name)
		m.put(at+68, line)
		return at
	}
	p.file, p.name = m.text(textType, []rune("/home/me/shop.py"), 0), m.text(textType, []rune("Shop.größe"), 1)
	p.user = code(p.file, p.name, 12)
	p.otherName = m.text(textType, []rune("other"), 0)
	p.libraryFile = m.text(textType, []rune("/usr/lib/python3.14/queue.py"), 0)
	p.library = code(p.libraryFile, m.text(textType, []rune("get"), 0), 3)
	frame := func(code, previous uint64, owner byte) uint64 {
		at := m.alloc(200)
		m.put(at, code|1)
		m.put(at+8, previous)
		m.bytes[at+74-fakeBase] = owner
		return at
	}
	thread := func(interpreter, next, frame, tid uint64) uint64 {
		at := m.alloc(832)
		m.put(at+8, next)
		m.put(at+16, interpreter)
		m.put(at+72, frame)
		m.put(at+160, tid)
		return at
	}
	base := frame(0x8, 0, 4)
	p.bottom = frame(p.user, base, 0)
	p.middle = frame(0x8, p.bottom, 3)
	m.next = (m.next + pageSize - 1) &^ (pageSize - 1) // the callers are on another page
	p.top = frame(p.library, p.middle, 1)
	p.second = thread(p.main, 0, frame(p.library, base, 0), 102)
	p.first = thread(p.main, p.second, p.top, 101)
	p.inside = thread(p.sub, 0, p.bottom, 101)
	m.put(p.main+7344, p.first)
	m.put(p.sub+7344, p.inside)
	return m, p
}

// functions opens the fake process.
func (m *fake) functions(t testing.TB) *Functions {
	t.Helper()
	f, err := newFunctions(m, fakeBase, m.bytes[:frameTableSize()], OwnCode())
	if err != nil {
		t.Fatal(err)
	}
	return f
}
