// Package app is the program: the window and the command line, two faces of the same calls.
package app

import (
	"fmt"
	"io"
	"os"

	"regatta/app/command"
	"regatta/workloads/observers"
	"regatta/workloads/runner"
)

// Main runs Regatta with its arguments and returns the exit status.
func Main(args []string, stdout, stderr io.Writer) int {
	if code, ours := runner.Main(args, os.Stdin, stdout, observers.Start); ours {
		return code
	}
	if len(args) > 0 {
		return command.Main(args, stdout, stderr)
	}
	if err := openWindow(); err != nil {
		fmt.Fprintf(stderr, "regatta: %v, so it runs the range sum without one\n", err)
		return command.Tour(stdout, stderr)
	}
	return command.Finished
}
