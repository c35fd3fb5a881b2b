package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// imported is an event as Perfetto has it after its import: times in nanoseconds.
type imported struct {
	phase, name, category string
	pid, tid              int64
	at, end               int64
	args                  map[string]any
}

// importTrace reads a trace by the rules of Perfetto's importer (src/trace_processor/importers/json) and fails where it
// would count an error, drop an event or guess.
func importTrace(t testing.TB, text string) []imported {
	t.Helper()
	if !strings.HasPrefix(text, `{"traceEvents":[`) {
		t.Fatalf("the form is not recognized from %.40q", text)
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && (r < ' ' || r == 0x7f) }) {
		t.Fatal("there are control characters or bytes that are no text")
	}
	if found := regexp.MustCompile(`\\u[dD][89a-fA-F]`).FindString(text); found != "" {
		t.Fatalf("surrogates are not understood: %s", found)
	}
	var trace struct {
		Events []map[string]any  `json:"traceEvents"`
		Other  map[string]string `json:"otherData"`
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(&trace); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	var all []imported
	for _, e := range trace.Events {
		all = append(all, importEvent(t, e))
	}
	noOverlap(t, all)
	return all
}

func importEvent(t testing.TB, e map[string]any) imported {
	t.Helper()
	whole := func(key string, least, most int64) int64 {
		n, ok := e[key].(json.Number)
		if !ok {
			t.Fatalf("%s is no number in %v", key, e)
		}
		v, err := n.Int64()
		if err != nil || v < least || v > most {
			t.Fatalf("%s is %v in %v", key, n, e)
		}
		return v
	}
	phase, _ := e["ph"].(string)
	name, _ := e["name"].(string)
	category, _ := e["cat"].(string)
	args, _ := e["args"].(map[string]any)
	if name == "" {
		t.Fatalf("no name in %v", e)
	}
	i := imported{phase: phase, name: name, category: category, args: args, pid: whole("pid", 1, math.MaxUint32)}
	i.at = nanoseconds(t, e["ts"])
	if _, there := e["tid"]; there {
		i.tid = whole("tid", 1, math.MaxUint32)
	}
	switch phase {
	case "X":
		if i.end = i.at + nanoseconds(t, e["dur"]); i.end <= i.at || i.tid == 0 {
			t.Fatalf("a slice without duration or thread: %v", e)
		}
	case "i":
		if scope := e["s"]; scope != "t" && scope != "g" || i.tid == 0 {
			t.Fatalf("an instant of %v", e)
		}
	case "C":
		if len(args) == 0 {
			t.Fatalf("a counter without a value: %v", e)
		}
		for key, v := range args {
			if n, ok := v.(json.Number); !ok {
				t.Fatalf("%s is no number in %v", key, e)
			} else if f, err := n.Float64(); err != nil || math.IsInf(f, 0) {
				t.Fatalf("%s is %v in %v", key, n, e)
			}
		}
	case "M":
		if strings.HasSuffix(name, "_name") && (args["name"] == nil || args["name"] == "") {
			t.Fatalf("names nothing: %v", e)
		}
	default:
		t.Fatalf("phase %q", phase)
	}
	return i
}

// nanoseconds reads a time: whole numbers are multiplied, others are cut off after the multiplication.
func nanoseconds(t testing.TB, v any) int64 {
	t.Helper()
	n, ok := v.(json.Number)
	if !ok {
		t.Fatalf("%v is no time", v)
	}
	if whole, err := n.Int64(); err == nil && whole >= 0 {
		return whole * 1000
	}
	f, err := n.Float64()
	if err != nil || f < 0 {
		t.Fatalf("%v is no time", v)
	}
	return int64(f * 1000)
}

// noOverlap holds the slices of each track to lie in each other or apart. Those that lap over are dropped there.
func noOverlap(t testing.TB, all []imported) {
	t.Helper()
	open := map[[2]int64][]imported{}
	for _, e := range all {
		if e.phase != "X" {
			continue
		}
		at := [2]int64{e.pid, e.tid}
		stack := open[at]
		for len(stack) > 0 && stack[len(stack)-1].end <= e.at {
			stack = stack[:len(stack)-1]
		}
		if n := len(stack); n > 0 {
			t.Fatalf("%v lies over %v", e, stack[n-1])
		}
		open[at] = append(stack, e)
	}
}

func (i imported) String() string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %d/%d %s [%s] %d", i.phase, i.pid, i.tid, i.name, i.category, i.at)
	if i.end > 0 {
		fmt.Fprintf(&b, "-%d", i.end)
	}
	if i.args != nil {
		text, _ := json.Marshal(i.args)
		fmt.Fprintf(&b, " %s", text)
	}
	return b.String()
}
