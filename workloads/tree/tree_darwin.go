package tree

import (
	"bytes"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// adopt does nothing: macOS gives every orphan to launchd.
func adopt() error { return nil }

const zombie = 5 // SZOMB of <sys/proc.h>

// members lists what is left of the tree: descendants, the program's group, and what has the tag.
func (t *Tree) members() []int {
	procs := allProcesses()
	found := below(procs, os.Getpid())
	for _, p := range procs {
		if pid := int(p.Proc.P_pid); int(p.Eproc.Pgid) == t.pid && p.Proc.P_stat != zombie && !slices.Contains(found, pid) {
			found = append(found, pid)
		}
	}
	if t.tag == "" {
		return found
	}
	for _, pid := range tagged(procs, t.tag) {
		if !slices.Contains(found, pid) {
			found = append(found, pid)
		}
	}
	return found
}

func alive(pid int) bool {
	p, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	return err == nil && p.Proc.P_stat != zombie
}

// Descendants lists the processes below one, parents before their children. Processes that come or go meanwhile may be
// in it or not. One whose parent ended is nobody's descendant.
func Descendants(pid int) []int { return below(allProcesses(), pid) }

func below(procs []unix.KinfoProc, pid int) []int {
	children := map[int][]int{}
	for _, p := range procs {
		if parent := int(p.Eproc.Ppid); parent != int(p.Proc.P_pid) {
			children[parent] = append(children[parent], int(p.Proc.P_pid))
		}
	}
	found := slices.Clone(children[pid])
	for i := 0; i < len(found); i++ { // grows while it is walked
		found = append(found, children[found[i]]...)
	}
	return found
}

// findTagged lists the processes that were started with the tag. Only those of the same user can be read.
func findTagged(tag string) []int { return tagged(allProcesses(), tag) }

func tagged(procs []unix.KinfoProc, tag string) []int {
	entry := []byte("\x00" + TagVariable + "=" + tag + "\x00")
	var found []int
	for _, p := range procs {
		if int(p.Eproc.Ucred.Uid) != os.Getuid() || p.Proc.P_stat == zombie {
			continue
		}
		args, err := unix.SysctlRaw("kern.procargs2", int(p.Proc.P_pid)) // arguments, then the environment
		if err == nil && bytes.Contains(args, entry) {
			found = append(found, int(p.Proc.P_pid))
		}
	}
	return found
}

// allProcesses is empty where the system refuses the list.
func allProcesses() []unix.KinfoProc {
	procs, _ := unix.SysctlKinfoProcSlice("kern.proc.all")
	return procs
}
