package main

import (
	"compress/gzip"
	"crypto/sha256"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"regatta/workloads/runtimes/manifest"
)

// A new version of the module needs new manifests. All of them name the version; this platform's is made again in full.
func TestManifestsAreOfThisModule(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the go command is not here to find the module")
	}
	mod, err := findModule()
	if err != nil {
		t.Fatal(err)
	}
	platforms, err := mod.platforms()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range platforms {
		text, err := os.ReadFile("../" + p + ".txt")
		if err != nil {
			t.Errorf("%v; run go generate ./workloads/runtimes/... and add embed_%s.go", err, strings.ReplaceAll(p, "-", "_"))
			continue
		}
		have, err := manifest.Parse(string(text))
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		if want := modulePath + " " + mod.Version; have.Module != want {
			t.Errorf("%s was made from %s, now it is %s: run go generate ./workloads/runtimes/...", p, have.Module, want)
		}
		if p != runtime.GOOS+"-"+runtime.GOARCH {
			continue
		}
		want, err := mod.manifest(p)
		if err != nil {
			t.Fatal(err)
		}
		if have.String() != want.String() {
			t.Errorf("%s differs from the module's data: run go generate ./workloads/runtimes/...", p)
		}
	}
}

func TestEntries(t *testing.T) {
	const list = `{"files": [
		{"name": "bin", "perm": 2147484141},
		{"name": "bin/py", "size": 2, "perm": 134217728, "symlink": "py3"},
		{"name": "bin/py3", "size": 3, "perm": 134217728, "symlink": "../bin/py3.14"},
		{"name": "bin/py3.14", "size": 5, "perm": 509, "compressed": true},
		{"name": "os.py", "size": 6, "perm": 436}]}`
	var gz strings.Builder
	w := gzip.NewWriter(&gz)
	if _, err := w.Write([]byte("hello")); err != nil {
		t.Fatal(err)
	}
	w.Close()
	data := fstest.MapFS{
		"files.json":    {Data: []byte(list)},
		"bin/py3.14.gz": {Data: []byte(gz.String())},
		"os.py":         {Data: []byte("import")},
	}
	have, err := entries(data)
	if err != nil {
		t.Fatal(err)
	}
	hello := manifest.Entry{Mode: 0o775, Size: 5, Sum: sha256.Sum256([]byte("hello"))}
	py, py3, py314 := hello, hello, hello
	py.Path, py3.Path, py314.Path = "bin/py", "bin/py3", "bin/py3.14"
	want := []manifest.Entry{
		{Path: "bin", Mode: fs.ModeDir | 0o755},
		py, py3, py314,
		{Path: "os.py", Mode: 0o664, Size: 6, Sum: sha256.Sum256([]byte("import"))},
	}
	if len(have) != len(want) {
		t.Fatalf("%+v", have)
	}
	for i := range want {
		if have[i] != want[i] {
			t.Errorf("%+v, want %+v", have[i], want[i])
		}
	}
}

func TestBadLinks(t *testing.T) {
	link := func(name, to string) string {
		return `{"name": "` + name + `", "perm": 134217728, "symlink": "` + to + `"}`
	}
	for files, want := range map[string]string{
		link("a", "b"):                                        "leads nowhere",
		link("a", "/etc/passwd"):                              "leads nowhere",
		link("a", "b") + "," + link("b", "a"):                 "circle",
		link("a", "d") + `,{"name": "d", "perm": 2147484141}`: "does not unpack",
	} {
		_, err := entries(fstest.MapFS{"files.json": {Data: []byte(`{"files": [` + files + `]}`)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", files, err, want)
		}
	}
}
