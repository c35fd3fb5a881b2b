package observers

import (
	"testing"

	"golang.org/x/sys/unix"

	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

func TestClassify(t *testing.T) {
	const tid, other = 10, 11
	gil := func(holder int) []interpreter.Holding { return []interpreter.Holding{{Address: 0x1000, TID: holder}} }
	off := []interpreter.Holding{{Address: 0x1000, Off: true}}
	for name, test := range map[string]struct {
		r       reading
		gils    []interpreter.Holding
		want    recording.State
		blocker int
	}{
		"holds the GIL":              {reading{ready: true}, gil(tid), recording.Running, 0},
		"let go of the GIL":          {reading{ready: true}, gil(other), recording.Native, 0},
		"nobody holds the GIL":       {reading{ready: true}, gil(0), recording.Native, 0},
		"there is no GIL":            {reading{ready: true}, off, recording.Running, 0},
		"no interpreter can be read": {reading{ready: true}, nil, recording.Running, 0},
		"holds a subinterpreter's":   {reading{ready: true}, append(gil(other), interpreter.Holding{Address: 0x9000, TID: tid}), recording.Running, 0},
		"waits inside the GIL":       {reading{call: unix.SYS_FUTEX, address: 0x1048}, gil(other), recording.GIL, other},
		"waits behind the GIL":       {reading{call: unix.SYS_FUTEX, address: 0x1000 + 4096}, gil(other), recording.Lock, 0},
		"a futex, GIL not readable":  {reading{call: unix.SYS_FUTEX, address: 0x1048}, nil, recording.Lock, 0},
		"sleeps":                     {reading{call: unix.SYS_CLOCK_NANOSLEEP}, gil(other), recording.Sleep, 0},
		"sleeps in a select":         {reading{call: unix.SYS_PSELECT6, address: 0}, gil(other), recording.Sleep, 0},
		"selects on a file":          {reading{call: unix.SYS_PSELECT6, address: 3}, gil(other), recording.IO, 0},
		"waits for a process":        {reading{call: unix.SYS_WAIT4}, gil(other), recording.Lock, 0},
		"reads":                      {reading{call: unix.SYS_READ, address: 3}, gil(other), recording.IO, 0},
		"waits for a page":           {reading{call: -1}, gil(other), recording.IO, 0},
		"reads while it has the GIL": {reading{call: unix.SYS_READ}, gil(tid), recording.IO, 0},
	} {
		if state, blocker := classify(test.r, tid, test.gils); state != test.want || blocker != test.blocker {
			t.Errorf("a thread that %s: %v, blocked by %d; want %v, %d", name, state, blocker, test.want, test.blocker)
		}
	}
}
