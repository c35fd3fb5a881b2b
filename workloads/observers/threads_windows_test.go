package observers

import (
	"os"
	"runtime"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The sizes that Windows's own headers have on 64 bits.
func TestSizes(t *testing.T) {
	if got := unsafe.Sizeof(systemThread{}); got != 80 {
		t.Errorf("a thread has %d bytes in the table", got)
	}
	if got := unsafe.Sizeof(windows.SYSTEM_PROCESS_INFORMATION{}); got != 256 {
		t.Errorf("a process has %d bytes in the table", got)
	}
}

// The table has this process in it, with its parent and the thread that asks.
func TestSystemTable(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var table systemTable
	table.buf = make([]byte, 16) // too small at first
	if err := table.read(); err != nil {
		t.Fatal(err)
	}
	us, them := 0, 0
	for info, threads := range table.processes() {
		if int(info.UniqueProcessID) != os.Getpid() {
			them++
			continue
		}
		if int(info.InheritedFromUniqueProcessID) != os.Getppid() {
			t.Errorf("our parent is %d, not %d", info.InheritedFromUniqueProcessID, os.Getppid())
		}
		for _, thread := range threads {
			if thread.Thread == uintptr(windows.GetCurrentThreadId()) {
				us++
			}
		}
	}
	if us != 1 || them == 0 {
		t.Errorf("this thread was found %d times, beside %d other processes", us, them)
	}
}

func TestAskThread(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if !canAskThreads() {
		t.Skip("this system cannot be asked about a single thread, as Wine cannot")
	}
	h, err := openThread(int(windows.GetCurrentThreadId()))
	if err != nil {
		t.Fatal(err)
	}
	defer windows.CloseHandle(h)
	var now systemThread
	if !askThread(h, &now) || now.Process != uintptr(os.Getpid()) || now.State != threadRunning {
		t.Errorf("this thread is %+v", now)
	}
}

func TestMainThread(t *testing.T) {
	threads := []systemThread{{Thread: 8, CreateTime: 30}, {Thread: 4, CreateTime: 10}, {Thread: 12, CreateTime: 20}}
	if tid := mainThread(threads); tid != 4 {
		t.Errorf("the main thread is %d", tid)
	}
}
