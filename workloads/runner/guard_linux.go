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

// apart keeps the terminal's signals away: Ctrl-C is for the front.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

// force makes the keeper end a runner that does not react.
func force(keeper *os.Process) { keeper.Signal(syscall.SIGTERM) }

// ours tells whether a file belongs to this user.
func ours(info os.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(s.Uid) == os.Getuid()
}
