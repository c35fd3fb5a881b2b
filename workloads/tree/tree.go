package tree

import (
	"os"
	"slices"
	"strings"
	"time"
)

// Command says what to start.
type Command struct {
	Args  []string // Args[0] is the absolute path of the program
	Env   []string
	Dir   string     // "" is that of this process
	Files []*os.File // the program's descriptors 0, 1, 2 and so on; only the first three on Windows
	// Handles are used instead of Files where the program gets what this process inherited: descriptors, or handles on
	// Windows. An os.File would change whether reading from them blocks, for all who share them.
	Handles []uintptr
	// Group is the process group that the program joins; 0 is a new one of its own. On Windows 1 leaves it in that of
	// its console, where Ctrl-C reaches it.
	Group int
}

// Exit is the end of a process.
type Exit struct {
	Code   int    // -1 where a signal ended it
	Signal string // such as SIGKILL, or ""
	At     int64  // clock.Now when it was seen
}

// TagVariable is the environment variable by which the processes of a run can be found when nobody holds their tree any
// more. Its value is the run's folder.
const TagVariable = "REGATTA_RUN"

// Tagged returns env with the tag in place of any tag before it.
func Tagged(env []string, tag string) []string {
	env = slices.DeleteFunc(slices.Clone(env), func(e string) bool { return strings.HasPrefix(e, TagVariable+"=") })
	return append(env, TagVariable+"="+tag)
}

// killPatience is how long killing goes on before it gives up.
const killPatience = 5 * time.Second

// pause waits between two rounds of killing: short at first, longer when something takes its time to die.
type pause time.Duration

func (p *pause) next() time.Duration {
	*p = min(max(*p*2, pause(time.Millisecond)), pause(20*time.Millisecond))
	return time.Duration(*p)
}
