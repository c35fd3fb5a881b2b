package observers

import (
	"bytes"
	"os"
	"sync"
	"time"
)

// longestTick is well above what passes between two of the kernel's ticks, at which it counts the time of a thread that is
// on a core: 1 to 10 ms.
const longestTick = 50 * time.Millisecond

// ticks tells whether the kernel ticks on every core. Where it was told to leave cores alone (nohz_full), a thread may be
// on one of them without its time being counted.
var ticks = sync.OnceValue(func() bool {
	cores, err := os.ReadFile("/sys/devices/system/cpu/nohz_full")
	text := string(bytes.TrimSpace(cores))
	return err != nil || text == "" || text == "(null)"
})
