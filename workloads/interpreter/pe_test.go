package interpreter

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The first kilobyte of the python314.dll that is built into Regatta for Windows: its headers.
func TestSectionOfRealLibrary(t *testing.T) {
	headers, err := os.ReadFile("testdata/python314.dll.head")
	if err != nil {
		t.Fatal(err)
	}
	if rva, err := sectionRVA(headers, runtimeSection); err != nil || rva != 0x66a000 {
		t.Errorf("_PyRuntime at %#x, %v; want 0x66a000", rva, err)
	}
	if _, err := sectionRVA(headers, "PyRuntime"); !errors.Is(err, ErrNoRuntime) {
		t.Errorf("a section whose name is too long was found: %v", err)
	}
}

// What debug/pe finds in a program that this Go makes for Windows is found.
func TestSectionsOfProgram(t *testing.T) {
	dir := t.TempDir()
	source, program := filepath.Join(dir, "main.go"), filepath.Join(dir, "main.exe")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", program, source)
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Skipf("no program for Windows can be built here: %v: %s", err, out)
	}
	image, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	file, err := pe.NewFile(bytes.NewReader(image))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, s := range file.Sections {
		if len(s.Name) > 8 {
			continue // a long name stands elsewhere in the file
		}
		found++
		if rva, err := sectionRVA(image[:peHeaderSize], s.Name); err != nil || rva != uint64(s.VirtualAddress) {
			t.Errorf("%s at %#x, %v; want %#x", s.Name, rva, err, s.VirtualAddress)
		}
	}
	if found < 3 {
		t.Errorf("only %d sections", found)
	}
}

// image makes the headers of a program with these sections, a page each.
func image(magic uint16, sections ...string) []byte {
	const at, optionalSize = 0x80, 240
	b := make([]byte, 1024)
	copy(b, "MZ")
	binary.LittleEndian.PutUint32(b[0x3c:], at)
	copy(b[at:], "PE\x00\x00")
	binary.LittleEndian.PutUint16(b[at+6:], uint16(len(sections)))
	binary.LittleEndian.PutUint16(b[at+20:], optionalSize)
	binary.LittleEndian.PutUint16(b[at+24:], magic)
	binary.LittleEndian.PutUint32(b[at+24+56:], uint32(0x1000*(len(sections)+1)))
	for i, name := range sections {
		section := b[at+24+optionalSize+40*i:]
		copy(section[:8], name)
		binary.LittleEndian.PutUint32(section[12:], uint32(0x1000*(i+1)))
	}
	return b
}

func TestSection(t *testing.T) {
	good := image(0x20b, ".text", "PyRuntim", ".data")
	change := func(at int, to ...byte) []byte {
		b := bytes.Clone(good)
		copy(b[at:], to)
		return b
	}
	for name, test := range map[string]struct {
		headers []byte
		want    uint64
		err     error
	}{
		"sound":                        {good, 0x2000, nil},
		"first section":                {image(0x20b, "PyRuntim"), 0x1000, nil},
		"no such section":              {image(0x20b, ".text", "PyRunti", ".data"), 0, ErrNoRuntime},
		"no sections":                  {image(0x20b), 0, ErrNoRuntime},
		"32 bits":                      {image(0x10b, "PyRuntim"), 0, errPE32},
		"no optional header":           {image(0, "PyRuntim"), 0, errNotPE},
		"empty":                        {nil, 0, errNotPE},
		"zeros":                        {make([]byte, peHeaderSize), 0, errNotPE},
		"an ELF file":                  {append([]byte("\x7fELF"), make([]byte, 4092)...), 0, errNotPE},
		"header outside":               {change(0x3c, 0xff, 0xff, 0xff, 0xff), 0, errNotPE},
		"header at the end":            {change(0x3c, 0xf0, 0x03), 0, errNotPE},
		"no signature":                 {change(0x80, 'N', 'E'), 0, errNotPE},
		"more sections than there are": {change(0x80+6, 0xff, 0xff, 0, 0), 0x2000, nil},
		"cut before the section":       {good[:0x80+24+240+40+39], 0, errPECut},
		"optional header too large":    {change(0x80+20, 0xff, 0xff), 0, errPECut},
		"section outside":              {change(0x80+24+240+40+12, 0, 0, 0, 0x7f), 0, errTooFar},
	} {
		if rva, err := sectionRVA(test.headers, runtimeSection); rva != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s: %#x, %v; want %#x, %v", name, rva, err, test.want, test.err)
		}
	}
}

func FuzzSection(f *testing.F) {
	f.Add(image(0x20b, ".text", "PyRuntim", ".data"))
	f.Add(image(0x10b, "PyRuntim"))
	f.Fuzz(func(t *testing.T, headers []byte) {
		if rva, err := sectionRVA(headers, runtimeSection); err != nil && rva != 0 || rva > 1<<32 {
			t.Errorf("%#x, %v", rva, err)
		}
	})
}

func TestIsPythonLibrary(t *testing.T) {
	for name, want := range map[string]bool{
		"python313.dll": true, "python314t.dll": true, "PYTHON314_D.DLL": true, "python3.dll": true, // which has no such section
		"python27.dll": false, "pythoncom314.dll": false, "kernel32.dll": false, "python314.dll.bak": false, "": false,
	} {
		if isPythonLibrary(name) != want {
			t.Errorf("%q: %t", name, !want)
		}
	}
}
