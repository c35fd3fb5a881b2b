package interpreter

import (
	"encoding/binary"
	"unicode/utf8"
)

const (
	maxText = 4096 // characters: a file's name is no longer
	maxName = 255  // characters kept of a function's name
)

// compactHeader is by how much the header of a string that is not ASCII is longer: the length and address of its UTF-8.
const compactHeader = 16

// text reads a string of the target (PEP 393): a header and, directly behind it, characters of one, two or four bytes. It
// returns also the memory that the string is in, from its header on.
func (f *Functions) text(address uint64) (text string, block []byte, ok bool) {
	at := &f.at
	header := make([]byte, at.text.size)
	if !plausible(address) || !f.read(address+at.text.from, header) {
		return "", nil, false
	}
	if !f.isType(at.text.word(header, at.objectType), &f.textType, "str") {
		return "", nil, false
	}
	length := at.text.word(header, at.textLength)
	state := at.text.word(header, at.textState) >> at.kindShift
	width, compact, ascii := state&7, state>>3&1 == 1, state>>4&1 == 1
	if length > maxText || !compact || width != 1 && width != 2 && width != 4 || ascii && width != 1 {
		return "", nil, false
	}
	data := at.textHeader - at.text.from
	if !ascii {
		data += compactHeader
	}
	block = make([]byte, data+length*width)
	if !f.read(address+at.text.from, block) || at.text.word(block, at.textLength) != length {
		return "", nil, false
	}
	text, ok = decode(block[data:], int(width), ascii)
	return text, block, ok
}

// decode turns characters of one, two or four bytes into a string. There is none where a character is not one.
func decode(characters []byte, width int, ascii bool) (string, bool) {
	text := make([]byte, 0, len(characters))
	for ; len(characters) >= width; characters = characters[width:] {
		var c uint32
		switch width {
		case 1:
			c = uint32(characters[0])
		case 2:
			c = uint32(binary.LittleEndian.Uint16(characters))
		default:
			c = binary.LittleEndian.Uint32(characters)
		}
		if ascii && c >= utf8.RuneSelf || c > utf8.MaxRune {
			return "", false
		}
		text = utf8.AppendRune(text, rune(c)) // half a surrogate pair, as in a name with undecodable bytes, becomes U+FFFD
	}
	return string(text), true
}

// shorten cuts a name to the length that is kept.
func shorten(name string) string {
	characters := 0
	for i := range name {
		if characters == maxName {
			return name[:i]
		}
		characters++
	}
	return name
}
