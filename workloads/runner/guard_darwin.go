package runner

import (
	"os"
	"syscall"

	"regatta/workloads/tree"
)

// firstCommand is the hidden argument that the front starts.
const firstCommand = Command

// guard ends what is left when the runner could not: the program's group, and what has the tag.
type guard struct{}

func (guard) hold(int) error { return nil }

func (guard) release(program int, tag string) {
	if program > 0 {
		syscall.Kill(-program, syscall.SIGKILL)
	}
	if tag != "" {
		tree.KillTagged(tag)
	}
}

// apart keeps the terminal's signals away: Ctrl-C is for the front. An attached runner stays in the group, to hear what
// its program gets.
func apart(attached bool) *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: !attached} }

// force ends a runner that does not react.
func force(runner *os.Process) { runner.Kill() }

// ours tells whether a file belongs to this user.
func ours(info os.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(s.Uid) == os.Getuid()
}
