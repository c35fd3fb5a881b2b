//go:build linux || darwin

package command_test

import (
	"os"
	"syscall"
)

// signalOf is the number of the signal that ended a process.
func signalOf(s *os.ProcessState) int { return int(s.Sys().(syscall.WaitStatus).Signal()) }
