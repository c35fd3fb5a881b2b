package recording

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const ms = time.Millisecond

// writeSample writes a recording with one of everything and returns its path.
func writeSample(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := Create(path, Header{Created: time.Unix(1, 0).UTC(), Workload: "sum", Model: "threads", Parameters: map[string]any{"tasks": int64(4)}})
	if err != nil {
		t.Fatal(err)
	}
	main := w.AddLane(Lane{Kind: Process, Name: "MainThread", PID: 7, TID: 7, End: StillAlive})
	worker := w.AddLane(Lane{Parent: main, Kind: Thread, Name: "Thread-1", PID: 7, TID: 8, Start: 5 * ms, End: StillAlive})
	w.Span(main, Span{Start: 0, End: 20 * ms, State: Start})
	w.Span(worker, Span{Start: 5 * ms, End: 9 * ms, State: GIL, Blocker: main})
	w.Span(worker, Span{Start: 9 * ms, End: 12 * ms, State: Running, Label: "work"})
	w.Flush()
	w.Span(main, Span{Start: 20 * ms, End: 30 * ms, State: Running})
	w.Span(worker, Span{Start: 12 * ms, End: 15 * ms, State: Running, Label: "work"}) // goes on from before the flush
	w.Span(worker, Span{Start: 18 * ms, End: 20 * ms, State: IO})                     // after 3 ms that nobody saw
	memory := w.AddSeries(SeriesInfo{Quantity: RSS, PID: 7, Name: "process 7"})
	w.Point(memory, Point{10 * ms, 1e6})
	w.Point(memory, Point{15 * ms, math.NaN()})
	w.Point(memory, Point{20 * ms, 2e6})
	w.Mark(MarkMain, 20*ms)
	core := w.AddLane(Lane{Kind: CoreLane, Name: "Core 1", Core: 1, End: StillAlive})
	w.Span(core, Span{Start: 9 * ms, End: 15 * ms, State: Running, Blocker: worker})
	w.Blocking(Blocking{Lane: worker, Start: 9 * ms, End: 15 * ms, Function: "work"})
	w.Output(Output{Stdout, 25 * ms, []byte("hello\n")})
	w.Warn("%d things", 2)
	w.UpdateLane(Lane{ID: worker, Parent: main, Kind: Thread, Name: "Thread-1", Detail: "work", PID: 7, TID: 8, Start: 5 * ms, End: 20 * ms})
	if err := w.Finish(End{Status: Finished, Wall: 30 * ms, Result: json.RawMessage("42")}); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t testing.TB, path string) *Recording {
	t.Helper()
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func spansOf(t *Track) []Span {
	var spans []Span
	for i := range t.Len() {
		spans = append(spans, t.Span(i))
	}
	return spans
}

func TestRoundTrip(t *testing.T) {
	r := open(t, writeSample(t))
	if r.Header.Workload != "sum" || r.Status() != Finished || string(r.End.Result) != "42" || len(r.Damage) > 0 {
		t.Errorf("header %+v, end %+v, damage %v", r.Header, r.End, r.Damage)
	}
	if len(r.Tracks()) != 2 || len(r.Cores()) != 1 || r.Cores()[0].Core != 1 || r.Cores()[0].Span(0).Blocker != 2 {
		t.Errorf("lanes %v, cores %v", r.Tracks(), r.Cores())
	}
	if diff := cmp.Diff([]Blocking{{Lane: 2, Start: 9 * ms, End: 15 * ms, Function: "work"}}, r.Blocking); diff != "" {
		t.Error(diff)
	}
	worker := r.Tracks()[1]
	want := []Span{
		{Start: 5 * ms, End: 9 * ms, State: GIL, Blocker: 1},
		{Start: 9 * ms, End: 15 * ms, State: Running, Label: "work"},
		{Start: 15 * ms, End: 18 * ms, State: Unknown},
		{Start: 18 * ms, End: 20 * ms, State: IO},
	}
	if diff := cmp.Diff(want, spansOf(worker)); diff != "" {
		t.Error(diff)
	}
	if worker.Detail != "work" || worker.End != 20*ms {
		t.Errorf("the lane was not updated: %+v", worker.Lane)
	}
	memory := r.Series(RSS)[0]
	if len(memory.Points) != 3 || !memory.Points[1].Missing() || memory.Points[2].Value != 2e6 {
		t.Errorf("points %v", memory.Points)
	}
	if at, ok := r.Mark(MarkMain); !ok || at != 20*ms {
		t.Errorf("mark at %v, %v", at, ok)
	}
	if r.Printed(Stdout) != "hello\n" || r.Printed(Stderr) != "" || r.Warnings[0] != "2 things" || r.Seen() != 30*ms {
		t.Errorf("output %q, warnings %v, seen %v", r.Printed(Stdout), r.Warnings, r.Seen())
	}
}

func TestSearchAndStateTimes(t *testing.T) {
	worker := open(t, writeSample(t)).Tracks()[1]
	for at, want := range map[time.Duration]int{0: 0, 5 * ms: 0, 9*ms - 1: 0, 9 * ms: 1, 16 * ms: 2, 19 * ms: 3, 20 * ms: 4, time.Hour: 4} {
		if got := worker.Search(at); got != want {
			t.Errorf("Search(%v) = %d, want %d", at, got, want)
		}
	}
	got := worker.StateTimes(7*ms, 19*ms)
	want := map[State]time.Duration{GIL: 2 * ms, Running: 6 * ms, Unknown: 3 * ms, IO: 1 * ms}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A recording that was cut anywhere opens up to its last whole chunk, or says that it is none.
func TestCutAnywhere(t *testing.T) {
	whole, err := os.ReadFile(writeSample(t))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cut.regatta")
	lanes := 0
	for size := range len(whole) {
		if err := os.WriteFile(path, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := Open(path)
		if err != nil {
			if lanes > 0 {
				t.Fatalf("cut at %d of %d: %v", size, len(whole), err)
			}
			continue
		}
		if len(r.Tracks()) < lanes {
			t.Fatalf("cut at %d: %d lanes, fewer than in a shorter file", size, len(r.Tracks()))
		}
		lanes = len(r.Tracks())
		if r.End != nil {
			t.Fatalf("cut at %d of %d has an end", size, len(whole))
		}
	}
	if lanes != 2 {
		t.Fatalf("the longest cut has %d lanes", lanes)
	}
}

func TestDamagedChunkIsLeftOut(t *testing.T) {
	path := writeSample(t)
	whole, _ := os.ReadFile(path)
	at := strings.Index(string(whole), `"MainThread"`)
	whole[at+2] ^= 1
	os.WriteFile(path, whole, 0o600)
	r := open(t, path)
	if len(r.Damage) == 0 || !strings.Contains(r.Damage[0], "checksum") {
		t.Errorf("damage %v", r.Damage)
	}
	if r.End == nil || r.Track(2) == nil || r.Track(1) != nil {
		t.Error("what comes after the damaged chunk was not read, or the damaged one was")
	}
}

func TestOpenRefuses(t *testing.T) {
	head := binary.LittleEndian.AppendUint32([]byte(magic), version)
	newer := binary.LittleEndian.AppendUint32([]byte(magic), version+1)
	huge := binary.LittleEndian.AppendUint32(append([]byte{}, head...), 1<<30)
	for name, test := range map[string]struct {
		content []byte
		want    string
		none    bool
	}{
		"empty":     {nil, "is empty", true},
		"short":     {[]byte(magic[:4]), "too short", true},
		"other":     {[]byte("GIF89a, and so on"), "not a Regatta recording", true},
		"newer":     {newer, "version 2", false},
		"no header": {head, "no header", false},
		"huge":      {append(huge, 'H'), "no header", false},
	} {
		path := filepath.Join(t.TempDir(), "x.regatta")
		os.WriteFile(path, test.content, 0o600)
		_, err := Open(path)
		if err == nil || !strings.Contains(err.Error(), test.want) || errors.Is(err, ErrNotRecording) != test.none {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

// A live view sees what was flushed, across the rename at the end.
func TestFollow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := Create(path, Header{Created: time.Unix(1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	r := Follow(path + PartSuffix)
	lane := w.AddLane(Lane{Kind: Process, End: StillAlive})
	for i := range 3 {
		w.Span(lane, Span{Start: time.Duration(i) * ms, End: time.Duration(i+1) * ms, State: Running})
		w.Flush()
		before := r.Recording().Grown()
		if grown, err := r.Poll(); err != nil || !grown || r.Recording().Grown() <= before {
			t.Fatalf("poll %d: %v, %v, %d after %d", i, grown, err, r.Recording().Grown(), before)
		}
		track := r.Recording().Track(lane)
		if track.Len() != 1 || track.SeenUntil() != time.Duration(i+1)*ms {
			t.Fatalf("poll %d sees %v", i, spansOf(track))
		}
	}
	if grown, err := r.Poll(); err != nil || grown {
		t.Errorf("a poll of nothing: %v, %v", grown, err)
	}
	if err := w.Finish(End{Status: Stopped}); err != nil {
		t.Fatal(err)
	}
	r.SetPath(path)
	if _, err := r.Poll(); err != nil || r.Recording().Status() != Stopped {
		t.Errorf("after the end: %v, status %v", err, r.Recording().Status())
	}
}

// A full disk makes Finish say so; what was written before opens.
func TestWriteError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := Create(path, Header{Created: time.Unix(1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	w.AddLane(Lane{Kind: Process, End: StillAlive})
	w.file.Close() // stands for a disk that takes no more
	w.AddLane(Lane{Kind: Thread, End: StillAlive})
	if err := w.Finish(End{}); err == nil || !strings.Contains(err.Error(), PartSuffix) || w.Err() == nil {
		t.Errorf("Finish: %v", err)
	}
	if r := open(t, path+PartSuffix); len(r.Tracks()) != 1 || r.Status() != Incomplete {
		t.Errorf("%d lanes, status %v", len(r.Tracks()), r.Status())
	}
}
