package programs_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"regatta/workloads/catalog"
	"regatta/workloads/programs"
	"regatta/workloads/programs/pythontest"
	"regatta/workloads/webserver"
)

// models are the ways to run a workload, as arguments.
var models = map[string][]string{
	"sequential":              {"--model", "sequential"},
	"threads":                 {"--model", "threads"},
	"two threads":             {"--model", "threads", "--set", "workers=2"},
	"thread-pool":             {"--model", "thread-pool"},
	"thread-pool of two":      {"--model", "thread-pool", "--set", "workers=2"},
	"interpreters":            {"--model", "interpreters"},
	"interpreters, one":       {"--model", "interpreters", "--set", "workers=1"},
	"processes":               {"--model", "processes"},
	"processes fork":          {"--model", "processes", "--set", "start_method=fork", "--set", "workers=3"},
	"processes spawn":         {"--model", "processes", "--set", "start_method=spawn"},
	"processes forkserver":    {"--model", "processes", "--set", "start_method=forkserver"},
	"process-pool":            {"--model", "process-pool"},
	"process-pool fork":       {"--model", "process-pool", "--set", "start_method=fork", "--set", "chunksize=3"},
	"process-pool replaced":   {"--model", "process-pool", "--set", "start_method=spawn", "--set", "max_tasks_per_child=1", "--set", "chunksize=2"},
	"mp-pool":                 {"--model", "mp-pool"},
	"mp-pool imap":            {"--model", "mp-pool", "--set", "method=imap", "--set", "chunksize=2", "--set", "workers=3"},
	"mp-pool imap_unordered":  {"--model", "mp-pool", "--set", "method=imap_unordered", "--set", "start_method=spawn"},
	"mp-pool replaced":        {"--model", "mp-pool", "--set", "method=imap_unordered", "--set", "max_tasks_per_child=1", "--set", "start_method=fork"},
	"asyncio":                 {"--model", "asyncio"},
	"asyncio-blocking":        {"--model", "asyncio-blocking"},
	"asyncio-threads":         {"--model", "asyncio-threads"},
	"asyncio-threads of two":  {"--model", "asyncio-threads", "--set", "workers=2"},
	"asyncio-processes":       {"--model", "asyncio-processes"},
	"asyncio-processes spawn": {"--model", "asyncio-processes", "--set", "start_method=spawn", "--set", "workers=1"},
}

type answer struct {
	Result any   `json:"result"`
	Start  int64 `json:"work_start_ns"`
	End    int64 `json:"work_end_ns"`
}

// sources is where the programs lie.
var sources string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if sources, err = os.MkdirTemp("", "programs"); err == nil {
			defer os.RemoveAll(sources)
			err = errors.Join(programs.Write(sources), os.WriteFile(filepath.Join(sources, "failing.py"), []byte(failing), 0o600))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}

// run runs a program in a fresh folder and returns how it ended and that folder.
func run(t *testing.T, program string, args ...string) (pythontest.End, string) {
	t.Helper()
	work := t.TempDir()
	command := append([]string{pythontest.Python(t), "-sEB", filepath.Join(sources, program)}, args...)
	return pythontest.Run(t, work, "", command...), work
}

// skipIfTooOld skips a test when the Python that tests use is too old for a model or a parameter, and says so.
func skipIfTooOld(t *testing.T, end pythontest.End) {
	t.Helper()
	for _, said := range []string{"needs a newer Python", "unexpected keyword argument 'max_tasks_per_child'"} {
		if os.Getenv("REGATTA_TEST_PYTHON") != "" && strings.Contains(end.Stderr, said) {
			t.Skip(end.Stderr)
		}
	}
}

// result runs a program that must finish, and returns the result in its last line.
func result(t *testing.T, program string, args ...string) (any, string) {
	t.Helper()
	end, dir := run(t, program, args...)
	skipIfTooOld(t, end)
	if end.State != "exit status 0" || end.Stderr != "" {
		t.Fatalf("%s %q: %s\n%s%s", program, args, end.State, end.Stdout, end.Stderr)
	}
	lines := strings.Split(strings.TrimSpace(end.Stdout), "\n")
	var got answer
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &got); err != nil {
		t.Fatalf("%v in %q", err, end.Stdout)
	}
	if got.Start <= 0 || got.End <= got.Start {
		t.Errorf("worked from %d to %d", got.Start, got.End)
	}
	return got.Result, dir
}

func server(t *testing.T, options webserver.Options) string {
	t.Helper()
	s, err := webserver.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s.URL()
}

