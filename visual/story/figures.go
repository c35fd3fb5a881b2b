package story

import (
	"fmt"
	"strings"
	"time"

	"regatta/visual/chart"
	"regatta/visual/number"
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

// Figures are the five numbers of a run.
func Figures(s analysis.Summary) []chart.Number {
	waiting := chart.Number{Value: number.Missing, Caption: "waiting"}
	if state, share, ok := s.LargestWait(); ok {
		waiting = chart.Number{Value: number.Percent(share), Caption: lower(state.Label()), Accent: state}
	} else if len(s.Lanes) > 0 {
		waiting.Value = number.Percent(0)
	}
	return []chart.Number{
		{Value: Seconds(s.Wall), Caption: "wall time"},
		{Value: Seconds(s.Work), Caption: "work time"},
		{Value: CoresBusy(s), Caption: "cores kept busy"},
		{Value: Bytes(s.PeakMemory), Caption: "peak memory (" + strings.ToUpper(string(s.Metric)) + ")"},
		waiting,
	}
}

// Meanings says what the five numbers are, each in a sentence.
func Meanings(s analysis.Summary) []string {
	memory := "Peak memory: the largest sum of what all processes have in memory at a moment"
	if s.Metric == recording.RSS {
		memory += "; pages that processes share count in each of them"
	}
	wait := "What the workers waited for most, as a share of their lives"
	if state, _, ok := s.LargestWait(); ok {
		wait = state.Label() + ": what the workers waited for most, as a share of their lives"
	}
	return []string{
		"Wall time: from the start of the process to its end.",
		"Work time: from the program's first piece of work to its last result, without starting and ending.",
		"Cores kept busy: the processor time of the whole run divided by its wall time, of the cores that it could use.",
		memory + ".",
		wait + ". Who only hands out work is no worker.",
	}
}

// Seconds writes a time of a summary, which may be unknown.
func Seconds(s *float64) string {
	if s == nil {
		return number.Missing
	}
	return number.Duration(time.Duration(*s * float64(time.Second)))
}

// Bytes writes an amount of a summary, which may be unknown.
func Bytes(b *float64) string {
	if b == nil {
		return number.Missing
	}
	return number.Bytes(*b)
}

// CoresBusy is "1.0 of 2".
func CoresBusy(s analysis.Summary) string {
	if s.CoresBusy == nil {
		return number.Missing
	}
	return fmt.Sprintf("%.1f of %d", *s.CoresBusy, s.Machine.Cores)
}
