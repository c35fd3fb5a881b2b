package interpreter

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
)

func TestLook(t *testing.T) {
	m, _ := newFake()
	f := m.functions(t)
	const name, file = "Shop.größe", "/home/me/shop.py"
	want := []Function{{101, 1, name, file, 12}, {101, 0, name, file, 12}, {TID: 102}}
	if found, err := f.Look(); err != nil || !slices.Equal(found, want[:2]) {
		t.Fatalf("first look: %+v, %v", found, err)
	}
	for look := range 2 * codeLifetime {
		if found, err := f.Look(); err != nil || !slices.Equal(found, want) {
			t.Fatalf("look %d: %+v, %v", look, found, err)
		}
	}
	m.gone = true
	if found, err := f.Look(); err == nil {
		t.Errorf("of a process that is gone: %+v", found)
	}
}

// A look at what is as before makes no garbage.
func TestLookAllocates(t *testing.T) {
	m, _ := newFake()
	f := m.functions(t)
	f.Look()
	if n := testing.AllocsPerRun(codeLifetime/2, func() { f.Look() }); n > 0 {
		t.Errorf("%v allocations a look", n)
	}
}

// What is spoiled in the target's memory costs what depends on it, and no more; a look ends, and the one after it is
// right again when the memory is.
func TestLookAtSpoiledMemory(t *testing.T) {
	const first, second, inside = "101 in 0", "102 in 0", "101 in 1"
	for name, test := range map[string]struct {
		spoil func(m *fake, p places)
		want  []string // threads that are told
	}{
		"no interpreter":           {func(m *fake, p places) { m.put(fakeBase+808, 0) }, nil},
		"interpreter not mapped":   {func(m *fake, p places) { m.put(fakeBase+808, 1<<40) }, nil},
		"interpreter not aligned":  {func(m *fake, p places) { m.put(fakeBase+808, p.main+1) }, nil},
		"interpreters in a circle": {func(m *fake, p places) { m.put(p.main+7272, p.sub) }, []string{inside, first, second}},
		"interpreter of its own":   {func(m *fake, p places) { m.put(p.sub+7272, p.sub) }, []string{inside}},
		"threads in a circle":      {func(m *fake, p places) { m.put(p.second+8, p.first) }, []string{inside, first, second}},
		"thread not mapped":        {func(m *fake, p places) { m.put(p.first+8, 1<<47) }, []string{inside, first}},
		"thread of another":        {func(m *fake, p places) { m.put(p.first+16, p.sub) }, []string{inside}},
		"thread not begun":         {func(m *fake, p places) { m.put(p.first+160, 0) }, []string{inside, second}},
		"no such thread id":        {func(m *fake, p places) { m.put(p.second+160, 1<<31) }, []string{inside, first}},
		"frames in a circle":       {func(m *fake, p places) { m.put(p.middle+8, p.top) }, []string{inside, second}},
		"frame not mapped":         {func(m *fake, p places) { m.put(p.top+8, 1<<30) }, []string{inside, second}},
		"frame not aligned":        {func(m *fake, p places) { m.put(p.top+8, p.bottom+4) }, []string{inside, second}},
		"generator suspended":      {func(m *fake, p places) { m.put(p.top+8, 0) }, []string{inside, second}},
		"frame of nobody":          {func(m *fake, p places) { m.bytes[p.top+74-fakeBase] = 9 }, []string{inside, second}},
		"no code":                  {func(m *fake, p places) { m.put(p.bottom, 1) }, []string{second}},
		"code not mapped":          {func(m *fake, p places) { m.put(p.bottom, 1<<33) }, []string{second}},
		"code is no code":          {func(m *fake, p places) { m.put(p.bottom, p.name|1) }, []string{second}},
		"name not mapped":          {func(m *fake, p places) { m.put(p.user+128, 1<<35) }, []string{second}},
		"name is no string":        {func(m *fake, p places) { m.put(p.user+128, p.library) }, []string{second}},
		"name without an end":      {func(m *fake, p places) { m.put(p.name+16, 1<<60) }, []string{second}},
		"name of a strange kind":   {func(m *fake, p places) { m.put(p.name+32, 1<<5|3<<2) }, []string{second}},
		"name not compact":         {func(m *fake, p places) { m.put(p.name+32, 1<<2) }, []string{second}},
		"file not ASCII as it says": {
			func(m *fake, p places) { m.bytes[p.file+41-fakeBase] = 0xff }, []string{second},
		},
		"name of no characters": {func(m *fake, p places) { m.put(p.name+32, 1<<5|4<<2) }, []string{second}},
	} {
		m, p := newFake()
		sound := slices.Clone(m.bytes)
		f := m.functions(t)
		look := func(when string, want []string) {
			t.Helper()
			found, err := f.Look()
			var told []string
			for _, at := range found {
				told = append(told, fmt.Sprintf("%d in %d", at.TID, at.Interpreter))
			}
			if err != nil || !slices.Equal(told, want) {
				t.Errorf("%s: %s: %v, %v; want %v", name, when, told, err, want)
			}
		}
		test.spoil(m, p)
		f.Look()
		look("spoiled at first", test.want)
		copy(m.bytes, sound)
		f = m.functions(t)
		f.Look()
		look("sound", []string{inside, first, second})
		test.spoil(m, p)
		for range codeLifetime { // names that are kept may outlive their strings for that long
			f.Look()
		}
		look("spoiled later", test.want)
		copy(m.bytes, sound)
		f.Look()
		look("sound again", []string{inside, first, second})
	}
}

