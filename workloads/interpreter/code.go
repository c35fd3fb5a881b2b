package interpreter

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// code is a code object of the target: the body of a function, of a class or of a module.
type code struct {
	address uint64
	block   []byte // what was read of it
	ok      bool
	asked   uint64 // the look in which it was asked for last
	checked uint64 // the look in which it was found the same as before, or its names were read

	known    bool   // what is below is known to be right
	readIn   uint64 // the look in which the names were read
	identity identity
	spelling spelling // of the name
	own      bool     // the user's own code
	name     string
	file     string
	line     int
}

// identity is what tells whether a code object is still the one whose names are kept.
type identity struct {
	objectType, filename, qualname uint64
	line                           uint32
}

// spelling is a string's memory. A code object and its name that are freed together may both have successors at the same
// addresses, so that only the characters tell.
type spelling struct {
	block []byte // as it was when the names were read
	now   []byte // as it is
	ok    bool
}

// codeAt returns the code object at an address, nil where there cannot be one. Unless it was checked in this look it asks
// for it to be read; the walk that needs it comes again in the next turn.
func (f *Functions) codeAt(address uint64) *code {
	if !plausible(address) {
		return nil
	}
	c := f.codes[address]
	if c == nil {
		c = &code{address: address, block: make([]byte, f.at.code.size)}
		f.codes[address] = c
	}
	if c.checked != f.look && c.asked != f.look {
		c.asked = f.look
		f.asked = append(f.asked, c)
		f.pieces = append(f.pieces, piece{address + f.at.code.from, c.block, &c.ok})
		if c.known {
			f.pieces = append(f.pieces, piece{c.identity.qualname + f.at.text.from, c.spelling.now, &c.spelling.ok})
		}
	}
	return c
}

// check makes sense of what was read of a code object: the names that are kept are still right, or they are read.
func (f *Functions) check(c *code) {
	c.checked = f.look
	if !c.ok {
		c.known = false
		return
	}
	now := f.identify(c.block)
	if c.known && now == c.identity && f.same(&c.spelling) && f.look-c.readIn < codeLifetime {
		return
	}
	c.known = false
	if f.fresh++; f.fresh > maxFreshCodes {
		return // the next look goes on with it
	}
	file, _, fileOK := f.text(now.filename)
	name, block, nameOK := f.text(now.qualname)
	if !fileOK || !nameOK || !f.isType(now.objectType, &f.codeType, "code") {
		return
	}
	// It may have been freed, and its strings with it, while they were read.
	again := slices.Clone(c.block)
	if !f.read(c.address+f.at.code.from, again) || f.identify(again) != now {
		return
	}
	c.known, c.readIn, c.identity = true, f.look, now
	c.spelling = spelling{block: block, now: make([]byte, len(block))}
	c.name, c.file, c.line = shorten(name), file, int(int32(now.line))
	// Line 0 has what the interpreter puts below a class's __init__ (_Py_InitCleanup), with "__init__" for a file.
	c.own = c.line > 0 && f.own(file)
}

func (f *Functions) identify(block []byte) identity {
	at, code := &f.at, f.at.code
	return identity{
		objectType: code.word(block, at.objectType),
		filename:   code.word(block, at.filename), qualname: code.word(block, at.qualname),
		line: uint32(code.word(block, at.firstLine)),
	}
}

// same tells whether a string is spelt as before. Its header has also a hash and flags, which may change.
func (f *Functions) same(s *spelling) bool {
	return s.ok && f.at.text.word(s.block, f.at.textLength) == f.at.text.word(s.now, f.at.textLength) &&
		bytes.Equal(s.block[f.at.text.size:], s.now[f.at.text.size:])
}

// isType tells whether a type is the one of that name. Its address is remembered.
func (f *Functions) isType(address uint64, known *uint64, name string) bool {
	if address == *known {
		return true
	}
	var pointer [8]byte
	buf := make([]byte, len(name)+1)
	if !plausible(address) || !f.read(address+f.at.typeName, pointer[:]) {
		return false
	}
	// A string of C, at any address, ends with a zero.
	if !f.read(binary.LittleEndian.Uint64(pointer[:]), buf) || string(buf) != name+"\x00" {
		return false
	}
	*known = address
	return true
}
