package runner

import (
	"fmt"
	"io"
	"syscall"

	"regatta/workloads/recording"
)

// halt is why a run is ended before the program ends by itself.
type halt struct {
	status recording.Status
	reason string
}

// halt asks for the end of the run. Only the first reason counts.
func (s *session) halt(status recording.Status, format string, args ...any) {
	select {
	case s.halts <- halt{status, fmt.Sprintf(format, args...)}:
	default:
	}
}

// obey follows the front's bytes until its end, which is the end of the run as well.
func (s *session) obey(control io.Reader) {
	b := []byte{0}
	for {
		if _, err := io.ReadFull(control, b); err != nil {
			s.halt(recording.Stopped, "Regatta was closed or killed during the run")
			return
		}
		switch {
		case b[0] == stopByte:
			s.halt(recording.Stopped, "the run was stopped")
		case b[0]&signalByte != 0:
			s.signals <- syscall.Signal(b[0] &^ signalByte)
		}
	}
}

// overLimit is called by the observers.
func (s *session) overLimit(used uint64) {
	s.halt(recording.OutOfMemory, "it used %s of memory, its limit was %s", megabytes(used), megabytes(s.Order.MemoryLimit))
}

func megabytes(n uint64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
