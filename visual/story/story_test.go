package story

import (
	"strings"
	"testing"

	"regatta/workloads/analysis"
	"regatta/workloads/catalog"
	"regatta/workloads/recording"
)

func f(v float64) *float64 { return &v }

func summary(status recording.Status) analysis.Summary {
	return analysis.Summary{
		Workload: "sum", Model: "processes", Status: status, Wall: f(1.134), Work: f(1.02), CoresBusy: f(1.96), PeakMemory: f(14.23e6),
		Metric: recording.RSS, Machine: recording.Machine{Cores: 2, CPU: "Test CPU"}, Runtime: recording.Runtime{Name: "CPython 3.14.6"},
		Parameters: map[string]any{"tasks": 4.0, "size": 10_000_000.0, "workers": 0.0, "start_method": "default"},
		Lanes: []analysis.Lane{
			{ID: 1, End: 1, States: map[string]float64{"lock": 1}},
			{ID: 2, Parent: 1, End: 1, States: map[string]float64{"gil": 0.74, "running": 0.26}},
		},
	}
}

func TestHeadline(t *testing.T) {
	for status, want := range map[recording.Status]string{
		recording.Finished:    "Processes: 1.13 s, 2.0 of 2 cores kept busy.",
		recording.Failed:      "Sum a range under processes failed after 1.13 s.",
		recording.Stopped:     "Sum a range under processes was stopped after 1.13 s.",
		recording.TimedOut:    "Sum a range under processes took too long and was stopped after 1.13 s.",
		recording.OutOfMemory: "Sum a range under processes took too much memory and was stopped after 1.13 s.",
		recording.Incomplete:  "Sum a range under processes: the recording has no end.",
	} {
		s := summary(status)
		if status != recording.Finished {
			s.Findings = []analysis.Finding{{ID: string(status), Role: analysis.Outcome}}
		}
		if got := Headline(s); got != want {
			t.Errorf("%s: %q, want %q", status, got, want)
		}
	}
	script := summary(recording.Finished)
	script.Workload, script.Model = "boats.py", "script"
	if got := Headline(script); got != "boats.py: 1.13 s, 2.0 of 2 cores kept busy." {
		t.Errorf("a script: %q", got)
	}
	strange := summary(recording.Failed)
	strange.Workload, strange.Model = "knit", "elves"
	strange.Findings = []analysis.Finding{{ID: "failed", Role: analysis.Outcome}}
	if got := Headline(strange); !strings.HasPrefix(got, "knit under elves") {
		t.Errorf("what this Regatta does not know: %q", got)
	}
}

// A caution is no headline, nor is what only a newer Regatta has words for.
func TestHeadlineIsWhatHappened(t *testing.T) {
	for _, f := range []analysis.Finding{{ID: "other-load", Role: analysis.Caution}, {ID: "of the future", Role: analysis.Cause}} {
		s := summary(recording.Finished)
		s.Findings = []analysis.Finding{f}
		if got := Headline(s); got != "Processes: 1.13 s, 2.0 of 2 cores kept busy." {
			t.Errorf("%s: %q", f.ID, got)
		}
	}
}

func TestSubtitle(t *testing.T) {
	s := summary(recording.Stopped)
	s.Reason = "stopped on request"
	s.Findings = []analysis.Finding{{ID: "stopped", Role: analysis.Outcome}}
	if got, want := Subtitle(s), "Stopped on request.  ·  "+Setting(s); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	s.Reason = ""
	if got, want := Subtitle(s), Setting(s); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSetting(t *testing.T) {
	s := summary(recording.Stopped)
	want := "Sum a range under processes  ·  tasks 4  ·  numbers in each 10 000 000  ·  CPython 3.14.6  ·  2 cores of Test CPU"
	if got := Setting(s); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	pair, _ := catalog.Find("sum", "sequential")
	values, _ := pair.Values(nil)
	if got := Planned(pair, values, "CPython"); got != "tasks 4  ·  numbers in each 10 000 000  ·  CPython" {
		t.Errorf("%q", got)
	}
}

func TestFigures(t *testing.T) {
	var got []string
	for _, n := range Figures(summary(recording.Finished)) {
		got = append(got, n.Value+" "+n.Caption)
	}
	want := "1.13 s wall time, 1.02 s work time, 2.0 of 2 cores kept busy, 14.2 MB peak memory (RSS), 74 % waiting for the GIL"
	if strings.Join(got, ", ") != want {
		t.Errorf("%q, want %q", strings.Join(got, ", "), want)
	}
	for i, meaning := range Meanings(summary(recording.Finished)) {
		caption, _, _ := strings.Cut(Figures(summary(recording.Finished))[i].Caption, " (")
		if !strings.Contains(strings.ToLower(meaning), strings.ToLower(caption)) || !strings.HasSuffix(meaning, ".") {
			t.Errorf("%s is explained by %q", caption, meaning)
		}
	}
	for _, n := range Figures(analysis.Summary{Metric: recording.RSS})[:4] { // nothing is known
		if n.Value != "–" {
			t.Errorf("%s is %q", n.Caption, n.Value)
		}
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{"": "", "a b": "A b.", "Why?": "Why?", "wait…": "Wait…"} {
		if got := Sentence(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
