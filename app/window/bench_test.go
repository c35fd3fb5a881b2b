//go:build cgo && linux

package window_test

import (
	"syscall"
	"testing"
)

// BenchmarkFirstFrame is the time from the start of the program to its window's first frame, on a virtual display.
func BenchmarkFirstFrame(b *testing.B) {
	for b.Loop() {
		p := open(b)
		b.StopTimer()
		p.cmd.Process.Signal(syscall.SIGTERM)
		p.awaitEnd()
		b.StartTimer()
	}
}
