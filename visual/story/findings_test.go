package story

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

func TestEveryRuleHasWords(t *testing.T) {
	for _, id := range analysis.Rules() {
		if words[id] == nil {
			t.Errorf("%s has no words", id)
		}
	}
	if len(words) != len(analysis.Rules()) {
		t.Errorf("%d words for %d rules", len(words), len(analysis.Rules()))
	}
}

type (
	numbers = map[string]float64
	said    = map[string]string
)

func TestSentences(t *testing.T) {
	for _, test := range []struct {
		id      string
		numbers numbers
		names   said
		want    string
	}{
		{
			"gil-bound",
			numbers{"workers": 4, "processes": 1, "gil_share": 0.74, "cores_busy": 0.99, "cores": 2},
			said{"worker": "thread", "turns": "yes"},
			"Threads took turns: only one held the GIL at a time. 4 threads kept 1.0 of 2 cores busy. Each spent 74 % of its life waiting for the GIL, so more cores would not have helped.",
		},
		{
			"gil-bound",
			numbers{"workers": 4, "processes": 2, "gil_share": 0.5},
			said{"worker": "worker", "turns": "yes"},
			"Threads took turns: in each process only one held the GIL at a time. There were 4 workers in 2 processes. Each spent 50 % of its life waiting for the GIL.",
		},
		{
			"gil-bound",
			numbers{"workers": 4, "processes": 1, "gil_share": 0.3, "running": 1.62, "cores": 2},
			said{"worker": "thread"},
			"Threads waited for the GIL, beside C code that does without it. 1.6 of 2 cores ran the 4 threads. Each spent 30 % of its life waiting for the GIL.",
		},
		{
			"parallel",
			numbers{"workers": 2, "running": 1.94, "cores": 2},
			said{"worker": "process", "how": "processes"},
			"2 processes computed at the same time. On average 1.9 of 2 cores ran them: each has a GIL of its own.",
		},
		{
			"parallel",
			numbers{"workers": 2, "running": 1.94, "cores": 2},
			said{"worker": "thread", "how": "no GIL"},
			"2 threads computed at the same time. On average 1.9 of 2 cores ran them: this Python has no GIL.",
		},
		{
			"native-parallel",
			numbers{"workers": 2, "running": 1.9, "cores": 2, "native_share": 0.91},
			said{"worker": "thread"},
			"Threads computed at the same time, with one GIL. On average 1.9 of 2 cores ran the 2 threads: 91 % of their work was C code that lets go of the GIL.",
		},
		{
			"one-core",
			numbers{"workers": 1, "working_share": 0.97, "cores_busy": 0.99, "cores": 2},
			said{"worker": "thread"},
			"One thread did all the work. It computed for 97 % of its life, on one core at a time: 1.0 of 2 cores were kept busy.",
		},
		{
			"oversubscribed",
			numbers{"workers": 8, "cores": 2, "core_share": 0.7},
			said{"worker": "process"},
			"There were more workers than cores: 8 processes shared 2 cores. Each was ready but waited for a free core for 70 % of its life.",
		},
		{
			"oversubscribed",
			numbers{"workers": 2, "cores": 1, "core_share": 0.5},
			said{"worker": "process"},
			"There were more workers than cores: 2 processes shared 1 core. Each was ready but waited for a free core for 50 % of its life.",
		},
		{
			"no-free-core",
			numbers{"workers": 1, "cores": 2, "core_share": 0.5, "running": 0.48},
			said{"worker": "thread"},
			"The cores were taken: the only thread waited for a free one. It was ready but without a core for 50 % of its life, though the workers were on only 0.5 of 2 cores.",
		},
		{
			"uneven-shares",
			numbers{"workers": 4, "share": 0.93, "most_s": 1.9, "mean_s": 0.51},
			said{"worker": "process", "busiest": "Process-2", "nearly": "all"},
			"Process-2 did nearly all the work. It did 93 % of the work of 4 processes.",
		},
		{
			"uneven-shares",
			numbers{"workers": 4, "share": 0.5, "most_s": 1.9, "mean_s": 1},
			said{"worker": "process", "busiest": "Process-2"},
			"The work was shared unevenly. Process-2 worked for 1.90 s, the 4 processes for 1.00 s on average.",
		},
		{
			"overlapping-waits",
			numbers{"workers": 3, "waited_s": 3.62, "elapsed_s": 1.24, "wait_share": 0.97},
			said{"worker": "thread", "wait": "io"},
			"The waits overlapped: 3.62 s of waiting took 1.24 s. 3 threads waited at the same time: each spent 97 % of its life waiting for I/O. A thread that waits lets go of the GIL.",
		},
		{
			"overlapping-waits",
			numbers{"workers": 3, "waited_s": 3.62, "elapsed_s": 1.24, "wait_share": 0.97},
			said{"worker": "task", "wait": "await"},
			"The waits overlapped: 3.62 s of waiting took 1.24 s. 3 tasks waited at the same time: each spent 97 % of its life awaiting. A task that awaits lets the others run.",
		},
		{
			"nothing-overlaps",
			numbers{"workers": 1, "wait_share": 0.92},
			said{"worker": "thread", "wait": "sleep"},
			"While it waited, nothing else ran. The only thread spent 92 % of its life sleeping.",
		},
		{
			"waiting-for-locks",
			numbers{"workers": 3, "lock_share": 0.58, "holder_share": 0.8},
			said{"worker": "thread", "holder": "Thread-3"},
			"The threads waited for each other. Each of 3 threads spent 58 % of its life waiting for a lock, a queue or another thread. For 80 % of that time Thread-3 held it.",
		},
		{
			"blocked-loop",
			numbers{"longest_s": 0.28, "kept_waiting": 1, "times": 1, "sum_s": 0.28},
			said{"task": "Task-2", "function": "sum_range"},
			"Task-2 blocked the event loop for 280 ms. It was in sum_range, and kept 1 task waiting.",
		},
		{
			"blocked-loop",
			numbers{"longest_s": 0.28, "kept_waiting": 3, "times": 2, "sum_s": 0.5},
			said{"task": "Task-2"},
			"Task-2 blocked the event loop for 280 ms. It kept 3 tasks waiting. The loop was blocked twice, for 500 ms in all.",
		},
		{
			"busy-loop",
			numbers{"workers": 40, "ready_share": 0.61},
			said{"worker": "task"},
			"Tasks took turns: an event loop runs one at a time. 40 tasks were ready but waited for their turn for 61 % of their lives.",
		},
		{
			"start-up",
			numbers{"start_s": 0.062, "start_share": 0.63, "wall_s": 0.11, "child_start_s": 0.007},
			nil,
			"Starting took 63 % of the time. 62.0 ms passed before the program's own work began, and a process took 7.00 ms more to start; the whole run took 110 ms.",
		},
		{
			"too-short",
			numbers{"work_s": 0.0041, "samples": 4},
			nil,
			"Too short to tell: the work took 4.10 ms. The lanes were looked at 4 times meanwhile: shares of their time mean little. Give it more to do and run it again.",
		},
		{
			"too-short",
			numbers{"work_s": 0.0004, "samples": 0},
			nil,
			"Too short to tell: the work took 400 µs. Nobody looked at the lanes meanwhile. Give it more to do and run it again.",
		},
		{
			"memory-of-processes",
			numbers{"processes": 4, "rss_bytes": 58.2e6, "largest_bytes": 15.1e6, "pss_bytes": 31e6},
			nil,
			"4 processes took 58.2 MB together. The largest of them took 15.1 MB. Pages that they share count in each of them; counted once, all took 31.0 MB.",
		},
		{
			"other-load",
			numbers{"other_cores": 0.62, "cores": 2},
			nil,
			"Something else kept 0.6 of 2 cores busy meanwhile. It was other programs, or Regatta's own window: on an idle computer the run may take less time.",
		},
		{
			"observer",
			numbers{"observer_share": 0.07, "late_share": 0.3, "dropped": 1},
			nil,
			"Watching took 7 % of a core from this run. 30 % of the looks at the lanes came late: what was short may be missing. There was no room for 1 event of the program.",
		},
		{
			"observer",
			numbers{"dropped": 12000},
			nil,
			"Watching missed some of this run. There was no room for 12 000 events of the program.",
		},
		{
			"not-seen", numbers{"unseen_share": 0.34}, nil, "For 34 % of the workers' time it was not seen what they did.",
		},
		{
			"not-seen",
			numbers{"lock_share": 0.4},
			said{"gil": "unseen"},
			"It was not seen who held the GIL. Waiting for the GIL shows as waiting for a lock, which took 40 % of the threads' lives.",
		},
	} {
		s := summary(recording.Finished)
		s.Runtime.GIL = true
		s.Findings = []analysis.Finding{{ID: test.id, Numbers: test.numbers, Names: test.names}}
		if got := Findings(s); len(got) != 1 || got[0].Text() != test.want {
			t.Errorf("%s:\n%q, want\n%q", test.id, got[0].Text(), test.want)
		}
	}
}

