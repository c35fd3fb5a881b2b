package story

import (
	"fmt"
	"strings"
	"time"

	"regatta/visual/chart"
	"regatta/visual/number"
	"regatta/workloads/analysis"
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
