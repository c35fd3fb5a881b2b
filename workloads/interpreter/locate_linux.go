package interpreter

import (
	"bufio"
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// errNoMemory says that nothing is mapped into a process: it is about to end.
var errNoMemory = errors.New("it has no memory any more")

// locate returns the address of _PyRuntime in a process. In an ELF file it has a section of its own, .PyRuntime, in the
// executable or in a shared libpython.
func locate(pid int, _ *memory) (uint64, error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	err = errNoMemory
	tried := map[string]bool{}
	lines := bufio.NewScanner(f)
	for first := true; lines.Scan(); {
		start, file, ok := parseMapping(lines.Text())
		if !ok || tried[file] {
			continue
		}
		tried[file] = true // the first mapping of a file is its lowest
		if !first && !strings.HasPrefix(filepath.Base(file), "libpython") {
			continue
		}
		first = false
		// The file may be another one by now, or out of reach under its name: go through the process.
		path := fmt.Sprintf("/proc/%d/root%s", pid, file)
		var address uint64
		if address, err = sectionAddress(path, start); err == nil {
			return address, nil
		}
	}
	return 0, err
}

// parseMapping reads a line of /proc/PID/maps: the start of the mapping and the file that it maps.
func parseMapping(line string) (start uint64, file string, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 6 || !strings.HasPrefix(fields[5], "/") {
		return 0, "", false
	}
	from, _, _ := strings.Cut(fields[0], "-")
	start, err := strconv.ParseUint(from, 16, 64)
	return start, strings.Join(fields[5:], " "), err == nil
}

// sectionAddress returns where the section .PyRuntime of a file lies in memory when the file is loaded at start.
func sectionAddress(path string, start uint64) (uint64, error) {
	f, err := elf.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	section := f.Section(".PyRuntime")
	if section == nil {
		return 0, ErrNoRuntime
	}
	if f.Type != elf.ET_DYN {
		return section.Addr, nil // position-dependent: the file's addresses are those in memory
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_LOAD {
			return section.Addr - (p.Vaddr &^ 0xfff) + start, nil
		}
	}
	return 0, ErrNoRuntime
}
