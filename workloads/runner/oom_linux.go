package runner

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
)

// countOOMKills is how often the kernel's out-of-memory killer has struck on this machine, 0 where it does not say.
func countOOMKills() int {
	text, err := os.ReadFile("/proc/vmstat")
	if err != nil {
		return 0
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		if number, ok := strings.CutPrefix(lines.Text(), "oom_kill "); ok {
			n, _ := strconv.Atoi(number)
			return n
		}
	}
	return 0
}
