package machine

import "fmt"

// PSS is a process's private memory and its share of what it shares, in bytes, where the system has it. Reading it makes
// the process wait for its page tables to be walked: at most once a second.
func (m *Memory) PSS(pid int) (uint64, error) {
	p, err := m.process(pid)
	if err != nil {
		return 0, err
	}
	maps, err := p.MemoryMaps(true)
	if err != nil || maps == nil || len(*maps) == 0 {
		return 0, fmt.Errorf("read the shared memory of process %d: %w", pid, err)
	}
	return (*maps)[0].Pss * 1024, nil
}
