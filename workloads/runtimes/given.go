package runtimes

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// examination is what an interpreter says about itself. It starts with -I and -S: code that its environment or
// site-packages bring runs with the user's script, not before.
const examination = `import json, sys, sysconfig
print(json.dumps({"implementation": sys.implementation.name, "version": list(sys.version_info)[:2],
    "full": sys.version.split()[0].rstrip("+"), "executable": sys.executable,
    "gil": getattr(sys, "_is_gil_enabled", lambda: True)(), "free": bool(sysconfig.get_config_var("Py_GIL_DISABLED"))}))`

// examinationPatience is how long an interpreter may take for it; a cold disk has been seen to take a second.
const examinationPatience = 3 * time.Second

// oldest is the first CPython that the probe and the observers know.
var oldest = [2]int{3, 9}

// examined is the answer.
type examined struct {
	Implementation string
	Version        [2]int
	Full           string // as in 3.14.0rc1
	Executable     string
	GIL            bool // whether it is on without the environment of the run
	Free           bool // whether the build can do without
}

// Given returns the CPython that a user named: a path, or a name to be found on PATH. It is started once to say what it is.
// The error says what was found and what would do.
func Given(python string) (Runtime, error) {
	const wanted = "name a CPython 3.9 or newer"
	path, err := exec.LookPath(python)
	if errors.Is(err, exec.ErrDot) {
		err = nil // it was asked for
	}
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return Runtime{}, fmt.Errorf("there is no Python to be started as %s: %w; %s", python, cmp.Or(errors.Unwrap(err), err), wanted)
	}
	found, err := examine(path)
	switch {
	case err != nil:
		return Runtime{}, fmt.Errorf("%s does not answer as a Python 3: %w; %s", path, err, wanted)
	case found.Implementation != "cpython":
		return Runtime{}, fmt.Errorf("%s is %s, language version %s, but Regatta reads only CPython; %s", path, found.Implementation, found.Full, wanted)
	case slices.Compare(found.Version[:], oldest[:]) < 0:
		return Runtime{}, fmt.Errorf("%s is CPython %s, which is too old; %s", path, found.Full, wanted)
	}
	return found.runtime(path), nil
}

// runtime is the one that starts scripts. A launcher such as pyenv's names the interpreter that it chose, and a virtual
// environment's interpreter names itself.
func (e examined) runtime(path string) Runtime {
	if filepath.IsAbs(e.Executable) {
		path = e.Executable
	}
	name := "CPython " + e.Full
	if e.Free {
		name += " free-threaded"
	}
	return Runtime{ID: path, Name: name, Version: e.Full, GIL: e.GIL || e.Free && os.Getenv("PYTHON_GIL") == "1", Path: path}
}

// examine starts the interpreter, and ends it with all that it started: a launcher does not hand a signal on.
func examine(path string) (e examined, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), examinationPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "-I", "-S", "-c", examination)
	cmd.Env = CallerEnv()
	cmd.WaitDelay = time.Second // for what a launcher left behind and could not be ended
	var said, complained little
	cmd.Stdout, cmd.Stderr = &said, &complained
	err = runAndEnd(cmd)
	switch {
	case ctx.Err() != nil:
		return e, fmt.Errorf("it said nothing within %v", examinationPatience)
	case err != nil && len(complained) > 0:
		return e, fmt.Errorf("%w: %s", err, firstLine(complained))
	case err != nil:
		return e, err
	case json.Unmarshal(said, &e) != nil || e.Implementation == "":
		return e, fmt.Errorf("it said %q", firstLine(said))
	}
	return e, nil
}

// CallerEnv is the environment of a user's own script: ours, without what would make one Python take another's files for
// its own.
func CallerEnv() []string {
	var env []string
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); name != "PYTHONHOME" && name != "PYTHONEXECUTABLE" {
			env = append(env, entry)
		}
	}
	return env
}

// little takes as much as an answer needs; who says more is no Python.
type little []byte

func (l *little) Write(p []byte) (int, error) {
	if len(*l)+len(p) > 64<<10 {
		return 0, errors.New("it says too much")
	}
	*l = append(*l, p...)
	return len(p), nil
}
