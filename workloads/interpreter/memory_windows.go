package interpreter

import (
	"golang.org/x/sys/windows"
)

// gilSize is a bound for the GIL's state (Python/pycore_gil.h): its locks and condition variables are an SRWLOCK or a
// CONDITION_VARIABLE, a pointer each.
const gilSize = 64

// processSource reads pieces one by one: Windows has no call for several.
type processSource struct {
	process windows.Handle
}

func openSource(pid int) (*processSource, error) {
	const access = windows.PROCESS_VM_READ | windows.PROCESS_QUERY_LIMITED_INFORMATION | windows.SYNCHRONIZE
	h, err := windows.OpenProcess(access, false, uint32(pid))
	if err != nil {
		return nil, err
	}
	return &processSource{h}, nil
}

func (p *processSource) close() { windows.CloseHandle(p.process) }

// readPieces copies each piece or none of it. What cannot be read is no error while the process is there.
func (p *processSource) readPieces(pieces []piece) error {
	missed := false
	for _, want := range pieces {
		var n uintptr
		err := windows.ReadProcessMemory(p.process, uintptr(want.address), &want.buf[0], uintptr(len(want.buf)), &n)
		*want.ok = err == nil && n == uintptr(len(want.buf))
		missed = missed || !*want.ok
	}
	if !missed {
		return nil
	}
	if ended, _ := windows.WaitForSingleObject(p.process, 0); ended == windows.WAIT_OBJECT_0 {
		return windows.ERROR_PROCESS_ABORTED
	}
	return nil
}
