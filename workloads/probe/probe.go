// Package probe holds the Python module that is loaded before a program, in every process of its tree, and writes down
// what only the program itself knows: the names of processes and threads, and each step of each asyncio task.
//
// regatta_probe.py says how it is started, regatta_probe_core.py what its files look like.
package probe

import (
	_ "embed"
	"errors"
	"os"
	"path/filepath"
)

//go:embed regatta_probe.py
var launcher []byte

//go:embed regatta_probe_core.py
var core []byte

// Write puts the probe into the folder dir, readable by its owner alone, and returns the path of the file to start:
//
//	python -I -B PATH EVENTS_DIR PROGRAM.py [arguments]
//
// The folder must stay until the program's last process has started. The first process leaves bytecode there, which
// saves the later ones 4 ms each; with a folder that outlives a run, every process is a later one.
func Write(dir string) (path string, err error) {
	for name, text := range Files() {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return filepath.Join(dir, FileName), err
}
