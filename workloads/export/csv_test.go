package export_test

import (
	"encoding/csv"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"regatta/workloads/export"
	"regatta/workloads/recording"
)

func TestSpans(t *testing.T) {
	r := record(t, small)
	const head = "lane,parent,kind,name,detail,pid,tid,start_s,end_s,state,blocker,function\n"
	for _, c := range []struct {
		name    string
		stretch export.Stretch
		want    string
	}{
		{"the whole run", export.Whole, `1,,process,MainThread,python,7,7,0.000000000,0.010000000,running,,main
2,1,thread,Thread-1,work,7,8,0.001000000,0.002000007,gil,1,
2,1,thread,Thread-1,work,7,8,0.002000007,0.003000000,running,,
2,1,thread,Thread-1,work,7,8,0.003000000,0.004000000,unknown,,
2,1,thread,Thread-1,work,7,8,0.004000000,0.009000000,io,,
3,1,task,Task-1,,7,7,0.002000000,0.006000000,await,,
4,,core,Core 0,,,,0.001000000,0.005000000,running,1,main
`},
		{"a stretch", export.Stretch{From: 4 * ms, To: 5 * ms}, `1,,process,MainThread,python,7,7,0.004000000,0.005000000,running,,main
2,1,thread,Thread-1,work,7,8,0.004000000,0.005000000,io,,
3,1,task,Task-1,,7,7,0.004000000,0.005000000,await,,
4,,core,Core 0,,,,0.004000000,0.005000000,running,1,main
`},
		{"after the end", export.Stretch{From: time.Second, To: 2 * time.Second}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := written(t, export.Spans, r, c.stretch); got != head+c.want {
				t.Errorf("%s\nwant\n%s", got, head+c.want)
			}
		})
	}
}

func TestSeries(t *testing.T) {
	const head = "series,quantity,unit,core,pid,name,at_s,value\n"
	r := record(t, small)
	want := head + `1,core use,share,0,,Core 0,0.002000000,0.5
1,core use,share,0,,Core 0,0.004000000,
1,core use,share,0,,Core 0,0.006000000,1
2,rss,bytes,,7,python,0.003000000,1e+06
2,rss,bytes,,7,python,0.005000000,
2,rss,bytes,,7,python,0.008000000,2e+06
`
	if got := written(t, export.Series, r, export.Whole); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	part := written(t, export.Series, r, export.Stretch{From: 4 * ms, To: 5 * ms})
	if want := head + "1,core use,share,0,,Core 0,0.004000000,\n2,rss,bytes,,7,python,0.005000000,\n"; part != want {
		t.Errorf("%s\nwant\n%s", part, want)
	}
}

// A table stays a table, whatever a program calls its threads.
func TestNamesInTables(t *testing.T) {
	r := record(t, func(w *recording.Writer) {
		lane := w.AddLane(recording.Lane{Kind: recording.Process, Name: nasty, Detail: nasty, End: recording.StillAlive})
		w.Span(lane, recording.Span{End: ms, State: recording.Running, Label: nasty})
		series := w.AddSeries(recording.SeriesInfo{Quantity: recording.RSS, Name: nasty})
		w.Point(series, recording.Point{At: ms, Value: math.Inf(1)})
	})
	for of, write := range map[string]write{"spans": export.Spans, "series": export.Series} {
		rows, err := csv.NewReader(strings.NewReader(written(t, write, r, export.Whole))).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%s: %d rows, %v", of, len(rows), err)
		}
		at := slices.Index(rows[0], "name")
		if name := rows[1][at]; !strings.HasPrefix(name, "a \"b\",\uFFFD\uFFFD\uFFFD[1m\uFFFD\uFFFD <") {
			t.Errorf("%s: %q", of, name)
		}
	}
}
