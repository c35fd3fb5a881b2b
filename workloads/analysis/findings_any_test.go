package analysis

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"regatta/workloads/recording"
)

// Whatever a recording holds, what is found in it does not contradict itself, and is numbers that JSON can write.
func TestFindingsOfAnything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := anything(rt)
		summary := Summarize(s.record(t))
		checkFindings(rt, summary.Findings)
		if _, err := json.Marshal(summary.Findings); err != nil {
			rt.Errorf("%v: %+v", err, summary.Findings)
		}
	})
}

// anything draws a recording: few states a lane, so that rules find something in many of them.
func anything(rt *rapid.T) sketch {
	kinds := []recording.Kind{recording.Thread, recording.Process, recording.Task, recording.Interpreter, recording.Goroutine}
	number := func(name string, least, most int) int { return rapid.IntRange(least, most).Draw(rt, name) }
	yes := func(name string) bool { return rapid.Bool().Draw(rt, name) }
	spans := func() string {
		text := ""
		for range number("spans", 0, 3) {
			text += fmt.Sprintf(" %s %d", rapid.SampledFrom(recording.States()).Draw(rt, "state"), rapid.SampledFrom([]int{1, 10, 100, 900}).Draw(rt, "ms"))
		}
		return text
	}
	s := sketch{cores: number("cores", 1, 4), noGIL: yes("no GIL"), blind: yes("blind"), live: yes("live")}
	s.lanes = only(spans())
	same, spansOfAll, kindOfAll := yes("same"), spans(), rapid.SampledFrom(kinds).Draw(rt, "kind")
	for i := range number("lanes", 0, 6) {
		l := laneSketch{
			parent: number("parent", 0, i+1), kind: rapid.SampledFrom(kinds).Draw(rt, "kind"), name: "x", pid: number("pid", 1, 3),
			at: time.Duration(number("at", 0, 900)), spans: spans(), helper: number("helper", 0, 9) == 0, blocker: number("blocker", 0, 8),
		}
		if same {
			l.parent, l.kind, l.spans, l.at = 1, kindOfAll, spansOfAll, 30
		}
		s.lanes = append(s.lanes, l)
	}
	for range number("series", 0, 4) {
		q := rapid.SampledFrom([]recording.Quantity{recording.CoreUse, recording.CoreOurs, recording.RSS, recording.PSS}).Draw(rt, "quantity")
		s.series = append(s.series, recording.SeriesInfo{Quantity: q, Core: len(s.series), PID: len(s.series)})
		s.values = append(s.values, rapid.SampledFrom([]float64{0, 0.5, 1, 20e6, -1, math.MaxFloat64, math.NaN(), math.Inf(1)}).Draw(rt, "value"))
	}
	s.main = time.Duration(number("main", 0, 100))
	if yes("work") {
		s.work[0] = time.Duration(number("from", 0, 900))
		s.work[1] = s.work[0] + time.Duration(number("for", 0, 900))
	}
	for range number("blocking", 0, 2) {
		s.blocking = append(s.blocking, recording.Blocking{Lane: recording.LaneID(number("of", 0, 8)), Start: 10 * ms, End: 500 * ms})
	}
	s.end = recording.End{
		Status: rapid.SampledFrom([]recording.Status{recording.Finished, recording.Failed, recording.Stopped, recording.TimedOut, "unheard of"}).Draw(rt, "status"),
		Wall:   time.Duration(number("wall", 0, 2000)) * ms, CPU: time.Duration(number("cpu", 0, 4000)) * ms, CPUKnown: yes("cpu known"),
		Observer: recording.ObserverCost{
			CPU: time.Duration(number("observer", 0, 200)) * ms, RateHz: float64(number("rate", 0, 1000)), Samples: number("samples", 0, 1000),
			Late: number("late", 0, 1000), Dropped: number("dropped", 0, 5),
		},
	}
	return s
}
