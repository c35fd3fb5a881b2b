package clock

import (
	"math/bits"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	kernel32    = windows.NewLazySystemDLL("kernel32.dll")
	queryCount  = kernel32.NewProc("QueryPerformanceCounter")
	frequency   = queryFrequency()
	nsPerSecond = uint64(1e9)
)

func queryFrequency() uint64 {
	var f int64
	kernel32.NewProc("QueryPerformanceFrequency").Call(uintptr(unsafe.Pointer(&f)))
	return uint64(max(f, 1))
}

// Now reads QueryPerformanceCounter in nanoseconds, as perf_counter does.
func Now() int64 {
	var count int64
	queryCount.Call(uintptr(unsafe.Pointer(&count)))
	hi, lo := bits.Mul64(uint64(count), nsPerSecond)
	ns, _ := bits.Div64(hi, lo, frequency)
	return int64(ns)
}
