package runtimes

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestBuiltInRuns(t *testing.T) {
	cache := realCache(t)
	rt, err := BuiltIn(cache)
	if err != nil {
		t.Fatal(err)
	}
	have := runPython(t, rt, `
import platform, sys
print(platform.python_version(), sys._is_gil_enabled(), sys.flags.isolated, sys.flags.dont_write_bytecode, sys.executable)`)
	if want := rt.Version + " True 1 1 " + rt.Path; have != want {
		t.Errorf("it says %q, want %q", have, want)
	}
	if rt.ID != "builtin" || rt.Name != "CPython "+rt.Version+" (built in)" || !rt.GIL || !rt.BuiltIn {
		t.Errorf("it is %+v", rt)
	}
}

func TestListDoesNotUnpack(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "cache")
	list := List(cache)
	if _, err := os.Lstat(cache); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it made the folder: %v", err)
	}
	rt, err := BuiltIn(realCache(t)) // skips where there is none
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 || !strings.HasPrefix(list[0].Path, cache) {
		t.Fatalf("the list is %+v", list)
	}
	if list = List(realCache(t)); list[0] != rt {
		t.Errorf("listed %+v, used %+v", list[0], rt)
	}
	text, err := json.Marshal(rt)
	if err != nil {
		t.Fatal(err)
	}
	path, _ := json.Marshal(rt.Path)
	want := `{"id":"builtin","name":"CPython ` + rt.Version + ` (built in)","version":"` + rt.Version + `","gil":true,"path":` + string(path) + `}`
	if string(text) != want {
		t.Errorf("as JSON %s, want %s", text, want)
	}
}

// Whatever our own environment and working folder hold, neither a built-in program nor what it starts sees it.
func TestPoisonedEnvironment(t *testing.T) {
	rt, err := BuiltIn(realCache(t))
	if err != nil {
		t.Fatal(err)
	}
	evil := t.TempDir()
	for _, name := range []string{"json.py", "sitecustomize.py", "usercustomize.py", "startup.py"} {
		if err := os.WriteFile(filepath.Join(evil, name), []byte("print('PWNED')"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, value := range map[string]string{
		"PYTHONHOME": evil, "PYTHONPATH": evil, "PYTHONSTARTUP": filepath.Join(evil, "startup.py"), "PYTHONUSERBASE": evil,
		"PYTHONEXECUTABLE": filepath.Join(evil, "python"), "PYTHONINSPECT": "1", "PYTHONPLATLIBDIR": "evil", "LD_LIBRARY_PATH": evil,
	} {
		t.Setenv(name, value)
	}
	t.Chdir(evil)
	have := runPython(t, rt, `
import json, os, subprocess, sys
print(json.dumps([k for k in os.environ if k.startswith(("PYTHON", "LD_"))]))
child = subprocess.run([sys.executable, "-Bc", "import sys; print(sys.prefix)"], capture_output=True, text=True, cwd=sys.prefix)
print(child.stdout.strip() == sys.prefix, child.stderr)`)
	if want := "[]\nTrue"; strings.ReplaceAll(have, "\r", "") != want {
		t.Errorf("it says %q, want %q", have, want)
	}
}

// Programs run from the tree leave it as it was: the next start finds its record fits.
func TestProgramsLeaveNoTrace(t *testing.T) {
	cache := realCache(t)
	rt, err := BuiltIn(cache)
	if err != nil {
		t.Fatal(err)
	}
	in := realInstaller(t, cache)
	script := filepath.Join(t.TempDir(), "program.py")
	if err := os.WriteFile(script, []byte(`
import asyncio, multiprocessing
def work(): import json, http.client
if __name__ == "__main__":
    p = multiprocessing.get_context("spawn").Process(target=work)
    p.start(); p.join()
    print(p.exitcode)
`), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), rt.Path, append(rt.Args(), script)...)
	cmd.Env = rt.Env()
	if out, err := output(cmd); out != "0" || err != nil {
		t.Fatal(out, err)
	}
	if !recorded(in.dir(), in.m.ID()) {
		t.Error("the tree looks different now:", verify(in.dir(), in.m))
	}
}

// What the small tree shows in install_test.go, once for real.
func TestRealTreeIsRepaired(t *testing.T) {
	cache := realCache(t)
	rt, err := BuiltIn(cache)
	if err != nil {
		t.Fatal(err)
	}
	in := realInstaller(t, cache)
	name := "lib/python" + rt.Version[:strings.LastIndex(rt.Version, ".")] + "/json/__init__.py"
	if runtime.GOOS == "windows" {
		name = "Lib/json/__init__.py"
	}
	path := filepath.Join(in.dir(), filepath.FromSlash(name))
	good := filepath.Join(t.TempDir(), "good")
	if err := unpackCopy(in.dir())(good); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(content, "print('PWNED')\n")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	var notes []string
	_, did, err := prepare(cache, unpackCopy(good), compileLibrary, func(s string) { notes = append(notes, s) })
	if err != nil || did.Repaired != name+" has other contents" || len(notes) != 1 || did.Took <= 0 {
		t.Errorf("did %+v, said %q, error %v", did, notes, err)
	}
	if have := runPython(t, rt, "import json; print(json.dumps(1))"); have != "1" {
		t.Errorf("it says %q", have)
	}
}

// A copy killed in the middle is in nobody's way: the next two start at the same moment, and one does the work.
func TestKilledThenTwoAtOnce(t *testing.T) {
	good := realInstaller(t, realCache(t)).dir()
	cache := filepath.Join(t.TempDir(), "python")
	in := realInstaller(t, cache)
	killed := child(t, cache, "half")
	input, err := killed.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	awaitFile(t, filepath.Join(cache, leftover+"*", "new", "half"))
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait()
	if len(in.leftovers()) != 1 {
		t.Error("the killed copy left nothing to sweep: the test shows nothing")
	}
	type result struct {
		out string
		err error
	}
	results := make(chan result)
	for range 2 {
		go func() {
			out, err := output(child(t, cache, good))
			results <- result{out, err}
		}()
	}
	unpacked := 0
	for range 2 {
		r := <-results
		did, path, _ := strings.Cut(r.out, " ")
		if r.err != nil || !strings.HasPrefix(path, in.dir()) {
			t.Errorf("a copy said %q, %v", r.out, r.err)
		}
		if did == "true" {
			unpacked++
		}
	}
	if unpacked != 1 {
		t.Errorf("%d copies unpacked", unpacked)
	}
	checkClean(t, in)
}

func awaitFile(t *testing.T, pattern string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return
		}
	}
	t.Fatalf("%s did not appear", pattern)
}

func runPython(t *testing.T, rt Runtime, program string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), rt.Path, append(rt.Args(), "-c", program)...)
	cmd.Env = rt.Env()
	out, err := output(cmd)
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return out
}
