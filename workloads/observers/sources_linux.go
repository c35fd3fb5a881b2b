package observers

import (
	"errors"
	"io/fs"

	"regatta/workloads/interpreter"
	"regatta/workloads/recording"
)

// sources are what the lanes of a run really came from, and what is missing in them for want of one.
type sources struct {
	memory    bool // an interpreter's memory was read
	hidden    bool // the system did not say what a thread waited for
	denied    bool // nor who holds the GIL
	uncounted bool // nor for how long it was on a core
	noted     map[string]bool
}

// saw notes what the kernel said of a thread.
func (s *sources) saw(t *task, r reading) {
	s.hidden = s.hidden || t.syscall < 0
	s.uncounted = s.uncounted || t.schedstat < 0 || r.switches > 2 && r.ran == 0
}

// names lists them as they stand in the recording.
func (s *sources) names(probed bool) []string {
	names := []string{"kernel (/proc)"}
	if s.hidden {
		names[0] = "kernel (/proc, without what threads wait for)"
	}
	if s.memory {
		names = append(names, "interpreter's memory")
	}
	if probed {
		names = append(names, "probe")
	}
	return names
}

// note tells the reader of the recording what its lanes lack, each thing once.
func (s *sources) note(w *recording.Writer) {
	switch {
	case s.hidden:
		s.once(w, "the system did not say what threads wait for nor who holds the GIL, so waits are shown as not seen: "+ptraceAdvice())
	case s.denied:
		s.once(w, "the system did not let Regatta read who holds the GIL: "+folded+"; "+ptraceAdvice())
	}
	if s.uncounted {
		s.once(w, "this kernel does not count how long threads are on a core and wait for one: waiting for a core shows as running")
	}
}

// folded says what lanes are without who holds the GIL.
const folded = "waiting for the GIL shows as waiting for a lock, and work without the GIL as running"

// noInterpreter tells why it is not known who holds the GIL of a process that runs Python.
func (s *sources) noInterpreter(w *recording.Writer, err error) {
	switch {
	case errors.Is(err, interpreter.ErrNoRuntime):
		s.once(w, "only CPython 3.13 and newer says who holds the GIL, and this one is older: "+folded)
	case errors.Is(err, interpreter.ErrUnknownVersion):
		s.once(w, "this CPython is newer than this Regatta, which cannot read who holds the GIL: "+folded)
	case errors.Is(err, fs.ErrPermission):
		s.denied = true
	}
}

func (s *sources) once(w *recording.Writer, text string) {
	if s.noted == nil {
		s.noted = map[string]bool{}
	}
	if !s.noted[text] {
		s.noted[text] = true
		w.Warn("%s", text)
	}
}
