package observers

import (
	"testing"
	"time"

	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

func TestClassifyWindows(t *testing.T) {
	const tid, other = 10, 11
	gil := func(holder int) []interpreter.Holding { return []interpreter.Holding{{Address: 0x1000, TID: holder}} }
	two := []interpreter.Holding{{Address: 0x1000, TID: other}, {Address: 0x9000, TID: 12}}
	off := []interpreter.Holding{{Address: 0x1000, Off: true}}
	waits := func(reason waitReason) threadReading { return threadReading{state: threadWaiting, reason: reason} }
	for name, test := range map[string]struct {
		r       threadReading
		gils    []interpreter.Holding
		want    recording.State
		blocker int
	}{
		"holds the GIL":                {threadReading{state: threadRunning}, gil(tid), recording.Running, 0},
		"held it just now":             {threadReading{state: threadRunning, held: true}, gil(other), recording.Running, 0},
		"let go of the GIL":            {threadReading{state: threadRunning}, gil(other), recording.Native, 0},
		"nobody holds the GIL":         {threadReading{state: threadStandby}, gil(0), recording.Native, 0},
		"there is no GIL":              {threadReading{state: threadRunning}, off, recording.Running, 0},
		"no interpreter can be read":   {threadReading{state: threadRunning}, nil, recording.Running, 0},
		"holds a subinterpreter's":     {threadReading{state: threadRunning}, append(gil(other), gil(tid)...), recording.Running, 0},
		"wants a core":                 {threadReading{state: threadReady}, gil(tid), recording.Core, 0},
		"is being made ready":          {threadReading{state: threadDeferredReady}, gil(other), recording.Core, 0},
		"waits for the GIL":            {waits(waitAlert), gil(other), recording.GIL, other},
		"waits for a word for long":    {threadReading{state: threadWaiting, reason: waitAlert, woke: gilWakes}, gil(other), recording.Lock, 0},
		"just woke":                    {threadReading{state: threadWaiting, reason: waitAlert, woke: gilWakes - time.Millisecond}, gil(other), recording.GIL, other},
		"waits for a word, GIL free":   {waits(waitAlert), gil(0), recording.Lock, 0},
		"waits for a word, holds GIL":  {waits(waitAlert), gil(tid), recording.Lock, 0},
		"waits for a word, two GILs":   {waits(waitAlert), two, recording.Lock, 0},
		"waits for a word, no GIL":     {waits(waitAlert), nil, recording.Lock, 0},
		"waits for a word, GIL is off": {waits(waitAlert), off, recording.Lock, 0},
		"waits for a handle":           {waits(waitUserRequest), gil(other), recording.Lock, 0},
		"sleeps":                       {waits(waitDelay), gil(other), recording.Sleep, 0},
		"reads a pipe":                 {waits(waitExecutive), gil(other), recording.IO, 0},
		"waits at a completion port":   {waits(waitQueue), gil(other), recording.IO, 0},
		"waits for a page":             {waits(waitOwn + waitPageIn), gil(other), recording.IO, 0},
		"reads while it has the GIL":   {waits(waitExecutive), gil(tid), recording.IO, 0},
		"has used up its share":        {waits(waitRateControl), gil(other), recording.Core, 0},
		"waits for what nobody knows":  {waits(99), gil(other), recording.Unknown, 0},
		"is swapped out":               {threadReading{state: threadTransition}, gil(other), recording.IO, 0},
		"says nothing":                 {threadReading{}, gil(other), recording.Unknown, 0},
		"says nothing, holds the GIL":  {threadReading{}, gil(tid), recording.Running, 0},
	} {
		if state, blocker := classifyWindows(test.r, tid, test.gils); state != test.want || blocker != test.blocker {
			t.Errorf("a thread that %s: %v, blocked by %d; want %v, %d", name, state, blocker, test.want, test.blocker)
		}
	}
}
