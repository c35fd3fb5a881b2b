//go:build !linux && !windows

package observers

import (
	"errors"
	"runtime"
)

// Sources are where lanes come from on this system.
func Sources() []string { return []string{"probe"} }

// Examine finds out which sources can be used.
func Examine(int) []Finding {
	return []Finding{unusable("what a thread waits for", errors.New("not read on "+runtime.GOOS),
		"lanes show start, end, names and asyncio steps; Linux and Windows show the waits too")}
}
