package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regatta/visual/story"
)

// What is said of real runs. Only what is so on any machine, however busy, is held against them.
func TestFindingsOfRealRuns(t *testing.T) {
	dir := t.TempDir()
	script := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, test := range []struct {
		args      string
		must, not []string
	}{
		{"sum --model threads --set tasks=3", []string{"gil-bound"}, []string{"parallel", "native-parallel", "one-core", "overlapping-waits", "too-short", "not-seen"}},
		{"sum --model asyncio --set tasks=3 --blocking-after 20ms", []string{"blocked-loop"}, []string{"busy-loop", "gil-bound", "parallel", "too-short"}},
		{"sum --model sequential", nil, []string{"gil-bound", "parallel", "uneven-shares", "blocked-loop", "nothing-overlaps", "memory-of-processes"}},
		{"sum --model processes --set start_method=spawn", []string{"memory-of-processes"}, []string{"gil-bound", "native-parallel", "one-core", "uneven-shares"}},
		{"sum --model threads --set size=100", []string{"too-short"}, []string{"gil-bound", "one-core", "failed"}},
		{"services --model threads --set work_ms=500", []string{"overlapping-waits"}, []string{"gil-bound", "nothing-overlaps", "waiting-for-locks", "one-core"}},
		{"services --model asyncio --set work_ms=500", nil, []string{"nothing-overlaps", "busy-loop", "blocked-loop"}},
		{script("nap.py", napInTasks), []string{"overlapping-waits"}, []string{"nothing-overlaps", "busy-loop", "blocked-loop"}},
		{"services --model sequential --set work_ms=300", []string{"nothing-overlaps"}, []string{"overlapping-waits", "one-core"}},
		{"sum --model sequential --set size=1000000000 --timeout 1s", []string{"timed-out"}, []string{"failed", "stopped", "too-short"}},
		{script("hash.py", hashInThreads), nil, []string{"gil-bound", "one-core", "nothing-overlaps", "overlapping-waits", "waiting-for-locks"}},
	} {
		name := strings.ReplaceAll(test.args, dir+"/", "")
		t.Run(name, func(t *testing.T) {
			e := regatta(t, append(append([]string{"run"}, strings.Fields(test.args)...), "--json")...)
			text := e.stdout
			if strings.HasSuffix(name, ".py") { // whose summary is the last line
				lines := strings.Split(strings.TrimSpace(e.stderr), "\n")
				text = lines[len(lines)-1]
			}
			var report story.Report
			if err := json.Unmarshal([]byte(text), &report); err != nil {
				t.Fatalf("%v\n%s%s", err, e.stdout, e.stderr)
			}
			var found []string
			for _, f := range report.Findings {
				t.Log(f.Text)
				found = append(found, f.ID)
				if f.Text == "" || len(f.Numbers) == 0 {
					t.Errorf("%+v", f)
				}
			}
			for _, id := range test.must {
				if !slices.Contains(found, id) {
					t.Errorf("%s is not found, but %q", id, found)
				}
			}
			for _, id := range test.not {
				if slices.Contains(found, id) {
					t.Errorf("%s is found", id)
				}
			}
		})
	}
}

const hashInThreads = `import hashlib, threading, time

def hash(end):
    block = bytes(4_000_000)
    while time.perf_counter() < end:
        hashlib.sha256(block).digest()

threads = [threading.Thread(target=hash, args=(time.perf_counter() + 1,)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
`

const napInTasks = `import asyncio

async def main():
    await asyncio.gather(*(asyncio.sleep(0.4) for _ in range(3)))

asyncio.run(main())
`

// People read the findings right after how it ended, no more than four.
func TestFindingsInTheSummary(t *testing.T) {
	e := regatta(t, "run", "sum", "--model", "threads", "--set", "size=100")
	status, rest, _ := strings.Cut(e.stdout, "  findings")
	said, _, ok := strings.Cut(rest, "\n  result")
	if !ok || !strings.Contains(status, "finished") || !strings.Contains(said, "Too short to tell: the work took") || strings.Count(said, "\n") > 3 {
		t.Errorf("%s%s", e.stdout, e.stderr)
	}
}
