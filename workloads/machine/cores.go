package machine

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shirou/gopsutil/v3/cpu"
)

// Cores measures the use of each core as the difference between two readings of the system's counters. The counters move
// in ticks of 10 ms, so readings should be 100 ms apart or more.
type Cores struct {
	before map[int]cpu.TimesStat
}

// Use is how busy a core was since the reading before, with anybody's work, from 0 to 1.
type Use struct {
	Core int // the system's number of the core; offline ones leave holes
	Busy float64
}

// Sample reads the counters. The first call, and a core's first reading, give no Use.
func (c *Cores) Sample() ([]Use, error) {
	times, err := cpu.Times(true)
	if err != nil {
		return nil, fmt.Errorf("read the use of the cores: %w", err)
	}
	now := make(map[int]cpu.TimesStat, len(times))
	var uses []Use
	for _, t := range times {
		core, err := strconv.Atoi(strings.TrimPrefix(t.CPU, "cpu"))
		if err != nil {
			continue
		}
		now[core] = t
		before, known := c.before[core]
		if !known {
			continue
		}
		busy, total := busyTime(t)-busyTime(before), totalTime(t)-totalTime(before)
		if total > 0 {
			uses = append(uses, Use{core, min(max(busy/total, 0), 1)})
		}
	}
	c.before = now
	return uses, nil
}

// totalTime leaves out Guest and GuestNice, which the system counts in User and Nice already.
func totalTime(t cpu.TimesStat) float64 {
	return t.User + t.System + t.Idle + t.Nice + t.Iowait + t.Irq + t.Softirq + t.Steal
}

func busyTime(t cpu.TimesStat) float64 { return totalTime(t) - t.Idle - t.Iowait }
