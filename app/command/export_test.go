package command_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"regatta/app/command"
	"regatta/workloads/recording"
)

// exported is how an export ended, which needs no process of its own.
func exported(args ...string) end {
	var stdout, stderr bytes.Buffer
	code := command.Main(append([]string{"export"}, args...), &stdout, &stderr)
	return end{stdout.String(), stderr.String(), code}
}

// sampleRun writes a run of a second with four threads and returns its file.
func sampleRun(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{
		Created: time.Unix(1, 0), Workload: "sum", Model: "threads", Machine: recording.Machine{Cores: 2, CPU: "Test"},
	})
	if err != nil {
		t.Fatal(err)
	}
	const ms = time.Millisecond
	main := w.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", Detail: "python", PID: 7, TID: 7, End: 1000 * ms})
	w.Span(main, recording.Span{End: 100 * ms, State: recording.Start})
	w.Span(main, recording.Span{Start: 100 * ms, End: 1000 * ms, State: recording.Lock})
	for i := range 4 {
		lane := w.AddLane(recording.Lane{Parent: main, Kind: recording.Thread, Name: "Thread", PID: 7, TID: 8 + i, Start: 100 * ms, End: 900 * ms})
		for at := 100 * ms; at < 900*ms; at += 5 * ms {
			state := recording.GIL
			if int(at/(5*ms))%4 == i {
				state = recording.Running
			}
			w.Span(lane, recording.Span{Start: at, End: at + 5*ms, State: state})
		}
	}
	use, rss := w.AddSeries(recording.SeriesInfo{Quantity: recording.CoreUse, Name: "Core 0"}), w.AddSeries(recording.SeriesInfo{Quantity: recording.RSS, PID: 7})
	for at := 100 * ms; at <= 1000*ms; at += 100 * ms {
		w.Point(use, recording.Point{At: at, Value: 0.9})
		w.Point(rss, recording.Point{At: at, Value: 1e7 + float64(at)/100})
	}
	if err := w.Finish(recording.End{Status: recording.Finished, Wall: 1000 * ms}); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExportEverythingAtOnce(t *testing.T) {
	run, dir := sampleRun(t), t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	e := exported(run, "--png", at("a.png"), "--svg", at("a.svg"), "--pdf", at("a.pdf"), "--csv", at("a.csv"), "--json", at("a.json"),
		"--trace", at("a.trace"), "--size", "640x400", "--theme", "dark")
	if e.code != 0 || e.stdout != "" || e.stderr != "" {
		t.Fatalf("%+v", e)
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(at(name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	picture, err := png.DecodeConfig(bytes.NewReader(read("a.png")))
	if err != nil || picture.Width != 640 || picture.Height != 400 {
		t.Errorf("png: %+v, %v", picture, err)
	}
	var drawing struct {
		XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
		Width   int      `xml:"width,attr"`
		Height  int      `xml:"height,attr"`
		Paths   []struct {
			Label string `xml:"aria-label,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(read("a.svg"), &drawing); err != nil ||
		drawing.Width != 640 || drawing.Height != 400 || len(drawing.Paths) < 20 {
		t.Errorf("svg: %dx%d, %d paths, %v", drawing.Width, drawing.Height, len(drawing.Paths), err)
	}
	if page := read("a.pdf"); !bytes.HasPrefix(page, []byte("%PDF-")) || !bytes.Contains(page, []byte("/MediaBox[0 0 480 300]")) {
		t.Errorf("pdf: %.300q", page)
	}
	for name, rows := range map[string]int{"a.csv": 1 + 2 + 80 + 81 + 81 + 80, "a-series.csv": 1 + 20} {
		all, err := csv.NewReader(bytes.NewReader(read(name))).ReadAll()
		if err != nil || len(all) != rows {
			t.Errorf("%s: %d rows, want %d, %v", name, len(all), rows, err)
		}
	}
	if s := summary(t, string(read("a.json"))); len(s.Lanes) != 5 || *s.Wall != 1 {
		t.Errorf("json: %+v", s)
	}
	var trace struct{ TraceEvents []any }
	if err := json.Unmarshal(read("a.trace"), &trace); err != nil || len(trace.TraceEvents) < 200 {
		t.Errorf("trace: %d events, %v", len(trace.TraceEvents), err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 7 {
		t.Errorf("%d files, %v", len(left), err)
	}
}

func TestExportToStandardOutput(t *testing.T) {
	run := sampleRun(t)
	for flag, begin := range map[string]string{
		"--png": "\x89PNG", "--svg": "<svg", "--pdf": "%PDF", "--csv": "lane,parent", "--json": "{\n  \"workload\": \"sum\"", "--trace": `{"traceEvents"`,
	} {
		if e := exported(run, flag, "-", "--size", "300x200"); e.code != 0 || !strings.HasPrefix(e.stdout, begin) || e.stderr != "" {
			t.Errorf("%s: exit %d, %.40q, %q", flag, e.code, e.stdout, e.stderr)
		}
	}
}

func TestExportOfAStretch(t *testing.T) {
	run := sampleRun(t)
	e := exported(run, "--csv", "-", "--from", "200ms", "--to", "220ms")
	rows, err := csv.NewReader(strings.NewReader(e.stdout)).ReadAll()
	if err != nil || len(rows) < 5 {
		t.Fatalf("%v, %v", rows, err)
	}
	for _, row := range rows[1:] {
		if row[7] < "0.200000000" || row[8] > "0.220000000" {
			t.Errorf("%v", row)
		}
	}
	whole, part := exported(run, "--svg", "-").stdout, exported(run, "--svg", "-", "--from", "200ms", "--to", "220ms").stdout
	if strings.Contains(whole, `aria-label="210 ms"`) || !strings.Contains(part, `aria-label="210 ms"`) {
		t.Error("the picture does not show the stretch")
	}
}

// In a lecture's picture every text is twice as large, in a picture of the same size.
func TestExportForALecture(t *testing.T) {
	run := sampleRun(t)
	heading := func(args ...string) string {
		e := exported(append([]string{run, "--pdf", "-"}, args...)...)
		if !strings.Contains(e.stdout, "/MediaBox[0 0 1200 675]") {
			t.Errorf("%v: another size", args)
		}
		return exported(append([]string{run, "--svg", "-"}, args...)...).stdout
	}
	plain, lecture := heading(), heading("--lecture")
	if plain == lecture || !strings.Contains(lecture, `width="1600" height="900"`) {
		t.Error("it is the same picture, or has another size")
	}
}

func TestExportKeepsFiles(t *testing.T) {
	run, dir := sampleRun(t), t.TempDir()
	kept := filepath.Join(dir, "a-series.csv")
	if err := os.WriteFile(kept, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	tables := filepath.Join(dir, "a.csv")
	if e := exported(run, "--csv", tables); e.code != command.WrongUse || !strings.Contains(e.stderr, "exists already") {
		t.Errorf("%+v", e)
	}
	if _, err := os.Stat(tables); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half of it was written: %v", err)
	}
	if e := exported(run, "--csv", tables, "--force"); e.code != 0 {
		t.Errorf("%+v", e)
	}
	if data, err := os.ReadFile(kept); err != nil || !strings.HasPrefix(string(data), "series,") {
		t.Errorf("%.20q, %v", data, err)
	}
	before, err := os.ReadFile(run)
	if err != nil {
		t.Fatal(err)
	}
	if e := exported(run, "--png", run, "--force"); e.code != command.WrongUse || !strings.Contains(e.stderr, "the recording itself") {
		t.Errorf("%+v", e)
	}
	if after, err := os.ReadFile(run); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the recording was changed: %v", err)
	}
}

func TestExportWrongUse(t *testing.T) {
	run, dir := sampleRun(t), t.TempDir()
	p := filepath.Join(dir, "p")
	for want, args := range map[string][]string{
		"say what to write":                       {run},
		"write it as 1600x900":                    {run, "--png", p, "--size", "big"},
		"each side from 1 to 16000":               {run, "--png", p, "--size", "0x100"},
		"--size 16001x1":                          {run, "--png", p, "--size", "16001x1"},
		"100 million pixels":                      {run, "--png", p, "--size", "16000x16000"},
		"--size 99999999999999999999x1":           {run, "--png", p, "--size", "99999999999999999999x1"},
		"takes one thing only":                    {run, "--png", "-", "--svg", p},
		"two things are to be written to":         {run, "--png", p, "--svg", p},
		"is a folder":                             {run, "--png", dir},
		"is no ordinary file":                     {run, "--png", os.DevNull, "--force"},
		"--from 2s: the run was over after 1s":    {run, "--png", p, "--from", "2s"},
		"--from 500ms is not before --to 400ms":   {run, "--png", p, "--from", "500ms", "--to", "400ms"},
		"must not be negative":                    {run, "--png", p, "--from=-1s"},
		"--theme must be one of \"light\",\"dark": {run, "--png", p, "--theme", "pink"},
	} {
		if e := exported(args...); e.code != command.WrongUse || !strings.Contains(e.stderr, want) {
			t.Errorf("%v: exit %d, %q, want %q", args[1:], e.code, e.stderr, want)
		}
	}
	if e := exported(run, "--png", filepath.Join(dir, "none", "p.png")); e.code != command.Failed || !strings.Contains(e.stderr, "no such file") {
		t.Errorf("a folder that is not there: %+v", e)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// No size makes it fail: what there is no room for is left out.
func TestExportOfAnySize(t *testing.T) {
	run := sampleRun(t)
	for _, size := range []string{"1x1", "2x900", "900x2", "100x60", "16000x4"} {
		for _, flag := range []string{"--png", "--svg", "--pdf"} {
			for _, more := range [][]string{nil, {"--lecture"}} {
				if e := exported(append([]string{run, flag, "-", "--size", size}, more...)...); e.code != 0 || e.stdout == "" {
					t.Errorf("%s %s %v: exit %d, %s", flag, size, more, e.code, e.stderr)
				}
			}
		}
	}
}

// errNoRoom is what a full disk says.
var errNoRoom = errors.New("no space left on device")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errNoRoom }

func TestExportSaysThatItCouldNotWrite(t *testing.T) {
	run := sampleRun(t)
	for _, flag := range []string{"--png", "--svg", "--pdf", "--csv", "--json", "--trace"} {
		var stderr bytes.Buffer
		code := command.Main([]string{"export", run, flag, "-"}, io.Writer(full{}), &stderr)
		if code != command.Failed || !strings.Contains(stderr.String(), errNoRoom.Error()) {
			t.Errorf("%s: exit %d, %q", flag, code, stderr.String())
		}
	}
}
