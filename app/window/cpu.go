//go:build cgo

package window

import "time"

// cpuBefore is a moment that shares are counted from.
type cpuBefore struct {
	at    time.Duration
	known bool
}

func ownCPUNow() cpuBefore {
	at, known := ownCPU()
	return cpuBefore{at, known}
}

// share is what the window has taken of a core since then, nil where that is not known.
func (b cpuBefore) share(wall time.Duration) *float64 {
	now, known := ownCPU()
	if !b.known || !known || wall <= 0 {
		return nil
	}
	share := float64(now-b.at) / float64(wall)
	return &share
}
