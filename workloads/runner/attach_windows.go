package runner

import (
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// attach makes a command inherit copies of the standard handles. release closes this process's copies.
func attach(cmd *exec.Cmd, req *request) (release func(), err error) {
	release = func() {
		for _, h := range req.Handles {
			windows.CloseHandle(windows.Handle(h))
		}
	}
	self := windows.CurrentProcess()
	for _, f := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		var h windows.Handle
		if err := windows.DuplicateHandle(self, windows.Handle(f.Fd()), self, &h, 0, true, windows.DUPLICATE_SAME_ACCESS); err != nil {
			release()
			return nil, err
		}
		req.Handles = append(req.Handles, uintptr(h))
		cmd.SysProcAttr.AdditionalInheritedHandles = append(cmd.SysProcAttr.AdditionalInheritedHandles, syscall.Handle(h))
	}
	cmd.Env = append(os.Environ(), groupVariable+"=1")
	return release, nil
}

// keepFromPrograms has nothing to do: a program inherits what it is given, nothing else.
func keepFromPrograms([]uintptr) {}

// ownGroup stands for the group of the console.
func ownGroup() int { return 1 }

// groupSignals are those that come to every program in a console.
func groupSignals() []os.Signal { return []os.Signal{os.Interrupt} }
