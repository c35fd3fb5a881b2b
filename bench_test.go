package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"regatta/workloads/analysis"
	"regatta/workloads/catalog"
	"regatta/workloads/observers"
	"regatta/workloads/plan"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
)

func TestMain(m *testing.M) {
	if code, ours := runner.Main(os.Args[1:], os.Stdin, os.Stdout, observers.Start); ours {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// BenchmarkObserving runs the range sum bare and observed in turns, and reports how many times as long the observed one
// takes (the median of the pairs' ratios, by work time), and what the observers take of a core.
func BenchmarkObserving(b *testing.B) {
	const pairs = 11
	rt, err := runtimes.BuiltIn("")
	if err != nil {
		b.Fatal(err)
	}
	for _, model := range catalog.Models() {
		b.Run(model.ID, func(b *testing.B) {
			for b.Loop() {
				var ratios, shares, rates []float64
				for i := range pairs {
					order := []bool{true, false}
					if i%2 == 1 { // so that a drift of the machine's speed evens out
						order = []bool{false, true}
					}
					took := map[bool]float64{}
					for _, bare := range order {
						s := benchRun(b, rt, model.ID, bare)
						took[bare] = *s.Work
						if !bare {
							shares, rates = append(shares, *s.Observer.CPUShare), append(rates, *s.Observer.RateHz)
						}
					}
					ratios = append(ratios, took[false]/took[true])
				}
				b.ReportMetric(median(ratios), "observed/bare")
				b.ReportMetric(100*median(shares), "%core")
				b.ReportMetric(median(rates), "samples/s")
				b.ReportMetric(0, "ns/op") // means nothing here
			}
		})
	}
}

// BenchmarkModels runs the range sum and the download under each model in turns, and reports how many times as fast as
// sequentially it is (the median of the rounds, by work time).
func BenchmarkModels(b *testing.B) {
	const rounds = 5
	rt, err := runtimes.BuiltIn("")
	if err != nil {
		b.Fatal(err)
	}
	for _, workload := range catalog.Workloads() {
		b.Run(workload.ID, func(b *testing.B) {
			for b.Loop() {
				speedups := map[string][]float64{}
				for range rounds {
					sequential := 0.0
					for _, model := range workload.Models {
						s := benchRunOf(b, rt, workload.ID, model, false)
						if model == "sequential" {
							sequential = *s.Work
						}
						speedups[model] = append(speedups[model], sequential / *s.Work)
					}
				}
				for model, all := range speedups {
					b.ReportMetric(median(all), model+"/sequential")
				}
				b.ReportMetric(0, "ns/op")
			}
		})
	}
}

func benchRun(b *testing.B, rt runtimes.Runtime, model string, bare bool) analysis.Summary {
	return benchRunOf(b, rt, "sum", model, bare)
}

func benchRunOf(b *testing.B, rt runtimes.Runtime, workload, model string, bare bool) analysis.Summary {
	b.Helper()
	pair, err := catalog.Find(workload, model)
	if err != nil {
		b.Fatal(err)
	}
	values, err := pair.Values(nil)
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), fmt.Sprintf("%s-%v.regatta", model, bare))
	order, err := plan.Order(plan.Choice{Pair: pair, Values: values, Runtime: rt, Bare: bare}, path)
	if err != nil {
		b.Fatal(err)
	}
	run, err := runner.Start(order, func(runner.Event) {})
	if err != nil {
		b.Fatal(err)
	}
	outcome, err := run.Wait()
	if err != nil || outcome.Status != recording.Finished {
		b.Fatalf("%+v, %v", outcome, err)
	}
	r, err := recording.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	os.Remove(path)
	return analysis.Summarize(r)
}

func median(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
