package observers

import (
	"path/filepath"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"regatta/workloads/interpreter"
)

// findInterpreters looks for the interpreter of each process that has none yet, and for new subinterpreters.
func (s *sampler) findInterpreters(at time.Duration) {
	for pid, p := range s.watched {
		if p.python != nil {
			p.python.FindInterpreters()
			continue
		}
		if !p.search.over(at) {
			continue
		}
		if p.python, s.why = interpreter.Open(pid); s.why != nil {
			p.python = nil // lanes without the GIL
			continue
		}
		s.memory = true
		p.library = libraryOf(pid)
		p.frames, _ = p.python.Functions(p.own) // an error means: lanes without functions
	}
}

// libraryOf is the folder of Python's own modules, which is called Lib and lies beside python.exe.
func libraryOf(pid int) string {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return ""
	}
	defer windows.CloseHandle(h)
	name := make([]uint16, windows.MAX_LONG_PATH)
	size := uint32(len(name))
	if err := windows.QueryFullProcessImageName(h, 0, unsafe.SliceData(name), &size); err != nil {
		return ""
	}
	return filepath.Join(filepath.Dir(windows.UTF16ToString(name[:size])), "Lib") + `\`
}

// own tells whether a file is the program's own, not Python's and not the probe. Names differ in case here without being
// others.
func (p *watchedProcess) own(file string) bool {
	inside := p.library != "" && len(file) >= len(p.library) && strings.EqualFold(file[:len(p.library)], p.library)
	return !inside && !strings.HasPrefix(filepath.Base(file), "regatta_probe") && interpreter.OwnCode()(file)
}

// labelLanes gives each lane the function of the program that its thread is in, and a lane to each thread of Python's.
func (s *sampler) labelLanes(at time.Duration) {
	for _, p := range s.watched {
		if p.frames == nil {
			continue
		}
		if !p.moved {
			p.stayInside(at)
			continue
		}
		p.moved = false
		functions, err := p.frames.Look()
		if err != nil {
			continue
		}
		for tid, name := range labels(functions) {
			t := p.threads[tid]
			if t == nil {
				continue
			}
			if t.lane == nil {
				s.giveLane(p, tid, at)
			}
			t.lane.label = name
		}
		if v := p.frames.Visits(); len(v.Interpreters)+len(p.interpreters) > 0 {
			s.book.visits(p.process, v, p.holdings(), func(tid int) int { return s.bookID(p, tid) }, at)
		}
	}
}
