package runner

import (
	"os"
	"syscall"

	"regatta/workloads/tree"
)

// firstCommand is the hidden argument that the front starts.
const firstCommand = keeperCommand

// guard ends what is left when the runner could not. Here keeper and runner do that for each other.
type guard struct{}

func (guard) hold(int) error { return nil }

// release ends what is left where keeper and runner were killed at once.
func (guard) release(_ int, tag string) {
	if tag != "" {
		tree.KillTagged(tag)
	}
}

// apart keeps the terminal's signals away: Ctrl-C is for the front. An attached keeper stays in the session, for the
// program to have its terminal.
func apart(attached bool) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: !attached, Setpgid: attached}
}

// force makes the keeper end a runner that does not react.
func force(keeper *os.Process) { keeper.Signal(syscall.SIGTERM) }

// ours tells whether a file belongs to this user.
func ours(info os.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(s.Uid) == os.Getuid()
}
