package interpreter

import (
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"
)

// locate returns the address of _PyRuntime in a process. In a Windows program it has a section of its own, PyRuntim, in the
// executable or in a python3xx.dll.
func locate(pid int, mem *memory) (uint64, error) {
	modules, err := snapshotModules(pid)
	if err != nil {
		return 0, err
	}
	defer windows.CloseHandle(modules)
	headers := make([]byte, peHeaderSize)
	why := ErrNoRuntime
	m := windows.ModuleEntry32{Size: uint32(unsafe.Sizeof(windows.ModuleEntry32{}))}
	first := true // the executable itself
	for err := windows.Module32First(modules, &m); err == nil; err = windows.Module32Next(modules, &m) {
		if !first && !isPythonLibrary(windows.UTF16ToString(m.Module[:])) {
			continue
		}
		first = false
		base := uint64(m.ModBaseAddr)
		err := mem.read(base, headers)
		if err == nil {
			var rva uint64
			if rva, err = sectionRVA(headers, runtimeSection); err == nil {
				return base + rva, nil
			}
		}
		if !errors.Is(err, ErrNoRuntime) {
			why = err
		}
	}
	return 0, why
}

// snapshotModules lists what is loaded into a process. While that process loads something the system says that it could
// not (ERROR_BAD_LENGTH), and is to be asked again.
func snapshotModules(pid int) (windows.Handle, error) {
	const attempts = 5
	for attempt := 1; ; attempt++ {
		h, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPMODULE, uint32(pid))
		if err == nil || attempt == attempts || !errors.Is(err, windows.ERROR_BAD_LENGTH) {
			return h, err
		}
	}
}
