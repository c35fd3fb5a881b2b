package tree

import (
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// adopt makes this process the new parent of descendants that lose theirs.
func adopt() error { return unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) }

// members lists the tree without this process: all its descendants, since there is one Tree a process.
func (t *Tree) members() []int {
	select {
	case <-t.empty:
		return nil
	default:
		return Descendants(os.Getpid())
	}
}

// alive tells whether a process exists and is not just waiting to be reaped.
func alive(pid int) bool {
	s, ok := readStat(pid)
	return ok && s.state != 'Z' && s.state != 'X'
}

// Descendants lists the processes below one, parents before their children. Processes that come or go meanwhile may be
// in it or not.
func Descendants(pid int) []int {
	children := childrenOf
	if !haveChildrenFiles() {
		children = scanParents().childrenOf
	}
	found := children(pid)
	for i := 0; i < len(found); i++ { // grows while it is walked
		for _, c := range children(found[i]) {
			if !slices.Contains(found, c) {
				found = append(found, c)
			}
		}
	}
	return found
}
