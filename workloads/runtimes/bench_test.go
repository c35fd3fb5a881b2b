package runtimes

import (
	"path/filepath"
	"testing"
)

// BenchmarkFirstUnpack is what the very first start waits for.
func BenchmarkFirstUnpack(b *testing.B) {
	for b.Loop() {
		_, did, err := Prepare(filepath.Join(b.TempDir(), "python"), nil)
		if err != nil {
			b.Fatal(err)
		}
		if !did.Unpacked {
			b.Fatal("nothing was unpacked")
		}
	}
}

// BenchmarkLaterStart is what every other start waits for.
func BenchmarkLaterStart(b *testing.B) {
	cache := realCache(b)
	for b.Loop() {
		_, did, err := Prepare(cache, nil)
		if err != nil {
			b.Fatal(err)
		}
		if did.Unpacked {
			b.Fatal("it was unpacked again")
		}
	}
}

// BenchmarkFullCheck is what a start waits for when a look has changed.
func BenchmarkFullCheck(b *testing.B) {
	cache := realCache(b)
	rt, err := BuiltIn(cache)
	if err != nil {
		b.Fatal(err)
	}
	in := realInstaller(b, cache)
	b.SetBytes(in.m.Bytes())
	for b.Loop() {
		if err := verify(in.dir(), in.m); err != nil {
			b.Fatal(rt.Path, err)
		}
	}
}
