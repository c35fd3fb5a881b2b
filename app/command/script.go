package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"regatta/visual/story"
	"regatta/workloads/analysis"
	"regatta/workloads/catalog"
	"regatta/workloads/plan"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
	"regatta/workloads/tree"
)

const scriptHelp = `A script of your own, FILE.py, runs unmodified as "python FILE.py args" would: in the current folder, with your environment,
standard input and output, terminal and Ctrl-C, and with your rights, in no sandbox. Its arguments come after --. Its exit
status is Regatta's; a signal n makes it 128+n. What it starts ends with it at the latest. Its output is not recorded; the
summary comes after it, on stderr, with --json as the last line. A second Ctrl-C stops the run for good.

    regatta run FILE.py [--python PATH] [--out FILE] [--timeout 60s] [--json] [-- args]`

// isScript tells a script from a workload, whose name counts more than a file's that has no .py at its end.
func isScript(name string) bool {
	if strings.HasSuffix(name, ".py") {
		return true
	}
	for _, w := range catalog.Workloads() {
		if w.ID == name {
			return false
		}
	}
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// runScript runs a user's own script.
func (c runCommand) runScript(out output) error {
	script, err := c.script()
	if err != nil {
		return wrongUse{err}
	}
	path, err := c.path(filepath.Base(c.Workload), plan.ScriptModel)
	if err != nil {
		return err
	}
	note := func(text string) { fmt.Fprintln(out.stderr, "regatta: "+text) }
	if c.Python == "" {
		if script.Runtime, err = builtIn(note); err != nil {
			return err
		}
	}
	order, err := plan.ScriptOrder(script, path)
	if err != nil {
		return err
	}
	outcome, err := attend(order, note)
	if err != nil {
		return err
	}
	if err := printScript(out, outcome, c.JSON); err != nil {
		return err
	}
	status, own := scriptStatus(outcome)
	if status == Failed && !own {
		note(outcome.Reason)
	}
	if status != Finished {
		return exitStatus(status)
	}
	return nil
}

// script checks what was asked for, and finds the interpreter that was named.
func (c runCommand) script() (plan.Script, error) {
	s := plan.Script{Path: c.Workload, Args: c.Args, TimeLimit: c.Timeout, MemoryLimit: uint64(c.MemoryLimit) * 1e6, BlockingAfter: c.BlockingAfter}
	info, err := os.Stat(c.Workload)
	switch {
	case err != nil:
		return s, fmt.Errorf("there is no script %s: %w", c.Workload, errors.Unwrap(err))
	case !info.Mode().IsRegular():
		return s, fmt.Errorf("%s is no file with a script in it", c.Workload)
	case c.Model != "":
		return s, fmt.Errorf("--model %s: a script brings its own model", c.Model)
	case len(c.Set) > 0:
		return s, fmt.Errorf("--set %s: a script has no parameters; give it arguments after --", c.Set[0])
	}
	if err := c.checkLimits(); err != nil || c.Python == "" {
		return s, err
	}
	s.Runtime, err = runtimes.Given(c.Python)
	return s, err
}

// ignoreRepeats is how soon after the first the same request to end does not count as a second one: some send it to
// this process and then to its whole group.
const ignoreRepeats = 200 * time.Millisecond

// attend runs a script and passes signals on to it; the second one that asks it to end stops it for good.
func attend(order runner.Order, note func(string)) (runner.Outcome, error) {
	signals := make(chan os.Signal, 64)
	forward(signals)
	run, err := runner.Start(order, func(e runner.Event) {
		if e.Kind == runner.Stopping {
			note("stopping: " + e.Reason)
		}
	})
	if err != nil {
		return runner.Outcome{}, err
	}
	var first time.Time
	go func() {
		for s := range signals {
			number, ok := s.(syscall.Signal)
			switch {
			case !ok:
			case number != syscall.SIGINT && number != syscall.SIGTERM:
				run.Signal(number)
			case first.IsZero():
				first = time.Now()
				run.Signal(number)
			case time.Since(first) > ignoreRepeats:
				run.Stop()
			}
		}
	}()
	outcome, err := run.Wait()
	if err == nil && outcome.Recording == "" {
		err = errors.New("the run left no recording")
	}
	return outcome, err
}

// printScript prints the summary below the script's own output.
func printScript(out output, outcome runner.Outcome, asJSON bool) error {
	r, err := recording.Open(outcome.Recording)
	if err != nil {
		return err
	}
	fmt.Fprintf(out.stderr, "regatta: recording: %s\n", outcome.Recording)
	s := analysis.Summarize(r)
	if asJSON {
		return json.NewEncoder(out.stderr).Encode(story.Tell(s))
	}
	return printSummary(out.stderr, s)
}

// scriptStatus is the exit status for how a script ended, and whether it is the script's own: it is not where Regatta
// ended the script, lost the recording or could not even start.
func scriptStatus(o runner.Outcome) (status int, own bool) {
	switch {
	case !o.Forced && o.Signal != "":
		return 128 + tree.SignalNumber(o.Signal), true
	case !o.Forced && o.ExitCode != 0 && o.ExitCode != -1:
		return o.ExitCode, true
	}
	return statusCode(o.Status), o.Status == recording.Finished
}
