package observers

import (
	"time"

	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

// threadState is KTHREAD_STATE: what Windows's scheduler says of a thread.
type threadState uint32

const (
	threadReady         threadState = 1
	threadRunning       threadState = 2
	threadStandby       threadState = 3 // next on its core
	threadTerminated    threadState = 4
	threadWaiting       threadState = 5
	threadTransition    threadState = 6 // ready, but its kernel stack is on the disk
	threadDeferredReady threadState = 7
	threadSwappedOut    threadState = 9
)

// waitReason is KWAIT_REASON: why a waiting thread waits. The system has each reason twice, from 7 on for waits of its own.
type waitReason uint32

const (
	waitExecutive   waitReason = 0 // for a driver: a file, a pipe
	waitPageIn      waitReason = 2
	waitDelay       waitReason = 4
	waitSuspended   waitReason = 5
	waitUserRequest waitReason = 6 // for handles
	waitOwn         waitReason = 7 // what is to be added for the system's own
	waitQueue       waitReason = 15
	waitLPCReceive  waitReason = 16
	waitLPCReply    waitReason = 17
	waitVirtual     waitReason = 18
	waitPageOut     waitReason = 19
	waitKeyedEvent  waitReason = 21
	waitRateControl waitReason = 24
	waitResource    waitReason = 27
	waitPushLock    waitReason = 28
	waitMutex       waitReason = 29
	waitFastMutex   waitReason = 34
	waitGuarded     waitReason = 35
	waitAlert       waitReason = 37 // for a word in memory: an SRWLOCK, a CONDITION_VARIABLE, WaitOnAddress
)

// windowsWaits are the states of threads that wait for what the reason alone tells.
var windowsWaits = map[waitReason]recording.State{
	waitExecutive: recording.IO, waitOwn + waitExecutive: recording.IO,
	waitPageIn: recording.IO, waitOwn + waitPageIn: recording.IO, waitVirtual: recording.IO, waitPageOut: recording.IO,
	waitQueue:      recording.IO, // a completion port, as in asyncio
	waitLPCReceive: recording.IO, waitLPCReply: recording.IO,
	waitDelay: recording.Sleep, waitOwn + waitDelay: recording.Sleep,
	waitUserRequest: recording.Lock, waitOwn + waitUserRequest: recording.Lock,
	waitSuspended: recording.Lock, waitOwn + waitSuspended: recording.Lock,
	waitKeyedEvent: recording.Lock, waitAlert: recording.Lock,
	waitResource: recording.Lock, waitPushLock: recording.Lock, waitMutex: recording.Lock,
	waitFastMutex: recording.Lock, waitGuarded: recording.Lock,
	waitRateControl: recording.Core, // its job or session has used up its share of the cores
}

// gilWakes bounds how long a wait for the GIL can last without a look around. The interpreter looks every 5 ms (the switch
// interval); the system's timer may make 15.6 ms of that.
const gilWakes = 40 * time.Millisecond

// threadReading is what Windows said of a thread at one moment.
type threadReading struct {
	state  threadState
	reason waitReason
	woke   time.Duration // how long ago it was last seen to have been on a core since the look before
	held   bool          // it held a GIL a moment before
}

// classifyWindows turns what Windows says of a thread and what the interpreter says of the GILs into a state, and names the
// thread that holds what it waits for (0 for none). The rules, first match wins:
//
//	Windows                    GIL                               state
//	running, or next           no GIL known, or off              running
//	running, or next           held by this thread               running
//	running, or next           held by another, or free          native: it let go of the GIL
//	ready                                                        core
//	waits for a word           the only one, held by another     gil, blocked by its holder, if it looks around as one does
//	waits for anything else                                      as the table of reasons says
//	its stack is on the disk                                     io
//	says nothing               held by this thread               running
//	says nothing               not held by it                    unknown
//
// Windows does not tell which word or handle a thread waits for, so two rows are less sure than on Linux:
//
//   - gil: the GIL is a condition variable, and a wait for one is a wait for a word. CPython 3.14's locks are not (they
//     wait for a semaphore), 3.13's threading.Lock is. Who waits for the GIL looks around every few milliseconds; a thread
//     that stays asleep for longer waits for something else. One that has just begun to wait for a lock of 3.13, or whose
//     own code waits for a condition with a short timeout, is mistaken for one that waits for the GIL.
//   - lock: a wait for a handle. Python's locks are such waits, and so are time.sleep (a timer) and a blocking socket (an
//     event): they show as lock.
func classifyWindows(r threadReading, tid int, gils []interpreter.Holding) (state recording.State, blocker int) {
	switch r.state {
	case threadRunning, threadStandby:
		return whileOnCore(r, tid, gils), 0
	case threadReady, threadDeferredReady:
		return recording.Core, 0
	case threadTransition, threadSwappedOut:
		return recording.IO, 0
	case threadWaiting:
	default:
		if holdsGIL(r, tid, gils) {
			return recording.Running, 0
		}
		return recording.Unknown, 0
	}
	if r.reason == waitAlert && len(gils) == 1 && gils[0].TID != 0 && gils[0].TID != tid && r.woke < gilWakes {
		return recording.GIL, gils[0].TID
	}
	if state, known := windowsWaits[r.reason]; known {
		return state, 0
	}
	return recording.Unknown, 0
}

func whileOnCore(r threadReading, tid int, gils []interpreter.Holding) recording.State {
	if len(gils) == 0 || holdsGIL(r, tid, gils) {
		return recording.Running
	}
	for _, g := range gils {
		if g.Off {
			return recording.Running
		}
	}
	return recording.Native
}

func holdsGIL(r threadReading, tid int, gils []interpreter.Holding) bool {
	for _, g := range gils {
		if g.TID == tid {
			return true
		}
	}
	return r.held
}
