//go:build !linux

package machine

import "errors"

// PSS is a process's private memory and its share of what it shares. This system does not tell it.
func (m *Memory) PSS(int) (uint64, error) {
	return 0, errors.New("this system does not tell how much of a process's memory is shared")
}
