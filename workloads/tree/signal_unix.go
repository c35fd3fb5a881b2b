//go:build linux || darwin

package tree

import "golang.org/x/sys/unix"

// SignalNumber is the number of a signal by the name that an Exit gives it, 0 for none.
func SignalNumber(name string) int { return int(unix.SignalNum(name)) }

// Signal sends the program itself a signal.
func (t *Tree) Signal(number int) {
	t.mu.Lock() // its end is noted a few microseconds after its number may go to another process
	defer t.mu.Unlock()
	if t.exit.At == 0 {
		unix.Kill(t.pid, unix.Signal(number))
	}
}
