package export_test

import (
	"encoding/json"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"regatta/workloads/export"
	"regatta/workloads/recording"
)

func TestTrace(t *testing.T) {
	r := record(t, small)
	var got []string
	for _, e := range importTrace(t, written(t, export.Trace, r, export.Whole)) {
		if !strings.HasSuffix(e.name, "sort_index") {
			got = append(got, e.String())
		}
	}
	want := strings.Split(`M 7/0 process_name [] 0 {"name":"python"}
M 7/7 thread_name [] 0 {"name":"MainThread (python)"}
X 7/7 Running [running] 0-10000000 {"function":"main"}
M 7/8 thread_name [] 0 {"name":"Thread-1 (work)"}
X 7/8 Waiting for the GIL [gil] 1000000-2000007 {"blocker":"MainThread (python)","blocker_lane":1}
X 7/8 Running [running] 2000007-3000000
X 7/8 Waiting for I/O [io] 4000000-9000000
M 7/1073741827 thread_name [] 0 {"name":"Task-1"}
X 7/1073741827 Awaiting [await] 2000000-6000000
i 7/1073741827 Blocked its event loop [blocking] 3000000 {"for_ms":2,"function":"decode"}
M 536870911/0 process_name [] 0 {"name":"Cores"}
M 536870911/1073741828 thread_name [] 0 {"name":"Core 0"}
X 536870911/1073741828 MainThread (python) [running] 1000000-5000000 {"function":"main","lane":1,"state":"running"}
C 536870911/0 Core 0 [] 0 {"percent":50}
M 536870911/536870913 thread_name [] 0 {"name":"Core 0: not measured"}
X 536870911/536870913 Not measured [missing] 2000000-4000000
C 536870911/0 Core 0 [] 2000000 {"percent":0}
C 536870911/0 Core 0 [] 4000000 {"percent":100}
C 7/0 RSS [] 3000000 {"bytes":1000000}
M 7/536870914 thread_name [] 0 {"name":"RSS: not measured"}
X 7/536870914 Not measured [missing] 5000000-8000000
C 7/0 RSS [] 5000000 {"bytes":0}
C 7/0 RSS [] 8000000 {"bytes":2000000}
C 7/0 RSS [] 10000000 {"bytes":0}
i 536870911/536870911 Mark: work start [mark] 2000000`, "\n")
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("event %d: %s\nwant     %s", i, g, w)
		}
	}
}

func TestStretchOfATrace(t *testing.T) {
	r := record(t, small)
	for _, e := range importTrace(t, written(t, export.Trace, r, export.Stretch{From: 4 * ms, To: 5 * ms})) {
		if e.phase != "M" && (e.at < int64(4*ms) || max(e.at, e.end) > int64(5*ms)) {
			t.Errorf("outside of the stretch: %v", e)
		}
	}
}

