package interpreter

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// table314 makes a table of offsets as CPython 3.14.6 has it.
func table314() []byte {
	table := make([]byte, frameTableSize())
	copy(table, cookie)
	put := func(word int, v uint64) { binary.LittleEndian.PutUint64(table[8*word:], v) }
	put(1, 0x030e06f0)
	put(5, 808)
	put(8, 7272)
	put(15, 16)
	put(16, 7000)
	put(18, 7016)
	put(19, 7008)
	put(28, 160)
	for word, offset := range map[int]uint64{
		7: 7280, 9: 7344, 24: 8, 25: 16, 26: 72, 32: 8, 33: 0, 36: 74, 40: 112, 42: 128, 44: 68, 51: 8, 53: 24, 78: 32, 79: 16, 80: 40,
	} {
		put(word, offset)
	}
	return table
}

func TestParseOffsets(t *testing.T) {
	o, err := parseOffsets(table314())
	want := offsets{
		interpretersHead: 808, interpreterNext: 7272, interpreterID: 7280, cevalGIL: 16,
		gilOwn: 7000, gilLocked: 16, gilHolder: 8,
		threadInterpreter: 16, nativeThreadID: 160, holder: span{16, 152},
	}
	if err != nil || o != want {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestParseOffsetsRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func([]byte) []byte
		want  string
	}{
		"older":   {func(b []byte) []byte { b[0] = 'X'; return b }, "3.13 or newer"},
		"newer":   {func(b []byte) []byte { b[10] = 0x0f; return b }, "CPython 3.15: its layout is not known"},
		"short":   {func(b []byte) []byte { return b[:100] }, "cut short"},
		"empty":   {func([]byte) []byte { return nil }, "3.13 or newer"},
		"garbage": {func(b []byte) []byte { b[8*15+7] = 0xff; return b }, "damaged at word 15"},
		"wide":    {func(b []byte) []byte { b[8*28+1] = 0xff; return b }, "threads are too large"},
		"outside": {func(b []byte) []byte { b[8*19+1] = 0xff; return b }, "outside it"},
	} {
		_, err := parseOffsets(test.spoil(table314()))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if (name == "newer") != errors.Is(err, ErrUnknownVersion) {
			t.Errorf("%s: %v and ErrUnknownVersion", name, err)
		}
		if (name == "older" || name == "empty") != errors.Is(err, ErrNoRuntime) {
			t.Errorf("%s: %v and ErrNoRuntime", name, err)
		}
	}
}

func FuzzParseOffsets(f *testing.F) {
	f.Add(table314())
	f.Fuzz(func(t *testing.T, table []byte) {
		o, err := parseOffsets(table)
		if err == nil && (o.gilLocked > gilReadSize-4 || o.gilHolder > gilReadSize-8 || o.gilEnabled > gilReadSize-4) {
			t.Fatalf("offsets outside what is read of a GIL: %+v", o)
		}
	})
}
