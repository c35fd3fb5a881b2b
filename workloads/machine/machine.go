// Package machine reads what changes slowly, on every system: the computer's facts, the use of each core, the memory of a
// process. It is the only package that calls gopsutil.
package machine

import (
	"runtime"

	"github.com/shirou/gopsutil/v3/cpu"
	"github.com/shirou/gopsutil/v3/mem"

	"regatta/workloads/recording"
)

// Facts describes this computer. What the system does not tell stays zero.
func Facts() recording.Machine {
	m := recording.Machine{OS: runtime.GOOS, Arch: runtime.GOARCH, Cores: runtime.NumCPU()}
	if info, err := cpu.Info(); err == nil && len(info) > 0 {
		m.CPU = info[0].ModelName
	}
	if memory, err := mem.VirtualMemory(); err == nil {
		m.MemoryBytes = memory.Total
	}
	return m
}