func TestEveryModelReturnsTheSame(t *testing.T) {
	url := server(t, webserver.Options{Latency: 5 * time.Millisecond, Size: 50_000, Bandwidth: 5_000_000, Work: 5 * time.Millisecond})
	for workload, args := range map[string][]string{
		"sum":      {"--set", "tasks=5", "--set", "size=20000"},
		"download": {"--set", "images=5", "--server", url},
		"services": {"--set", "services=5", "--server", url},
	} {
		want, _ := result(t, workload+".py", args...)
		for model, more := range models {
			if workload != "sum" && len(more) > 2 {
				continue // what is set is seen with one workload
			}
			t.Run(workload+" "+model, func(t *testing.T) {
				got, dir := result(t, workload+".py", append(more, args...)...)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("sequential (-), %s (+):\n%s", model, diff)
				}
				files, err := filepath.Glob(filepath.Join(dir, "*"))
				if err != nil {
					t.Fatal(err)
				}
				saved := 0
				if workload == "download" {
					saved = 5
				}
				if len(files) != saved {
					t.Errorf("left %v", files)
				}
			})
		}
		switch workload {
		case "sum":
			if want != float64(99_999*100_000/2) {
				t.Errorf("sum = %v", want)
			}
		case "download":
			if want.(map[string]any)["bytes"] != 5*50_000. {
				t.Errorf("download = %v", want)
			}
		case "services":
			if want.(map[string]any)["weather"].(map[string]any)["wind_knots"] == nil || len(want.(map[string]any)) != 5 {
				t.Errorf("services = %v", want)
			}
		}
	}
}

func TestModelsRunByThemselves(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sources, "model_*.py"))
	if err != nil || len(files) != len(catalog.Models()) {
		t.Fatalf("%d models in the catalog, %q, %v", len(catalog.Models()), files, err)
	}
	for _, file := range files {
		model := filepath.Base(file)
		end, _ := run(t, model)
		if os.Getenv("REGATTA_TEST_PYTHON") != "" && strings.Contains(end.Stderr, "ImportError") {
			continue
		}
		if want := "[499999500000, 1499999500000, 2499999500000, 3499999500000]\n"; end.Stdout != want || end.Stderr != "" {
			t.Errorf("%s: %+v", model, end)
		}
	}
}

func TestWrongUseIsToldInOneLine(t *testing.T) {
	for _, test := range []struct {
		command, want string
	}{
		{"sum.py --model rowing", "no model 'rowing', there are: asyncio, asyncio-blocking, asyncio-processes, asyncio-threads, interpreters, mp-pool, "},
		{"sum.py --model ../sum", "no model"},
		{"sum.py --set size=0", "size=0: expected a whole number from 1 to 1000000000"},
		{"sum.py --set size=ten", "size=ten: expected a whole number"},
		{"sum.py --set size=", "expected a whole number"},
		{"sum.py --set size", "expected NAME=VALUE"},
		{"sum.py --set sise=4", "no parameter 'sise', there are: tasks, size"},
		{"sum.py --set workers=4", "no parameter 'workers'"},
		{"sum.py --model threads --set workers=-1", "workers=-1"},
		{"sum.py --model process-pool --set max_tasks_per_child=2", "from 0 to 1"},
		{"sum.py --model mp-pool --set method=apply", "method=apply: expected one of map, imap, imap_unordered"},
		{"sum.py --model processes --set start_method=spoon", "expected one of default, "},
		{"download.py", "--server"},
		{"download.py --set urls=ftp://example.org/x", "ftp://example.org/x: expected an address"},
		{"download.py --set urls=/etc/passwd", "/etc/passwd: expected an address"},
		{"services.py", "--server"},
	} {
		args := strings.Fields(test.command)
		end, _ := run(t, args[0], args[1:]...)
		if end.State != "exit status 2" || strings.Count(end.Stderr, "\n") != 1 || !strings.Contains(end.Stderr, test.want) {
			t.Errorf("%s: %s, %q; want %q", test.command, end.State, end.Stderr, test.want)
		}
	}
}

// A workload whose second task fails in one of several ways.
const failing = `
import os, signal, sys, threading, time
import program
PARAMETERS = {"how": {"default": "raise"}}
def items(options): return [""] + [options["how"]] + [""]
def work(how):
    if how == "raise": raise ValueError("this task is bad")
    if how == "exit": sys.exit(3)
    if how == "kill": os.kill(os.getpid(), signal.SIGKILL)
async def work_async(how): work(how)
combine = list
if __name__ == "__main__": program.main(sys.modules[__name__])
`

