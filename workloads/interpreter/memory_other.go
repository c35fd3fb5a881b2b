//go:build !linux && !windows

package interpreter

import "errors"

// errForbidden: on macOS reading another process takes its task port, which the system gives to root and to debuggers that
// Apple's certificate signs, even for a child of one's own.
var errForbidden = errors.New("this system lets only root read another process's memory")

// gilSize bounds nothing here, since no GIL is read.
const gilSize = 0

// processSource is a process that cannot be read.
type processSource struct{}

func openSource(int) (*processSource, error) { return nil, errForbidden }

func (p *processSource) close() {}

func (p *processSource) readPieces([]piece) error { return errForbidden }

func locate(int, *memory) (uint64, error) { return 0, errForbidden }
