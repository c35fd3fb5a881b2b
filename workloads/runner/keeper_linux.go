package runner

import (
	"fmt"
	"math"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
	"regatta/workloads/recording"
	"regatta/workloads/tree"
)

// keeperCommand is the hidden argument that makes our binary the keeper. It is not a longer Command, so that killing by
// that name does not hit both.
const keeperCommand = "__keeper"

// lifelineVariable tells the runner the number of its end of a pipe whose other end only the keeper has.
const lifelineVariable = "REGATTA_LIFELINE"

// keep starts the runner, waits for its end, and kills what it left behind: nothing, unless it was killed itself.
func keep() int {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	deaf := make(chan os.Signal, 1)
	unheeded := []os.Signal{syscall.SIGINT, syscall.SIGHUP, syscall.SIGPIPE}
	group, _ := strconv.Atoi(os.Getenv(groupVariable)) // 0 where the order is not Attached
	if group != 0 {
		// What the caller ignores stays ignored: the program shall inherit that.
		unheeded = slices.DeleteFunc(unheeded, signal.Ignored)
	}
	signal.Notify(deaf, unheeded...)

	lifeline, held, err := os.Pipe()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	self, err := os.Executable()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	// It keeps its number, so that it takes the place of none that the program shall inherit.
	if _, err := unix.FcntlInt(lifeline.Fd(), unix.F_SETFD, 0); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	t, err := tree.Start(tree.Command{
		Args:  []string{self, Command},
		Env:   append(os.Environ(), lifelineVariable+"="+strconv.Itoa(int(lifeline.Fd()))),
		Files: []*os.File{os.Stdin, os.Stdout, os.Stderr},
		Group: group,
	}, "")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	lifeline.Close()
	select {
	case <-t.Exited():
	case <-signals: // the front lost patience
	}
	if err := t.Kill(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	runtime.KeepAlive(held)
	exit := t.Exit()
	if exit.Signal != "" {
		fmt.Fprintln(os.Stderr, "the runner was ended by", exit.Signal)
	}
	if exit.Code != 0 {
		return 1
	}
	return 0
}

// watchKeeper ends the run when the keeper was killed: with one guard of two, the next kill would leave orphans.
func (s *session) watchKeeper() {
	number, err := strconv.Atoi(os.Getenv(lifelineVariable))
	if err != nil {
		number = -1 // nobody keeps this runner
	}
	syscall.CloseOnExec(number)
	if os.Getenv(groupVariable) == "" {
		// Nothing that we inherited is for the program; a kernel before 5.11 at least keeps the lifeline from it.
		unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC)
	}
	lifeline := os.NewFile(uintptr(number), "lifeline")
	go func() {
		lifeline.Read(make([]byte, 1))
		s.halt(recording.Stopped, "the process that keeps the runner was killed")
	}()
}
