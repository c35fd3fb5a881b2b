package interpreter

import (
	"encoding/binary"
	"errors"
	"slices"
	"testing"
)

func (m *fake) close() {}

// newFakeReader opens a fake process, whose two interpreters have GILs of their own: thread 101 holds the one of the main
// interpreter, nobody the other.
func newFakeReader(t testing.TB) (*fake, places, *Reader) {
	t.Helper()
	m, p := newFake()
	for _, interpreter := range []uint64{p.main, p.sub} {
		m.put(interpreter+16, interpreter+7000)
	}
	m.put(p.main+7008, p.first)
	m.put(p.main+7016, 1)
	r := &Reader{mem: &memory{source: m}, runtime: fakeBase}
	var err error
	if r.offsets, err = parseOffsets(table314()); err != nil {
		t.Fatal(err)
	}
	copy(r.start[:], table314())
	return m, p, r
}

// Whatever is spoiled in the target's memory, who is told to hold a GIL is one of its threads; and when the memory is right
// again, so is the answer.
func TestHoldingsOfSpoiledMemory(t *testing.T) {
	_, p, _ := newFakeReader(t)
	free, mine := Holding{Address: p.sub + 7000, Interpreter: 1}, Holding{Address: p.main + 7000, TID: 101}
	nobody := Holding{Address: p.main + 7000}
	sound := []Holding{free, mine}
	for name, test := range map[string]struct {
		spoil func(m *fake)
		want  []Holding // from FindInterpreters and Holdings; none is an error
	}{
		"nothing":             {func(*fake) {}, sound},
		"free":                {func(m *fake) { m.put(p.main+7016, 0) }, []Holding{free, nobody}},
		"not made yet":        {func(m *fake) { m.put(p.main+7016, 1<<32-1) }, []Holding{free, nobody}},
		"the other thread":    {func(m *fake) { m.put(p.main+7008, p.second) }, []Holding{free, {Address: p.main + 7000, TID: 102}}},
		"no holder yet":       {func(m *fake) { m.put(p.main+7008, 0) }, []Holding{free, nobody}},
		"holder not mapped":   {func(m *fake) { m.put(p.main+7008, 1<<40) }, []Holding{free, nobody}},
		"holder not aligned":  {func(m *fake) { m.put(p.main+7008, p.first+4) }, []Holding{free, nobody}},
		"holder is no thread": {func(m *fake) { m.put(p.main+7008, p.user) }, []Holding{free, nobody}},
		"holder from another": {func(m *fake) { m.put(p.main+7008, p.inside) }, []Holding{free, nobody}},
		"thread was freed":    {func(m *fake) { m.put(p.first+16, 0) }, []Holding{free, nobody}},
		"no such thread id":   {func(m *fake) { m.put(p.first+160, 1<<31) }, []Holding{free, nobody}},
		"a shared GIL": {
			func(m *fake) { m.put(p.sub+16, p.main+7000); m.put(p.main+7008, p.inside) }, []Holding{mine},
		},
		"an interpreter without a GIL yet": {func(m *fake) { m.put(p.sub+16, 0) }, []Holding{mine}},
		// What was known before still is.
		"a GIL nowhere":            {func(m *fake) { m.put(p.sub+16, p.name) }, sound},
		"interpreters in a circle": {func(m *fake) { m.put(p.main+7272, p.sub) }, sound},
		"interpreter not mapped":   {func(m *fake) { m.put(p.sub+7272, 1<<40) }, sound},
		"interpreter not aligned":  {func(m *fake) { m.put(p.sub+7272, p.main+1) }, sound},
		"another program":          {func(m *fake) { m.bytes[11]++ }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			m, _, r := newFakeReader(t)
			right := slices.Clone(m.bytes)
			look := func(when string, want []Holding) {
				t.Helper()
				r.FindInterpreters()
				for range 2 { // the second one guesses the holder
					if held, err := r.Holdings(); !slices.Equal(held, want) || (err == nil) != (want != nil) {
						t.Errorf("%s: %+v, %v; want %+v", when, held, err, want)
					}
				}
			}
			look("sound", sound)
			test.spoil(m)
			look("spoiled", test.want)
			copy(m.bytes, right)
			look("sound again", sound)
			m.gone = true
			look("gone", nil)
		})
	}
}

// FuzzHoldings changes words of a process's memory between reads. Whatever is in it, a read ends, without too much to read,
// and tells a thread's id or none.
func FuzzHoldings(f *testing.F) {
	m, p, _ := newFakeReader(f)
	at := func(changes ...uint64) (data []byte) {
		for i := 0; i < len(changes); i += 2 {
			data = binary.LittleEndian.AppendUint16(data, uint16(changes[i]-fakeBase))
			data = binary.LittleEndian.AppendUint64(data, changes[i+1])
		}
		return data
	}
	f.Add(at(p.main+7272, p.sub, p.sub+7272, p.sub))
	f.Add(at(p.main+7008, p.second, p.second+16, p.sub, p.second+160, 1<<63))
	f.Add(at(p.sub+16, p.main+7000, p.main+7008, p.inside, p.sub+16, p.sub+7000))
	f.Add(at(fakeBase+808, p.first, fakeBase+808, 0))
	f.Add(at(fakeBase+8*16, 0, fakeBase+8*25, 900, fakeBase+8*28, 0)) // the table itself
	f.Add(at(p.sub+16, 1<<62, p.main+7016, 1<<32-1))
	sound := slices.Clone(m.bytes)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, _, r := newFakeReader(t)
		copy(m.bytes, sound)
		for len(data) >= 10 {
			place, word := uint64(binary.LittleEndian.Uint16(data)), binary.LittleEndian.Uint64(data[2:])
			data = data[10:]
			if place+8 <= uint64(len(m.bytes)) {
				m.put(fakeBase+place, word)
			}
			if table := m.bytes[:frameTableSize()]; place < uint64(len(table)) {
				var err error
				if r.offsets, err = parseOffsets(table); err != nil {
					return
				}
				copy(r.start[:], table)
			}
			m.reads = 0
			if err := r.FindInterpreters(); err != nil && !errors.Is(err, errBrokenList) && !errors.Is(err, errUnmapped) {
				t.Fatal(err)
			}
			held, err := r.Holdings()
			if err != nil && !errors.Is(err, errReplaced) && !errors.Is(err, errBrokenList) && !errors.Is(err, errUnmapped) {
				t.Fatal(err)
			}
			if m.reads > 20_000 {
				t.Fatalf("%d reads", m.reads)
			}
			for _, h := range held {
				if h.TID < 0 || h.TID > 1<<31-1 {
					t.Fatalf("%+v", h)
				}
			}
		}
	})
}
