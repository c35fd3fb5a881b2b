package interpreter

import (
	"encoding/binary"
	"errors"
	"strings"
)

// runtimeSection is the section that _PyRuntime has to itself in a Windows program: names there have eight bytes.
const runtimeSection = "PyRuntim"

// peHeaderSize is how much of a module's start is read to find its sections. It is one page, which is mapped as a whole.
const peHeaderSize = 4096

var (
	errNotPE  = errors.New("its headers are not those of a 64-bit Windows program")
	errPECut  = errors.New("its table of sections is cut short")
	errPE32   = errors.New("it is a 32-bit program, which is not read")
	errTooFar = errors.New("its section for _PyRuntime lies outside it")
)

// sectionRVA finds a section in the headers of a Windows program or library, as they stand at the start of its file and of
// its image in memory. It returns where the section lies in memory, counted from the image's start. The error is
// ErrNoRuntime when there is none of that name.
func sectionRVA(headers []byte, name string) (uint64, error) {
	const (
		newHeader   = 0x3c // where the DOS header says where the real one is
		optional    = 24   // from the real one: behind its signature and the COFF header
		wide        = 0x20b
		narrow      = 0x10b
		imageSizeAt = 56 // in the optional header
		sectionSize = 40
	)
	if len(headers) < newHeader+4 || string(headers[:2]) != "MZ" {
		return 0, errNotPE
	}
	at := int64(binary.LittleEndian.Uint32(headers[newHeader:]))
	if at+optional+imageSizeAt+4 > int64(len(headers)) || string(headers[at:at+4]) != "PE\x00\x00" {
		return 0, errNotPE
	}
	header := headers[at:]
	count, optionalSize := int(binary.LittleEndian.Uint16(header[6:])), int(binary.LittleEndian.Uint16(header[20:]))
	switch binary.LittleEndian.Uint16(header[optional:]) {
	case wide:
	case narrow:
		return 0, errPE32
	default:
		return 0, errNotPE
	}
	imageSize := binary.LittleEndian.Uint32(header[optional+imageSizeAt:])
	for i := range count {
		from := optional + optionalSize + i*sectionSize
		if from+sectionSize > len(header) {
			return 0, errPECut
		}
		section := header[from : from+sectionSize]
		if strings.TrimRight(string(section[:8]), "\x00") != name {
			continue
		}
		rva := binary.LittleEndian.Uint32(section[12:])
		if rva >= imageSize {
			return 0, errTooFar
		}
		return uint64(rva), nil
	}
	return 0, ErrNoRuntime
}

// isPythonLibrary tells by a library's name whether _PyRuntime may be in it: python313.dll, python314t.dll (free-threaded),
// python314_d.dll (debugging).
func isPythonLibrary(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "python3") && strings.HasSuffix(name, ".dll")
}
