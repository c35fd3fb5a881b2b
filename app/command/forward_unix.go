//go:build linux || darwin

package command

import (
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// forward catches what is for the script. What our caller ignores stays ignored.
func forward(to chan<- os.Signal) {
	all := []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGUSR2}
	signal.Notify(to, slices.DeleteFunc(all, signal.Ignored)...)
}
