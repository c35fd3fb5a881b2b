package observers

import (
	"errors"
	"fmt"
	"iter"
	"unsafe"

	"golang.org/x/sys/windows"
)

// systemThread is SYSTEM_THREAD_INFORMATION, which the table of all processes has behind each of them. Times are in units
// of 100 ns.
type systemThread struct {
	KernelTime, UserTime, CreateTime int64
	WaitTime                         uint32
	StartAddress                     uintptr
	Process, Thread                  uintptr
	Priority, BasePriority           int32
	ContextSwitches                  uint32
	State                            threadState
	WaitReason                       waitReason
}

// systemTable is what the system says, in one call, of all processes and their threads.
type systemTable struct{ buf []byte }

// read takes the table anew.
func (t *systemTable) read() error {
	if t.buf == nil {
		t.buf = make([]byte, 512<<10)
	}
	for {
		var needed uint32
		err := windows.NtQuerySystemInformation(windows.SystemProcessInformation, unsafe.Pointer(&t.buf[0]), uint32(len(t.buf)), &needed)
		if err == nil {
			return nil
		}
		if !errors.Is(err, windows.STATUS_INFO_LENGTH_MISMATCH) {
			return fmt.Errorf("ask the system what its threads do: %w", err)
		}
		// There may be more of them by the next call.
		t.buf = make([]byte, max(2*len(t.buf), int(needed)+64<<10))
	}
}

// processes goes through the table. What it yields is valid until the next read.
func (t *systemTable) processes() iter.Seq2[*windows.SYSTEM_PROCESS_INFORMATION, []systemThread] {
	return func(yield func(*windows.SYSTEM_PROCESS_INFORMATION, []systemThread) bool) {
		for at := 0; ; {
			p := (*windows.SYSTEM_PROCESS_INFORMATION)(unsafe.Pointer(&t.buf[at]))
			behind := unsafe.Add(unsafe.Pointer(p), unsafe.Sizeof(*p))
			if !yield(p, unsafe.Slice((*systemThread)(behind), p.NumberOfThreads)) || p.NextEntryOffset == 0 {
				return
			}
			at += int(p.NextEntryOffset)
		}
	}
}

// threadSystemInformation is a class of NtQueryInformationThread, there since Windows 8, that gives a systemThread.
const threadSystemInformation = 40

var queryThread = windows.NewLazySystemDLL("ntdll.dll").NewProc("NtQueryInformationThread")

// askThread asks the system about one thread, which takes a thousandth of the time that the table takes.
func askThread(thread windows.Handle, into *systemThread) bool {
	status, _, _ := queryThread.Call(uintptr(thread), threadSystemInformation, uintptr(unsafe.Pointer(into)), unsafe.Sizeof(*into), 0)
	return status == 0
}

// openThread opens a thread for askThread.
func openThread(tid int) (windows.Handle, error) {
	return windows.OpenThread(windows.THREAD_QUERY_INFORMATION, false, uint32(tid))
}

// canAskThreads tries askThread on the thread that it runs on, which must be running. The caller has locked it.
func canAskThreads() bool {
	tid := windows.GetCurrentThreadId()
	h, err := openThread(int(tid))
	if err != nil {
		return false
	}
	defer windows.CloseHandle(h)
	var t systemThread
	return askThread(h, &t) && t.Thread == uintptr(tid) && t.State == threadRunning
}

// mainThread is the thread that a process began with.
func mainThread(threads []systemThread) int {
	first := threads[0]
	for _, t := range threads {
		if t.CreateTime < first.CreateTime {
			first = t
		}
	}
	return int(first.Thread)
}
