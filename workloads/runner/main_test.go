package runner

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
	"regatta/workloads/recording"
	"regatta/workloads/tree"
)

// frontCommand makes the test binary a front that can be killed: it runs the order in the file named next and prints
// its events.
const frontCommand = "front-under-test"

func TestMain(m *testing.M) {
	if code, ours := Main(os.Args[1:], os.Stdin, os.Stdout, observeFake); ours {
		os.Exit(code)
	}
	if len(os.Args) == 3 && os.Args[1] == frontCommand {
		os.Exit(beFront(os.Args[2]))
	}
	os.Setenv("GORACE", "atexit_sleep_ms=0") // else each process of ours takes a second to end under -race
	goleak.VerifyTestMain(m)
}

func beFront(orderFile string) int {
	text, err := os.ReadFile(orderFile)
	var o Order
	if err == nil {
		err = json.Unmarshal(text, &o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	out := reporter{out: os.Stdout}
	r, err := Start(o, out.send)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	r.Wait()
	return 0
}

// The marks that the fake observers leave in the recording.
const (
	markObserving = "observing"
	markObserved  = "observed"
)

// fakeObservers mark when they were called, and warn when it was not in the phase that they are promised.
type fakeObservers struct {
	target Target
	writer *recording.Writer
}

func observeFake(target Target, w *recording.Writer) Observers {
	if len(tree.Descendants(os.Getpid())) == 0 {
		w.Warn("there is no program to observe")
	}
	if info, err := os.Stat(target.Events); err != nil || info.Mode().Perm() != 0o700 {
		w.Warn("the folder for events: %v %v", info, err)
	}
	w.Mark(markObserving, target.Start.Now())
	if target.MemoryLimit > 0 {
		go target.OverLimit(2 * target.MemoryLimit)
	}
	return &fakeObservers{target, w}
}

func (f *fakeObservers) Stop() recording.ObserverCost {
	if left := tree.Descendants(os.Getpid()); len(left) > 0 {
		f.writer.Warn("the observers were stopped while %v were there", left)
	}
	f.writer.Mark(markObserved, f.target.Start.Now())
	return recording.ObserverCost{Samples: 7}
}
