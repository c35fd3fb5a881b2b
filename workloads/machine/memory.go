package machine

import (
	"fmt"

	"github.com/shirou/gopsutil/v3/process"
)

// Memory measures the memory of processes, keeping an object for each between samples. It is not safe for concurrent use.
type Memory struct {
	processes map[int]*process.Process
}

// RSS is a process's resident memory in bytes. Pages that it shares with others count in full.
func (m *Memory) RSS(pid int) (uint64, error) {
	p, err := m.process(pid)
	if err != nil {
		return 0, err
	}
	info, err := p.MemoryInfo()
	if err != nil {
		delete(m.processes, pid)
		return 0, fmt.Errorf("read the memory of process %d: %w", pid, err)
	}
	return info.RSS, nil
}

func (m *Memory) process(pid int) (*process.Process, error) {
	if p, known := m.processes[pid]; known {
		return p, nil
	}
	p, err := process.NewProcess(int32(pid))
	if err != nil {
		return nil, fmt.Errorf("find process %d: %w", pid, err)
	}
	if m.processes == nil {
		m.processes = map[int]*process.Process{}
	}
	m.processes[pid] = p
	return p, nil
}

// Forget lets go of what is kept of processes other than these.
func (m *Memory) Forget(alive map[int]bool) {
	for pid := range m.processes {
		if !alive[pid] {
			delete(m.processes, pid)
		}
	}
}
