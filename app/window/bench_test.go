//go:build cgo && linux

package window_test

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"regatta/workloads/recording"
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

// BenchmarkTravel pans and zooms a run in the real window for ten seconds: pictures a second, and how much memory the
// window gained meanwhile.
func BenchmarkTravel(b *testing.B) {
	p := open(b)
	screen.click(b, runButton)
	if r, err := recording.Open(p.recorded()); err != nil || r.Status() != recording.Finished {
		b.Fatalf("the run: %v", err)
	}
	var moves []string
	for i := range 100 { // a second: there and back, in and out
		x := 700 + 8*i
		if i >= 50 {
			x = 700 + 8*(100-i)
		}
		moves = append(moves, "mousemove", fmt.Sprint(x), "300", "sleep", "0.007")
	}
	travel := func() {
		screen.tool(b, "xdotool", append(append([]string{"mousemove", "700", "300", "mousedown", "1"}, moves...), "mouseup", "1")...)
		screen.tool(b, "xdotool", "click", "--repeat", "5", "--delay", "20", "4", "click", "--repeat", "5", "--delay", "20", "5")
	}
	screen.tool(b, "xdotool", "mousemove", "800", "300", "click", "--repeat", "8", "--delay", "30", "4")
	travel()
	memory := resident(b, p.cmd.Process.Pid)
	began, used := time.Now(), processCPU(b, p.cmd.Process.Pid)
	for time.Since(began) < 10*time.Second {
		travel()
	}
	wall := time.Since(began).Seconds()
	b.ReportMetric(float64(resident(b, p.cmd.Process.Pid)-memory)/1e6, "MB-gained")
	b.ReportMetric((processCPU(b, p.cmd.Process.Pid)-used)/wall, "cores")
	p.cmd.Process.Signal(syscall.SIGTERM)
	p.awaitEnd()
	var pictures float64
	if _, after, ok := strings.Cut(p.said.String(), "pictures "); ok {
		fmt.Sscan(after, &pictures)
	}
	b.ReportMetric(pictures/wall, "pictures/s")
	b.ReportMetric(0, "ns/op")
}

// resident is a process's resident memory in bytes.
func resident(b *testing.B, pid int) int {
	var size, pages int
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err == nil {
		_, err = fmt.Sscan(string(data), &size, &pages)
	}
	if err != nil {
		b.Fatal(err)
	}
	return pages * os.Getpagesize()
}

// processCPU is a process's CPU time in seconds.
func processCPU(b *testing.B, pid int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	var user, system float64
	fmt.Sscan(fields[11], &user)
	fmt.Sscan(fields[12], &system)
	const ticks = 100 // a second, on every Linux
	return (user + system) / ticks
}
