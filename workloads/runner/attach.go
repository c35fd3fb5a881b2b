package runner

import (
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"
	"time"

	"regatta/workloads/clock"
	"regatta/workloads/tree"
)

// How a program gets what it would have without Regatta.
//
// Its descriptors 0, 1 and 2 are the front's: the front duplicates them, keeper and runner inherit the copies, and the
// runner gives them to the program. Nobody of ours reads or writes them meanwhile. What else the front inherited, such as
// the pipes of a shell's <(command), passes through keeper and runner to the program under its own number.
//
// The program stays in the front's session and process group. So a terminal's Ctrl-C, Ctrl-\ and Ctrl-Z reach it as ever,
// and what reads the terminal in the background is stopped by the system until the shell brings it to the front. The
// runner is in that group as well and catches these signals: what it hears, the program has got. What the front hears
// alone, from kill or a supervisor, it passes on, and the runner does so to the program. The keeper is in a group of its
// own, so that a kill of the whole group leaves nothing either.

// groupVariable tells keeper and runner of an Attached order the process group of the front.
const groupVariable = "REGATTA_GROUP"

// hearing is how long the runner waits for a signal that the front got to come to itself.
const hearing = 100 * time.Millisecond

// heard is when each signal came to the runner.
type heard struct {
	mu sync.Mutex
	at map[os.Signal]time.Time
}

// listen catches what is for the program. What the caller ignores stays ignored, for the program too.
func (h *heard) listen() {
	h.at = map[os.Signal]time.Time{}
	caught := make(chan os.Signal, 64)
	signal.Notify(caught, slices.DeleteFunc(groupSignals(), signal.Ignored)...)
	go func() {
		for s := range caught {
			h.mu.Lock()
			h.at[s] = time.Now()
			h.mu.Unlock()
		}
	}()
}

func (h *heard) since(s os.Signal, t time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at[s].After(t)
}

// passOn gives the program a signal that the front got, unless it came to the whole group while the program ran.
func (s *session) passOn(t *tree.Tree, sig syscall.Signal) {
	since := time.Now().Add(-min(hearing, s.start.Now()))
	time.AfterFunc(hearing, func() {
		if !s.heard.since(sig, since) {
			t.Signal(int(sig))
		}
	})
}

// startAttached starts the program with all that the front's caller gave it.
func (s *session) startAttached() (*tree.Tree, error) {
	s.writer.Warn("what the program printed went to whoever called Regatta and is not in the recording")
	s.start = clock.Begin()
	return tree.Start(tree.Command{
		Args:    s.command(),
		Env:     tree.Tagged(s.Order.Env, s.Folder),
		Dir:     s.Order.Dir,
		Handles: s.Handles,
		Group:   ownGroup(),
	}, s.Folder)
}
