package runner

import (
	"os"
	"syscall"

	"golang.org/x/sys/windows"
	"regatta/workloads/tree"
)

// firstCommand is the hidden argument that the front starts.
const firstCommand = Command

// guard holds the job object with the runner in it, whose end is the end of all that runs in it.
type guard struct{ job *tree.Job }

func (g *guard) hold(runner int) (err error) {
	if g.job, err = tree.NewJob(); err != nil {
		return err
	}
	return g.job.Add(runner)
}

func (g *guard) release(int, string) {
	if g.job != nil {
		g.job.Close()
	}
}

// apart keeps Ctrl-C and console windows away. An attached runner stays in the console, for the program to have it.
func apart(attached bool) *syscall.SysProcAttr {
	if attached {
		return &syscall.SysProcAttr{}
	}
	return &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW | windows.CREATE_NEW_PROCESS_GROUP}
}

// force ends a runner that does not react.
func force(runner *os.Process) { runner.Kill() }

// ours is always true: each user has a temporary folder of their own here.
func ours(os.FileInfo) bool { return true }
