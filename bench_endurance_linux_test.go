package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"regatta/workloads/analysis"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
)

// enduranceFor names the environment variable for how long BenchmarkEndurance's long run is to be, such as 10m.
const enduranceFor = "REGATTA_ENDURANCE"

// BenchmarkEndurance runs programs that start very much, and one that goes on for long, and reports how many of the lanes
// that they started were recorded, how far the lanes' CPU time is from the kernel's, and what it took: the runner's memory
// early and late, the recording's size, the observers' share of a core. What was missed must be said by a warning.
func BenchmarkEndurance(b *testing.B) {
	length := 20 * time.Second
	if text := os.Getenv(enduranceFor); text != "" {
		var err error
		if length, err = time.ParseDuration(text); err != nil {
			b.Fatalf("%s: %v", enduranceFor, err)
		}
	}
	for _, e := range []struct {
		name, program string
		args          []string
		kind          recording.Kind
	}{
		{"10000-threads", "many.py", []string{"threads", "10000"}, recording.Thread},
		{"200-children-that-fork", "many.py", []string{"forks", "200"}, recording.Process},
		{length.String(), "endless.py", []string{fmt.Sprint(length.Seconds())}, recording.Thread},
	} {
		b.Run(e.name, func(b *testing.B) {
			for b.Loop() {
				order := scriptOrder(b, false, e.program, e.args...)
				m := &memoryOf{done: make(chan struct{})}
				r := benchOrder(b, order, func(event runner.Event) {
					if event.Kind == runner.Started {
						m.follow(parentOf(event.PID))
					}
				})
				m.stop()
				var told struct {
					Started int
					CPU     float64
				}
				if err := json.Unmarshal(r.End.Result, &told); err != nil {
					b.Fatal(err)
				}
				lanes, cpu := 0, 0.0
				for _, t := range r.Tracks() {
					if t.Kind == e.kind && t.Parent != recording.NoLane {
						lanes++
					}
					if t.Kind == recording.Process || t.Kind == recording.Thread {
						times := t.StateTimes(t.Start, t.SeenUntil())
						cpu += (times[recording.Running] + times[recording.Native]).Seconds()
						if t.Parent == recording.NoLane {
							cpu += times[recording.Start].Seconds() // the interpreter's, all of it on a core
						}
					}
				}
				for _, warning := range r.Warnings {
					b.Log(warning)
				}
				info, err := os.Stat(order.Recording)
				if err != nil {
					b.Fatal(err)
				}
				s := analysis.Summarize(r)
				early, late, most := m.figures()
				b.ReportMetric(float64(told.Started), "started")
				b.ReportMetric(float64(lanes), "lanes")
				b.ReportMetric(float64(len(r.Warnings)), "warnings")
				b.ReportMetric(100*(cpu/told.CPU-1), "%CPU-off")
				b.ReportMetric(early, "MB-early")
				b.ReportMetric(late, "MB-late")
				b.ReportMetric(most, "MB-peak")
				b.ReportMetric(float64(info.Size())/1e6, "MB-file")
				b.ReportMetric(*s.Wall, "wall-s")
				b.ReportMetric(100**s.Observer.CPUShare, "%core")
				b.ReportMetric(*s.Observer.RateHz, "samples/s")
				b.ReportMetric(0, "ns/op") // means nothing here
			}
		})
	}
}

// memoryOf follows the resident memory of a process, in MB.
type memoryOf struct {
	done    chan struct{}
	wait    sync.WaitGroup
	samples []float64
}

func (m *memoryOf) follow(pid int) {
	m.wait.Go(func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				if mb, ok := residentOf(pid); ok {
					m.samples = append(m.samples, mb)
				}
			case <-m.done:
				return
			}
		}
	})
}

func (m *memoryOf) stop() {
	close(m.done)
	m.wait.Wait()
}

// figures are the means of the second and of the last tenth of the time, and the peak.
func (m *memoryOf) figures() (early, late, most float64) {
	n := len(m.samples)
	if n < 10 {
		return 0, 0, 0
	}
	for _, mb := range m.samples {
		most = max(most, mb)
	}
	return mean(m.samples[n/10 : n/5]), mean(m.samples[n-n/10:]), most
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// residentOf is the resident memory of a process, in MB.
func residentOf(pid int) (mb float64, ok bool) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	fields := bytes.Fields(text)
	if err != nil || len(fields) < 2 {
		return 0, false
	}
	pages, err := strconv.Atoi(string(fields[1]))
	return float64(pages*os.Getpagesize()) / 1e6, err == nil
}

// parentOf is the parent of a process: of a run's program it is the runner.
func parentOf(pid int) int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if err != nil || len(fields) < 2 {
		return 0
	}
	parent, _ := strconv.Atoi(string(fields[1]))
	return parent
}
