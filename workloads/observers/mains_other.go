//go:build !linux

package observers

// mainThreads are the main threads of processes, by the process. On Linux a main thread has its process's id; elsewhere it
// has one of its own, and the book, which knows it by its process's, must be told of it by that one.
type mainThreads map[int]int

// rename gives an event of a main thread the id by which the book knows it. A process's first event is its main thread's.
func (m mainThreads) rename(e event) event {
	if _, known := m[e.pid]; !known && e.kind == processEvent {
		m[e.pid] = e.tid
	}
	if m[e.pid] == e.tid {
		e.tid = e.pid
	}
	return e
}
