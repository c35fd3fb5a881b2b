package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"regatta/workloads/analysis"
	"regatta/workloads/plan"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
)

// BenchmarkCost runs much to observe, bare and observed in turns, and reports how many times as long the observed one takes
// (the median of the pairs' ratios, by work time), what the observers take of a core, how often they look, how many of the
// looks were late, and how many warnings there are: a rate that had to fall must be said.
func BenchmarkCost(b *testing.B) {
	for _, load := range []struct {
		name, args string
		pairs      int
	}{
		{"4 threads", "threads 4 8000", 11},
		{"4 threads that pause", "threads 4 250 0.003", 3},
		{"200 threads", "threads 200 400", 3},
		{"200 threads that pause", "threads 200 60 0.05", 3},
		{"32 processes", "processes 32 4000", 3},
		{"32 processes that pause", "processes 32 250 0.01", 3},
	} {
		b.Run(strings.ReplaceAll(load.name, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				var ratios, shares, rates, late []float64
				warnings := map[string]bool{}
				for i := range load.pairs {
					took := map[bool]float64{}
					for _, bare := range []bool{i%2 == 0, i%2 != 0} { // so that a drift of the machine's speed evens out
						r := benchScript(b, bare, "load.py", strings.Fields(load.args)...)
						s := analysis.Summarize(r)
						took[bare] = *s.Work
						if bare {
							continue
						}
						shares, rates = append(shares, *s.Observer.CPUShare), append(rates, *s.Observer.RateHz)
						late = append(late, float64(s.Observer.Late)/float64(max(r.End.Observer.Samples, 1)))
						for _, warning := range r.Warnings {
							warnings[warning] = true
						}
					}
					ratios = append(ratios, took[false]/took[true])
				}
				for warning := range warnings {
					b.Log(warning)
				}
				b.ReportMetric(median(ratios), "observed/bare")
				b.ReportMetric(100*median(shares), "%core")
				b.ReportMetric(median(rates), "samples/s")
				b.ReportMetric(100*median(late), "%late")
				b.ReportMetric(float64(len(warnings)), "warnings")
				b.ReportMetric(0, "ns/op") // means nothing here
			}
		})
	}
}

// benchScript runs one of the command's test programs, which print their result.
func benchScript(b *testing.B, bare bool, program string, args ...string) *recording.Recording {
	b.Helper()
	return benchOrder(b, scriptOrder(b, bare, program, args...), func(runner.Event) {})
}

func scriptOrder(b *testing.B, bare bool, program string, args ...string) runner.Order {
	b.Helper()
	rt, err := runtimes.BuiltIn("")
	if err != nil {
		b.Fatal(err)
	}
	script, err := filepath.Abs(filepath.Join("app", "command", "testdata", program))
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), fmt.Sprintf("%v.regatta", bare))
	order, err := plan.ScriptOrder(plan.Script{Path: script, Args: args, Runtime: rt}, path)
	if err != nil {
		b.Fatal(err)
	}
	order.Attached = false // what it prints is recorded, and its last line is its result
	if order.Bare = bare; bare {
		order.Command = runner.Texts{rt.Path, "-B"}
	}
	return order
}

// benchOrder has an order carried out.
func benchOrder(b *testing.B, order runner.Order, on func(runner.Event)) *recording.Recording {
	b.Helper()
	run, err := runner.Start(order, on)
	if err != nil {
		b.Fatal(err)
	}
	outcome, err := run.Wait()
	if err != nil || outcome.Recording == "" {
		b.Fatalf("%+v, %v", outcome, err)
	}
	r, err := recording.Open(outcome.Recording)
	if err != nil {
		b.Fatal(err)
	}
	if outcome.Status != recording.Finished {
		b.Fatalf("%+v\n%s", outcome, r.Printed(recording.Stderr))
	}
	return r
}