// The importer finds nothing to complain about, whatever was recorded, and every span is there to the nanosecond.
func TestAnyTraceIsImported(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		names := rapid.SampledFrom([]string{"", "Thread-1", nasty, strings.Repeat("x", 3000)})
		ids := rapid.SampledFrom([]int{-1, 0, 7, 8, 1 << 22, 1 << 29, 1 << 30, math.MaxInt32, math.MaxInt64})
		kinds := rapid.SampledFrom([]recording.Kind{recording.Process, recording.Thread, recording.Task, recording.CoreLane, "unheard of"})
		pause := rapid.Map(rapid.Int64Range(0, 5_000_000), func(n int64) time.Duration { return time.Duration(n) })
		value := rapid.OneOf(rapid.Float64(), rapid.Just(math.NaN()), rapid.Just(math.Inf(-1)))
		spans := map[[2]int64]int{}
		r := record(t, func(w *recording.Writer) {
			for range rapid.IntRange(0, 6).Draw(rt, "lanes") {
				l := recording.Lane{
					Kind: kinds.Draw(rt, "kind"), Name: names.Draw(rt, "name"), Detail: names.Draw(rt, "detail"),
					PID: ids.Draw(rt, "pid"), TID: ids.Draw(rt, "tid"), End: rapid.SampledFrom([]time.Duration{recording.StillAlive, 0, ms}).Draw(rt, "end"),
				}
				id := w.AddLane(l)
				at := rapid.SampledFrom([]time.Duration{0, 3, time.Hour}).Draw(rt, "start")
				for i := range rapid.IntRange(0, 8).Draw(rt, "spans") {
					at += pause.Draw(rt, "pause") * time.Duration(i%2)
					s := recording.Span{
						Start: at, End: at + 1 + pause.Draw(rt, "duration"), State: recording.States()[i], Label: names.Draw(rt, "label"),
						Blocker: recording.LaneID(rapid.IntRange(0, 9).Draw(rt, "blocker")),
					}
					w.Span(id, s)
					spans[[2]int64{int64(s.Start), int64(s.End)}]++
					at = s.End
				}
				w.Blocking(recording.Blocking{Lane: id, Start: at / 2, End: at, Function: names.Draw(rt, "function")})
			}
			for _, q := range []recording.Quantity{recording.CoreUse, recording.CoreOurs, recording.RSS, recording.PSS, "unheard of"} {
				id := w.AddSeries(recording.SeriesInfo{Quantity: q, PID: ids.Draw(rt, "process"), Name: names.Draw(rt, "series")})
				at := time.Duration(0)
				for range rapid.IntRange(0, 5).Draw(rt, "points") {
					at += pause.Draw(rt, "step")
					w.Point(id, recording.Point{At: at, Value: value.Draw(rt, "value")})
				}
			}
			w.Mark(names.Draw(rt, "mark"), pause.Draw(rt, "at"))
		})
		for _, e := range importTrace(t, written(t, export.Trace, r, export.Whole)) {
			if e.phase == "X" && e.category != "missing" {
				spans[[2]int64{e.at, e.end}]--
			}
		}
		for at, n := range spans {
			if n != 0 {
				rt.Errorf("%d spans too few at %v", n, at)
			}
		}
	})
}

// Whoever multiplies by 1000 and cuts off gets the nanosecond that it was, for runs of hours.
func TestTimesAreExact(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		start := time.Duration(rapid.Int64Range(0, int64(8*time.Hour)).Draw(rt, "start"))
		r := record(t, func(w *recording.Writer) {
			w.Span(w.AddLane(recording.Lane{Name: "a"}), recording.Span{Start: start, End: start + 1, State: recording.Running})
		})
		i := slices.IndexFunc(importTrace(t, written(t, export.Trace, r, export.Whole)), func(e imported) bool {
			return e.phase == "X" && e.at == int64(start) && e.end == int64(start)+1
		})
		if i < 0 {
			rt.Errorf("the span at %d is not there", start)
		}
	})
}

// Values that JSON cannot hold, or not any more as percent, count as not measured.
func TestValuesWithoutANumber(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64} {
		r := record(t, func(w *recording.Writer) {
			w.Point(w.AddSeries(recording.SeriesInfo{Quantity: recording.CoreUse}), recording.Point{At: ms, Value: v})
		})
		all := importTrace(t, written(t, export.Trace, r, export.Whole))
		if !slices.ContainsFunc(all, func(e imported) bool { return e.category == "missing" && e.end == int64(ms) }) {
			t.Errorf("%g: %v", v, all)
		}
	}
}

func TestEmptyTrace(t *testing.T) {
	text := written(t, export.Trace, record(t, func(*recording.Writer) {}), export.Whole)
	importTrace(t, text)
	var other struct {
		Data map[string]string `json:"otherData"`
	}
	if err := json.Unmarshal([]byte(text), &other); err != nil || other.Data["status"] != "incomplete" || other.Data["workload"] != "sum" {
		t.Errorf("%v, %v", other, err)
	}
}

func BenchmarkTrace(b *testing.B) {
	r := record(b, func(w *recording.Writer) {
		for lane := range 10 {
			id := w.AddLane(recording.Lane{Kind: recording.Thread, Name: "Thread-" + strconv.Itoa(lane), PID: 7, TID: 8 + lane})
			for i := range 10_000 {
				at := time.Duration(i) * 1001
				w.Span(id, recording.Span{Start: at, End: at + 1001, State: recording.States()[i%5], Blocker: 1, Label: "sum_range"})
			}
		}
	})
	for b.Loop() {
		if err := export.Trace(io.Discard, r, export.Whole); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100_000, "ns/span")
}