func TestAFailureIsNeverLost(t *testing.T) {
	for model, args := range models {
		kind := args[1]
		for how, want := range map[string]string{"raise": "ValueError: this task is bad", "exit": "", "kill": died[kind]} {
			if how == "kill" && want == "" {
				continue // it would kill all
			}
			if how != "raise" && kind == "mp-pool" {
				continue // it waits for ever, as its source says
			}
			t.Run(model+" "+how, func(t *testing.T) {
				end, _ := run(t, "failing.py", append(args, "--set", "how="+how)...)
				skipIfTooOld(t, end)
				state := "exit status 1"
				if how == "exit" && kind != "processes" {
					state = "exit status 3"
				}
				if end.State != state || !strings.Contains(end.Stderr, want) || strings.Contains(end.Stdout, "result") {
					t.Errorf("%s\n%s%s", end.State, end.Stdout, end.Stderr)
				}
			})
		}
	}
}

// died is what the models with processes say when one of them was killed.
var died = map[string]string{
	"processes": "exit code -9", "process-pool": "BrokenProcessPool", "asyncio-processes": "BrokenProcessPool",
}

func TestOwnAddresses(t *testing.T) {
	mux := http.NewServeMux()
	web := httptest.NewServer(mux)
	defer web.Close()
	mux.HandleFunc("/chunked", func(w http.ResponseWriter, _ *http.Request) {
		for n := range 3 {
			fmt.Fprintf(w, "piece %d\n", n)
			_ = http.NewResponseController(w).Flush()
		}
	})
	mux.Handle("/moved", http.RedirectHandler("/really?moved=1", http.StatusFound))
	mux.HandleFunc("/really", func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.RawQuery) })
	mux.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	mux.HandleFunc("/short", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "too short")
	})
	mux.Handle("/file", http.RedirectHandler("file:///etc/passwd", http.StatusFound))
	mux.HandleFunc("/a/..%2f..%2fevil.pyc/x.gif", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "gif") })

	urls := fmt.Sprintf("urls=%s/chunked, %s/moved %s/really?a=b", web.URL, web.URL, web.URL)
	for _, model := range []string{"sequential", "threads", "processes", "asyncio"} {
		got, dir := result(t, "download.py", "--model", model, "--set", urls)
		if bytes := got.(map[string]any)["bytes"]; bytes != float64(len("piece 0\n")*3+len("moved=1")+len("a=b")) {
			t.Errorf("%s: %v", model, got)
		}
		if saved, err := os.ReadFile(filepath.Join(dir, "image-2")); string(saved) != "moved=1" {
			t.Errorf("%s saved %q, %v", model, saved, err)
		}
	}
	for _, model := range []string{"sequential", "asyncio", "threads"} {
		for _, path := range []string{"/nothing", "/round", "/short", "/file"} {
			url := web.URL + path
			end, _ := run(t, "download.py", "--model", model, "--set", "urls="+url)
			lines := strings.Split(strings.TrimSpace(end.Stderr), "\n")
			if last := lines[len(lines)-1]; end.State != "exit status 1" || !strings.HasPrefix(last, "http_client.FetchError: "+url+": ") {
				t.Errorf("%s %s: %s\n%s", model, path, end.State, end.Stderr)
			}
		}
	}
}

func TestAnAddressThatDoesNotAnswer(t *testing.T) {
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer silent.Close()
	gone := httptest.NewServer(nil)
	gone.Close()
	for _, url := range []string{silent.URL + "/x.gif", gone.URL + "/x.gif"} {
		for _, model := range []string{"sequential", "asyncio"} {
			end, _ := run(t, "download.py", "--model", model, "--set", "timeout_s=1", "--set", "urls="+url)
			if end.State != "exit status 1" || !strings.Contains(end.Stderr, "http_client.FetchError: "+url+": ") {
				t.Errorf("%s: %+v", model, end)
			}
		}
	}
}

func TestSources(t *testing.T) {
	for _, workload := range catalog.Workloads() {
		for _, model := range catalog.Models() {
			files := programs.Files(workload.ID, model.ID)
			if len(files) < 3 || files[0] != workload.ID+".py" || files[1] != "model_"+strings.ReplaceAll(model.ID, "-", "_")+".py" {
				t.Errorf("Files(%s, %s) = %v", workload.ID, model.ID, files)
			}
			for _, file := range files {
				text, err := programs.Source(file)
				if err != nil || !strings.HasPrefix(text, `"""`) {
					t.Errorf("%s has no head: %v", file, err)
				}
				for n, line := range strings.Split(text, "\n") {
					if len(line) > 100 || strings.TrimRight(line, " \t") != line {
						t.Errorf("%s:%d: long or with blanks at its end", file, n+1)
					}
				}
			}
		}
	}
	if programs.Files("sum", "rowing") != nil || programs.Files("program", "threads") != nil {
		t.Error("files of a pair that is not there")
	}
	if _, err := programs.Source("../probe/probe.go"); err == nil {
		t.Error("a source outside")
	}
}
