//go:build linux || darwin

package runtimes

import (
	"fmt"
	"os"
	"path/filepath"
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