// A shim that was gone when it was read looks like the end of a stack, but is not believed.
func TestLookAtShimThatIsGone(t *testing.T) {
	m, p := newFake()
	f := m.functions(t)
	for look := range 10 {
		caller := p.bottom
		if look%2 == 1 {
			caller = 0
		}
		m.put(p.middle+8, caller)
		found, err := f.Look()
		if told := slices.ContainsFunc(found, func(at Function) bool { return at.TID == 101 && at.Interpreter == 0 }); err != nil || told != (caller != 0) {
			t.Errorf("look %d: %+v, %v", look, found, err)
		}
	}
}

// Another code object at the address of one whose names are kept has names of its own, at once.
func TestLookAtReusedCode(t *testing.T) {
	for name, test := range map[string]struct {
		change func(m *fake, p places)
		want   Function // of the thread in the subinterpreter
	}{
		"another name": {
			func(m *fake, p places) { m.put(p.user+128, p.otherName) },
			Function{101, 1, "other", "/home/me/shop.py", 12},
		},
		"a string of the same place": {
			func(m *fake, p places) { m.bytes[p.name+56-fakeBase] = 'C' },
			Function{101, 1, "Chop.größe", "/home/me/shop.py", 12},
		},
		"another line": {
			func(m *fake, p places) { m.put(p.user+68, 13); m.put(p.name+16, 4) },
			Function{101, 1, "Shop", "/home/me/shop.py", 13},
		},
		"another file": {
			func(m *fake, p places) { m.put(p.user+112, p.libraryFile) },
			Function{TID: 101, Interpreter: 1},
		},
		"the interpreter's own": {
			func(m *fake, p places) { m.put(p.user+68, 0) },
			Function{TID: 101, Interpreter: 1},
		},
	} {
		m, p := newFake()
		f := m.functions(t)
		before, _ := f.Look()
		before = slices.Clone(before)
		test.change(m, p)
		if found, err := f.Look(); err != nil || slices.Contains(found, before[0]) {
			t.Errorf("%s: at first %+v, %v", name, found, err)
		}
		if found, err := f.Look(); err != nil || len(found) != 3 || found[0] != test.want {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
}

// The program behind the same addresses may become another one.
func TestLookAtAnotherProgram(t *testing.T) {
	m, _ := newFake()
	f := m.functions(t)
	m.bytes[11]++
	if found, err := f.Look(); err == nil {
		t.Errorf("%+v", found)
	}
}

// FuzzLook changes words of a process's memory between looks. Whatever is in it, a look ends, without too much to read.
func FuzzLook(f *testing.F) {
	m, p := newFake()
	at := func(changes ...uint64) (data []byte) {
		for i := 0; i < len(changes); i += 2 {
			data = binary.LittleEndian.AppendUint16(data, uint16(changes[i]-fakeBase))
			data = binary.LittleEndian.AppendUint64(data, changes[i+1])
		}
		return data
	}
	f.Add(at(p.main+7272, p.sub, p.second+8, p.first))
	f.Add(at(p.bottom+8, p.top, p.bottom, p.library))
	f.Add(at(p.name+16, 200, p.name+32, 1<<5|4<<2))
	f.Add(at(p.user+128, p.file, p.file+16, 1<<63, p.top+8, p.top))
	f.Add(at(fakeBase+808, p.first))
	sound := slices.Clone(m.bytes)
	f.Fuzz(func(t *testing.T, data []byte) {
		copy(m.bytes, sound)
		functions := m.functions(t)
		functions.Look()
		for len(data) >= 10 {
			place, word := uint64(binary.LittleEndian.Uint16(data)), binary.LittleEndian.Uint64(data[2:])
			data = data[10:]
			if place >= 24 && place+8 <= uint64(len(m.bytes)) {
				m.put(fakeBase+place, word)
			}
			m.reads = 0
			found, err := functions.Look()
			if err != nil {
				t.Fatal(err)
			}
			if m.reads > 20_000 {
				t.Fatalf("%d reads", m.reads)
			}
			for _, at := range found {
				if at.TID <= 0 || len(at.Name) > 4*maxName || at.Name != "" && !OwnCode()(at.File) {
					t.Fatalf("%+v", at)
				}
			}
		}
	})
}
