package interpreter

import (
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for _, test := range []struct {
		text  string
		width uint64
	}{
		{"", 0}, {"main", 0}, {"größe", 1}, {"数える", 2}, {"𠀀x", 4}, {strings.Repeat("a", maxText), 0},
	} {
		m, _ := newFake()
		f := m.functions(t)
		at := m.text(m.named("str"), []rune(test.text), test.width)
		if got, _, ok := f.text(at); !ok || got != test.text {
			t.Errorf("%q: %q, %t", test.text, got, ok)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	if text, ok := decode([]byte{0, 0, 0x11, 0}, 4, false); ok {
		t.Errorf("above the last character: %q", text)
	}
	if text, ok := decode([]byte{'a', 0x80}, 1, true); ok {
		t.Errorf("not ASCII: %q", text)
	}
	if text, ok := decode([]byte{0x80, 0xdc, 'a', 0}, 2, false); !ok || text != "\ufffda" {
		t.Errorf("half a pair: %q, %t", text, ok)
	}
}

func TestShorten(t *testing.T) {
	long := strings.Repeat("ü", maxName+1)
	for name, want := range map[string]string{"": "", "main": "main", long: long[2:], long[2:]: long[2:]} {
		if got := shorten(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}
