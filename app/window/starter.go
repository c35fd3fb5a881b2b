//go:build cgo

package window

import (
	"regatta/workloads/plan"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
	"regatta/workloads/store"
)

// starter starts runs: the real one is realStarter, tests have one that starts no process.
type starter interface {
	// Prepare gets the runtime ready, which may take seconds the first time. note is told what takes its time.
	Prepare(note func(string)) (rt runtimes.Runtime, warnings []string, err error)
	// Start starts a run. onEvent is called as by runner.Start.
	Start(choice plan.Choice, onEvent func(runner.Event)) (activeRun, error)
}

// activeRun is a run under way.
type activeRun interface {
	Stop()
	Live() string
	Wait() (runner.Outcome, error)
}

// realStarter runs on the built-in CPython and records into the user's folder.
type realStarter struct{}

func (realStarter) Prepare(note func(string)) (runtimes.Runtime, []string, error) {
	rt, did, err := runtimes.Prepare("", note)
	return rt, did.Warnings, err
}

func (realStarter) Start(choice plan.Choice, onEvent func(runner.Event)) (activeRun, error) {
	dir, err := store.Folder()
	if err != nil {
		return nil, err
	}
	path := store.NewPath(dir, choice.Pair.Workload.ID, choice.Pair.Model.ID)
	order, err := plan.Order(choice, path)
	if err != nil {
		return nil, err
	}
	run, err := runner.Start(order, onEvent)
	if err != nil {
		return nil, err // not a nil *runner.Run inside an activeRun
	}
	return run, nil
}
