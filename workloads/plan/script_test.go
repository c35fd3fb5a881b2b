package plan

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"regatta/workloads/runtimes"
)

func TestScriptOrder(t *testing.T) {
	t.Setenv("PYTHONHOME", "/nowhere")
	t.Setenv("PYTHONEXECUTABLE", "/nowhere")
	t.Setenv("PYTHONPATH", "/kept")
	path := filepath.Join(t.TempDir(), "my.py")
	text := strings.Repeat("x = 'ä\xff'\n", keepSource/8)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	script := Script{Path: path, Args: []string{"{dir}", ""}, Runtime: runtimes.Runtime{Path: "/python", BuiltIn: true}}
	order, err := ScriptOrder(script, "/tmp/x.regatta")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"/python", "-B", "{dir}/regatta_probe.py", "{events}"}; !slices.Equal(order.Command, want) {
		t.Errorf("command %q", order.Command)
	}
	if want := []string{path, "{dir}", ""}; !slices.Equal(order.Args, want) || !order.Attached || order.Dir != "" {
		t.Errorf("order %+v", order)
	}
	if slices.Contains(order.Env, "PYTHONHOME=/nowhere") || slices.Contains(order.Env, "PYTHONEXECUTABLE=/nowhere") || !slices.Contains(order.Env, "PYTHONPATH=/kept") {
		t.Errorf("environment %q", order.Env)
	}
	h := order.Header
	if h.Workload != "my.py" || h.Model != ScriptModel || len(h.Sources) != 1 || h.Sources[0].Name != "my.py" {
		t.Errorf("header %+v", h)
	}
	kept := h.Sources[0].Text
	if len(kept) < keepSource || !strings.HasPrefix(kept, "x = 'ä\uFFFD'\n") || !strings.Contains(kept, "Regatta kept the first") {
		t.Errorf("%d bytes of the source are kept: %.20q", len(kept), kept)
	}
	script.Runtime.BuiltIn = false
	if order, err = ScriptOrder(script, "/tmp/x.regatta"); err != nil || slices.Contains(order.Command, "-B") {
		t.Errorf("a given Python: %q, %v", order.Command, err)
	}
	script.Path = filepath.Join(t.TempDir(), "none.py")
	if _, err = ScriptOrder(script, "/tmp/x.regatta"); err == nil {
		t.Error("there is an order for no script")
	}
}
