// Package runtimes knows what can execute a program: for now the CPython that Regatta carries inside, unpacked on
// first use into a private folder of the user and checked before each use.
package runtimes

import (
	"path/filepath"
	"runtime"
	"strings"

	"regatta/workloads/runtimes/manifest"
)

// Runtime is what executes a program.
type Runtime struct {
	ID      string `json:"id"`      // "builtin" for the one inside
	Name    string `json:"name"`    // for people, as in "CPython 3.14.6 (built in)"
	Version string `json:"version"` // as in "3.14.6"
	GIL     bool   `json:"gil"`     // whether one lock lets only one thread run Python code at a time
	Path    string `json:"path"`    // the executable, absolute
	BuiltIn bool   `json:"-"`
}

// List returns the runtimes that can be offered, without unpacking anything: the built-in one's Path is where BuiltIn
// puts it, whether or not it is there yet. cacheDir is as for BuiltIn.
func List(cacheDir string) []Runtime {
	m, err := manifest.BuiltIn()
	if err != nil {
		return nil
	}
	rt := builtIn(m, "")
	rt.Path = ""
	// Without a folder the runtime is offered all the same: BuiltIn will say what is wrong, in words.
	if at, err := findPlace(cacheDir); err == nil {
		rt = builtIn(m, filepath.Join(at.cache(), m.ID()))
	}
	return []Runtime{rt}
}

// builtIn describes the CPython of m unpacked in dir.
func builtIn(m manifest.Manifest, dir string) Runtime {
	return Runtime{
		ID:      "builtin",
		Name:    "CPython " + m.Python + " (built in)",
		Version: m.Python,
		GIL:     true,
		Path:    executable(m, dir, runtime.GOOS),
		BuiltIn: true,
	}
}

// executable is the interpreter itself, not one of its copies under shorter names.
func executable(m manifest.Manifest, dir, goos string) string {
	if goos == "windows" {
		return filepath.Join(dir, "python.exe")
	}
	minor := m.Python[:strings.LastIndex(m.Python, ".")]
	return filepath.Join(dir, "bin", "python"+minor)
}

// Args are the interpreter's own flags for a built-in program: -I keeps the working folder, the user's site-packages
// and every PYTHON* variable out, -B writes no __pycache__ into the checked tree.
func (r Runtime) Args() []string {
	return []string{"-I", "-B"}
}
