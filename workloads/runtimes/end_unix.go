//go:build unix

package runtimes

import (
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"
)

// runAndEnd runs a command and ends what it started and left behind, in its process group: with the command, when its
// context is over, and when we are told to end, since a terminal's Ctrl-C reaches only our own group.
func runAndEnd(cmd *exec.Cmd) error {
	caught := make(chan os.Signal, 1)
	ends := []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
	if ends = slices.DeleteFunc(ends, signal.Ignored); len(ends) > 0 {
		signal.Notify(caught, ends...)
	}
	defer signal.Stop(caught)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	end := func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.Cancel = end
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		end()
		return err
	case s := <-caught:
		end()
		err := <-ended
		signal.Stop(caught)
		syscall.Kill(os.Getpid(), s.(syscall.Signal)) // now do as it says
		return err
	}
}
