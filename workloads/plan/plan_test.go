package plan

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regatta/workloads/catalog"
	"regatta/workloads/programs"
	"regatta/workloads/programs/pythontest"
	"regatta/workloads/runtimes"
)

func choice(t *testing.T, workload, model string) Choice {
	t.Helper()
	pair, err := catalog.Find(workload, model)
	if err != nil {
		t.Fatal(err)
	}
	values, err := pair.Values(nil)
	if err != nil {
		t.Fatal(err)
	}
	return Choice{Pair: pair, Values: values, Runtime: runtimes.Runtime{Path: "/python", Name: "CPython"}}
}

func TestOrder(t *testing.T) {
	order, err := Order(choice(t, "download", "asyncio"), "/tmp/x.regatta")
	if err != nil {
		t.Fatal(err)
	}
	command := strings.Join(order.Command, " ")
	if !strings.HasPrefix(command, "/python -I -B {dir}/regatta_probe.py {events} {dir}/download.py --model asyncio --set images=3") ||
		!strings.HasSuffix(command, "--server {server}") {
		t.Errorf("command %q", command)
	}
	if order.Server == nil || order.Server.Size != 150_000 {
		t.Errorf("server %+v", order.Server)
	}
	for _, source := range order.Header.Sources { // what is read is what runs
		if order.Files[source.Name] != source.Text || source.Text == "" {
			t.Errorf("source %s is not among the files", source.Name)
		}
	}
	if order.Header.Sources[0].Name != "download.py" {
		t.Errorf("the first source is %s", order.Header.Sources[0].Name)
	}
	bare := choice(t, "sum", "threads")
	bare.Bare = true
	if order, err = Order(bare, "/tmp/x.regatta"); err != nil || slices.Contains(order.Command, "{events}") || order.Server != nil {
		t.Errorf("bare: %q, %v", order.Command, err)
	}
}

// The catalog's parameters are those of the programs: names, defaults, limits, choices.
func TestParametersAreThoseOfThePrograms(t *testing.T) {
	dir := t.TempDir()
	if err := programs.Write(dir); err != nil {
		t.Fatal(err)
	}
	const script = `import importlib, json, sys
sys.path.insert(0, sys.argv[1])
def parameters(name):
    try: return importlib.import_module(name).PARAMETERS
    except ImportError: return None
print(json.dumps({name: parameters(name) for name in sys.argv[2:]}))`
	modules := []string{pythontest.Python(t), "-I", "-B", "-c", script, dir}
	want := map[string][]catalog.Parameter{}
	for _, w := range catalog.Workloads() {
		modules, want[w.ID] = append(modules, w.ID), w.Parameters
	}
	for _, m := range catalog.Models() {
		module := "model_" + strings.ReplaceAll(m.ID, "-", "_")
		modules, want[module] = append(modules, module), m.Parameters
	}
	end := pythontest.Run(t, dir, "", modules...)
	var have map[string]map[string]struct {
		Default  any
		Min, Max int64
		Choices  []string
	}
	if err := json.Unmarshal([]byte(end.Stdout), &have); err != nil {
		t.Fatalf("%v\n%s%s", err, end.Stdout, end.Stderr)
	}
	for module, parameters := range want {
		if have[module] == nil && os.Getenv("REGATTA_TEST_PYTHON") != "" {
			continue // which is too old for it
		}
		if len(parameters) != len(have[module]) {
			t.Errorf("%s has %d parameters, the catalog %d", filepath.Base(module), len(have[module]), len(parameters))
		}
		for _, p := range parameters {
			theirs := have[module][p.Name]
			def := theirs.Default
			if f, ok := def.(float64); ok {
				def = int64(f)
			}
			slices.Sort(theirs.Choices)
			if def != p.Default || theirs.Min != p.Min || theirs.Max != p.Max || !slices.Equal(theirs.Choices, slices.Sorted(slices.Values(p.Choices))) {
				t.Errorf("%s: %s is %+v, in the catalog %+v", module, p.Name, theirs, p)
			}
		}
	}
}
