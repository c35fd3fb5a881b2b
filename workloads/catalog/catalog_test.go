package catalog

import (
	"slices"
	"strings"
	"testing"
)

// Every row of the tables is whole.
func TestTables(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range Workloads() {
		if w.ID == "" || w.Name == "" || w.Tag == "" || !isSentence(w.Help) || seen[w.ID] || len(w.Models) == 0 {
			t.Errorf("workload %+v", w)
		}
		seen[w.ID] = true
		for _, id := range w.Models {
			pair, err := Find(w.ID, id)
			if err != nil {
				t.Error(err)
				continue
			}
			checkParameters(t, pair)
		}
	}
	for _, m := range Models() {
		if m.ID == "" || m.Name == "" || !isSentence(m.Help) || seen[m.ID] {
			t.Errorf("model %+v", m)
		}
		seen[m.ID] = true
	}
}

func checkParameters(t *testing.T, pair Pair) {
	t.Helper()
	names := map[string]bool{}
	for _, p := range pair.Parameters() {
		of := pair.Workload.ID + " under " + pair.Model.ID + ": " + p.Name
		if p.Name == "" || p.Label == "" || !isSentence(p.Help) || names[p.Name] {
			t.Errorf("%s: %+v", of, p)
		}
		names[p.Name] = true
		switch def := p.Default.(type) {
		case int64:
			if def < p.Min || def > p.Max || p.Choices != nil || p.Text != nil {
				t.Errorf("%s: default %d", of, def)
			}
		case string:
			if _, err := p.Parse(def); err != nil {
				t.Errorf("%s: its default is refused: %v", of, err)
			}
		default:
			t.Errorf("%s: its default is a %T", of, def)
		}
	}
}

// isSentence also takes one that begins with the name of a Python module.
func isSentence(s string) bool {
	modules := []string{"threading.", "multiprocessing.", "asyncio.", "concurrent.futures."}
	named := slices.ContainsFunc(modules, func(module string) bool { return strings.HasPrefix(s, module) })
	return strings.HasSuffix(s, ".") && (named || s[:1] == strings.ToUpper(s[:1]))
}

// Each model is offered for a workload or refused for a reason, which the user is told.
func TestRefused(t *testing.T) {
	for _, w := range Workloads() {
		for _, m := range Models() {
			why, refused := w.Refused[m.ID]
			if refused == slices.Contains(w.Models, m.ID) || refused && (why == "" || strings.HasSuffix(why, ".")) {
				t.Errorf("%s under %s: refused %t, because %q", w.ID, m.ID, refused, why)
			}
		}
		for id := range w.Refused {
			if _, err := Find(w.ID, id); err == nil || !strings.Contains(err.Error(), w.Refused[id]) || !strings.Contains(err.Error(), "choose one of sequential") {
				t.Errorf("%s under %s: %v", w.ID, id, err)
			}
		}
	}
}

func TestParse(t *testing.T) {
	number := Parameter{Name: "size", Min: 1, Max: 100, Unit: "kB"}
	big := Parameter{Name: "n", Min: 0, Max: 1e9}
	choice := Parameter{Name: "how", Choices: []string{"fork", "spawn"}}
	urls := Parameter{Name: "urls", Text: checkURLs}
	for _, test := range []struct {
		p       Parameter
		typed   string
		want    any
		problem string
	}{
		{number, "7", int64(7), ""},
		{number, " 7 ", int64(7), ""},
		{big, "10 000 000", int64(10_000_000), ""},
		{big, "10_000_000", int64(10_000_000), ""},
		{number, "0", nil, "size is 0, but must be from 1 to 100 kB"},
		{number, "101", nil, "from 1 to 100 kB"},
		{number, "99999999999999999999", nil, "a whole number"},
		{number, "", nil, "a whole number"},
		{number, "1.5", nil, "a whole number"},
		{choice, "spawn", "spawn", ""},
		{choice, "magic", nil, "one of fork, spawn"},
		{urls, "", "", ""},
		{urls, "http://a/b.gif, https://c/d", "http://a/b.gif, https://c/d", ""},
		{urls, "file:///etc/passwd", nil, "no address"},
		{urls, "http://", nil, "no address"},
	} {
		got, err := test.p.Parse(test.typed)
		if err == nil && (test.problem != "" || got != test.want) || err != nil && (test.problem == "" || !strings.Contains(err.Error(), test.problem)) {
			t.Errorf("%s, %q: %v, %v", test.p.Name, test.typed, got, err)
		}
	}
}

func TestValues(t *testing.T) {
	pair, err := Find("sum", "processes")
	if err != nil {
		t.Fatal(err)
	}
	values, err := pair.Values(map[string]string{"size": "5", "start_method": "spawn"})
	if err != nil || values.Int("size") != 5 || values.Int("tasks") != 4 || values.Text("start_method") != "spawn" {
		t.Errorf("%v, %v", values, err)
	}
	want := []string{"--model", "processes", "--set", "tasks=4", "--set", "size=5", "--set", "workers=0", "--set", "start_method=spawn"}
	if got := pair.Arguments(values); !slices.Equal(got, want) {
		t.Errorf("arguments %q", got)
	}
	if _, err := pair.Values(map[string]string{"speed": "9"}); err == nil || !strings.Contains(err.Error(), "tasks, size, workers, start_method") {
		t.Errorf("an unknown parameter: %v", err)
	}
}

func TestServing(t *testing.T) {
	download, _ := Find("download", "threads")
	for urls, needed := range map[string]bool{"": true, "http://example.org/a.gif": false} {
		values, err := download.Values(map[string]string{"urls": urls, "size_kb": "20"})
		if err != nil {
			t.Fatal(err)
		}
		if s := download.Serving(values); s.Needed != needed || needed && s.SizeBytes != 20_000 {
			t.Errorf("addresses %q: %+v", urls, s)
		}
	}
	sum, _ := Find("sum", "threads")
	if s := sum.Serving(Values{}); s.Needed {
		t.Errorf("the sum wants a server: %+v", s)
	}
}
