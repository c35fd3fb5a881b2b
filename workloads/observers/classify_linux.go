package observers

import (
	"golang.org/x/sys/unix"

	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

// classify turns what the kernel says of a thread and what the interpreter says of the GIL into a state, and names the
// thread that holds what it waits for (0 for none). The rules, first match wins:
//
//	kernel                        GIL                       state
//	ready                         no GIL known, or off      running
//	ready                         held by this thread       running
//	ready                         held by another, or free  native: it let go of the GIL
//	waits on a futex              inside a GIL              gil, blocked by its holder
//	waits in a select on nothing                            sleep
//	waits in a call of the table                            as the table says
//	waits, in a call that the system keeps secret           unknown
//	waits in any other call, or for a page                  io
//
// A thread that is ready may be on a core or wait for one, which the kernel only tells afterwards: lane.queued corrects it.
func classify(r reading, tid int, gils []interpreter.Holding) (state recording.State, blocker int) {
	if r.ready {
		return whileReady(tid, gils), 0
	}
	if r.call == hiddenCall {
		return recording.Unknown, 0
	}
	if r.call == unix.SYS_FUTEX {
		for _, g := range gils {
			if g.Covers(r.address) {
				return recording.GIL, g.TID
			}
		}
	}
	if isSelect(r.call) && r.address == 0 {
		return recording.Sleep, 0 // how Python slept before 3.11
	}
	if state, known := waits[r.call]; known {
		return state, 0
	}
	return recording.IO, 0
}

func whileReady(tid int, gils []interpreter.Holding) recording.State {
	for _, g := range gils {
		if g.Off || g.TID == tid {
			return recording.Running
		}
	}
	if len(gils) == 0 {
		return recording.Running
	}
	return recording.Native
}
