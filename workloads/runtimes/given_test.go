//go:build linux || darwin

package runtimes

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An interpreter is what it says: the path that it names starts scripts, and its lock is off where build and environment
// leave it off.
func TestGiven(t *testing.T) {
	const answer = `{"implementation": "cpython", "version": [3, 14], "full": "3.14.1", "executable": %q, "gil": %v, "free": %v}`
	for name, c := range map[string]struct {
		executable string
		gil, free  bool
		env        string // PYTHON_GIL
		want       Runtime
	}{
		"with a lock":                  {"/real/python", true, false, "", Runtime{Name: "CPython 3.14.1", GIL: true, Path: "/real/python"}},
		"without":                      {"/real/python", false, true, "", Runtime{Name: "CPython 3.14.1 free-threaded", Path: "/real/python"}},
		"without, but it is wanted":    {"/real/python", false, true, "1", Runtime{Name: "CPython 3.14.1 free-threaded", GIL: true, Path: "/real/python"}},
		"that knows no path of itself": {"", true, false, "", Runtime{Name: "CPython 3.14.1", GIL: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PYTHON_GIL", c.env)
			path := filepath.Join(t.TempDir(), "python")
			text := "#!/bin/sh\necho '" + fmt.Sprintf(answer, c.executable, c.gil, c.free) + "'\n"
			if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
				t.Fatal(err)
			}
			if c.want.Path == "" {
				c.want.Path = path
			}
			c.want.ID, c.want.Version = c.want.Path, "3.14.1"
			if got, err := Given(path); err != nil || got != c.want {
				t.Errorf("%+v, %v, want %+v", got, err, c.want)
			}
		})
	}
}

// What cannot be used is refused with what it is, and with what would do.
func TestGivenRefuses(t *testing.T) {
	const answer = `echo '{"implementation": "%s", "version": [%s], "full": "%s", "executable": "", "gil": true, "free": false}'`
	for want, script := range map[string]string{
		"is CPython 3.8.18, which is too old":                               fmt.Sprintf(answer, "cpython", "3, 8", "3.8.18"),
		"is pypy, language version 3.11.13, but Regatta reads only CPython": fmt.Sprintf(answer, "pypy", "3, 11", "3.11.13"),
		"does not answer as a Python 3: exit status 2: Unknown option: -I":  "echo 'Unknown option: -I' >&2; echo usage >&2; exit 2",
		"does not answer as a Python 3: exit status 127":                    "exit 127",
		`does not answer as a Python 3: it said "hello"`:                    "echo hello; echo world",
		`does not answer as a Python 3: it said ""`:                         "exit 0",
		`does not answer as a Python 3: it said "{}"`:                       "echo {}",
		"does not answer as a Python 3: signal: killed":                     "kill -9 $$",
	} {
		path := filepath.Join(t.TempDir(), "python")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		_, err := Given(path)
		if err == nil || !strings.Contains(err.Error(), path+" "+want) || !strings.HasSuffix(err.Error(), "; name a CPython 3.9 or newer") {
			t.Errorf("%v; want %s", err, want)
		}
	}
	folder := t.TempDir()
	noProgram := filepath.Join(folder, "no-program")
	if err := os.WriteFile(noProgram, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(folder, "missing"), noProgram, folder} {
		if _, err := Given(path); err == nil || !strings.Contains(err.Error(), "there is no Python to be started as "+path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestGivenIsExaminedForReal(t *testing.T) {
	builtin, err := BuiltIn("")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Given(builtin.Path)
	if err != nil || got.Version != builtin.Version || got.GIL != builtin.GIL || got.Path != builtin.Path {
		t.Errorf("%+v, %v, want %+v", got, err, builtin)
	}
}