// Numbers that are missing or absurd, and names of any kind, still make sentences.
func TestSentencesOfAnything(t *testing.T) {
	broken := regexp.MustCompile(`NaN|Inf|%!|<nil>|  |\.\.|\n| ,| \.`)
	ids := analysis.Rules()
	rapid.Check(t, func(rt *rapid.T) {
		n, names := numbers{}, said{}
		for _, name := range []string{
			"workers", "cores", "cores_busy", "running", "processes", "gil_share", "waited_s", "elapsed_s", "longest_s", "times", "kept_waiting", "sum_s",
			"holder_share", "samples", "work_s", "rss_bytes", "pss_bytes", "largest_bytes", "observer_share", "late_share", "dropped", "start_s", "wall_s",
			"child_start_s", "other_cores", "unseen_share", "lock_share", "most_s", "mean_s",
		} {
			if rapid.Bool().Draw(rt, name+" is known") {
				n[name] = rapid.Float64Range(0, 1e18).Draw(rt, name)
			}
		}
		names["worker"] = rapid.SampledFrom([]string{"", "thread", "process"}).Draw(rt, "worker")
		for _, name := range []string{"wait", "how", "turns", "holder", "busiest", "task", "function"} {
			if rapid.Bool().Draw(rt, name+" is known") {
				names[name] = rapid.SampledFrom([]string{"a\nb", "\xff", "", strings.Repeat("long", 100), "io", "Thread-1 (f)"}).Draw(rt, name)
			}
		}
		s := summary(recording.Finished)
		if rapid.Bool().Draw(rt, "nothing is known") {
			s = analysis.Summary{Workload: "a.py", Model: "script"}
		}
		s.Findings = []analysis.Finding{{ID: rapid.SampledFrom(ids).Draw(rt, "id"), Numbers: n, Names: names}}
		for _, f := range Findings(s) {
			first, _ := utf8.DecodeRuneInString(f.Text())
			if text := f.Text(); broken.MatchString(text) || !strings.HasSuffix(text, ".") || unicode.IsLower(first) && s.Model != "script" {
				rt.Errorf("%s: %q", f.ID, text)
			}
		}
	})
}

// Scripts depend on these names, and find the sentence where the numbers are.
func TestReport(t *testing.T) {
	s := summary(recording.Finished)
	s.Findings = []analysis.Finding{{ID: "nothing-overlaps", Role: analysis.Cause, Numbers: numbers{"wait_share": 0.9}, Names: said{"worker": "thread"}}}
	text, err := json.Marshal(Tell(s))
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Wall     float64 `json:"wall_s"`
		Findings []struct {
			ID, Role, Text string
			Numbers        numbers
		}
	}
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	if read.Wall != 1.134 || len(read.Findings) != 1 {
		t.Fatalf("%s", text)
	}
	if f := read.Findings[0]; f.ID != "nothing-overlaps" || f.Role != "cause" || !strings.HasPrefix(f.Text, "While it waited") || f.Numbers["wait_share"] != 0.9 {
		t.Errorf("%+v", f)
	}
	if text, err = json.Marshal(Tell(analysis.Summary{})); err != nil || !strings.Contains(string(text), `"findings":[]`) {
		t.Errorf("%s, %v", text, err)
	}
}
