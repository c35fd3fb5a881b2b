//go:build linux || darwin

package runner

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// attach makes a command inherit copies of the standard descriptors. release closes this process's copies.
func attach(cmd *exec.Cmd, req *request) (release func(), err error) {
	release = func() {
		for _, h := range req.Handles {
			unix.Close(int(h))
		}
	}
	for standard := range uintptr(3) {
		h, err := unix.FcntlInt(standard, unix.F_DUPFD, 3)
		if err != nil {
			release()
			return nil, err
		}
		req.Handles = append(req.Handles, uintptr(h))
	}
	cmd.Env = append(os.Environ(), groupVariable+"="+strconv.Itoa(ownGroup()))
	return release, nil
}

// keepFromPrograms lets a program have what it is given as its descriptors 0 to 2 only.
func keepFromPrograms(handles []uintptr) {
	for _, h := range handles {
		unix.CloseOnExec(int(h))
	}
}

func ownGroup() int { return unix.Getpgrp() }

// groupSignals are those that can come to a whole process group and have an effect on it.
func groupSignals() []os.Signal {
	return []os.Signal{
		syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGUSR2,
		syscall.SIGTSTP, syscall.SIGTTIN, syscall.SIGTTOU, syscall.SIGPIPE,
	}
}
