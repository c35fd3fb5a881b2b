// Package app is the program: the window and the command line, two faces of the same calls.
package app

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"regatta/app/command"
	"regatta/workloads/observers"
	"regatta/workloads/runner"
	"regatta/workloads/store"
)

// Main runs Regatta with its arguments and returns the exit status.
func Main(args []string, stdout, stderr io.Writer) int {
	if code, ours := runner.Main(args, os.Stdin, stdout, observers.Start); ours {
		return code
	}
	if len(args) == 1 && filepath.Ext(args[0]) == store.Suffix {
		return show(args[0], stderr)
	}
	if len(args) > 0 {
		return command.Main(args, stdout, stderr)
	}
	if err := openWindow(""); err != nil {
		fmt.Fprintf(stderr, "regatta: %v, so it runs the range sum without one\n", err)
		return command.Tour(stdout, stderr)
	}
	return command.Finished
}

// show opens the window with a recording in it.
func show(path string, stderr io.Writer) int {
	path, err := filepath.Abs(path)
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		fmt.Fprintf(stderr, "regatta: the recording cannot be opened: %v; name another file\n", err)
		return command.WrongUse
	}
	if err := openWindow(path); err != nil {
		fmt.Fprintf(stderr, "regatta: %v; regatta show %s prints it\n", err, path)
		return command.Failed
	}
	return command.Finished
}
