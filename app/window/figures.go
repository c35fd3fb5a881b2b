//go:build cgo

package window

import (
	"strings"

	"regatta/visual/chart"
	"regatta/visual/number"
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

// figures are the five numbers of a run, nil for one of which nothing is known yet.
func figures(s *analysis.Summary, w wait) []chart.Number {
	if s == nil {
		s = &analysis.Summary{Metric: recording.RSS}
	}
	waiting := chart.Number{Value: number.Missing, Caption: "waiting"}
	if w.state != recording.Unknown {
		waiting = chart.Number{Value: number.Percent(w.share), Caption: lower(w.state.Label()), Accent: w.state}
	} else if len(s.Lanes) > 0 {
		waiting.Value = number.Percent(0)
	}
	return []chart.Number{
		{Value: seconds(s.Wall), Caption: "wall time"},
		{Value: seconds(s.Work), Caption: "work time"},
		{Value: coresBusy(*s), Caption: "cores kept busy"},
		{Value: bytes(s.PeakMemory), Caption: "peak memory (" + strings.ToUpper(string(s.Metric)) + ")"},
		waiting,
	}
}
