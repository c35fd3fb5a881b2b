package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
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
	"regatta/workloads/store"
)

type runCommand struct {
	Workload      string        `arg:"" help:"What is to be done: sum, download, services, or a Python script of your own."`
	Args          []string      `arg:"" optional:"" sep:"none" help:"After --: what the script gets as arguments."`
	Model         string        `help:"How: sequential, threads, processes, asyncio. A script brings its own."`
	Set           []string      `placeholder:"NAME=VALUE" sep:"none" help:"Set a parameter; regatta list names them."`
	Timeout       time.Duration `default:"0s" help:"Stop the run after this time, such as 60s."`
	MemoryLimit   int64         `placeholder:"MB" help:"Stop the run when all its processes together have more resident memory."`
	BlockingAfter time.Duration `default:"100ms" help:"Note the steps that block their event loop for longer than this."`
	Out           string        `placeholder:"FILE" type:"path" help:"Where the recording goes; else into the folder for recordings."`
	JSON          bool          `help:"Print the summary as JSON; of a script as the last line on stderr."`
	Python        string        `placeholder:"PATH" help:"The CPython for a script, 3.9 or newer; else the built-in one."`
}

// Help is what kong prints below the flags' own.
func (runCommand) Help() string { return scriptHelp }

// Run is called by kong.
func (c runCommand) Run(out output) error {
	if isScript(c.Workload) {
		return c.runScript(out)
	}
	choice, err := c.choice()
	if err != nil {
		return wrongUse{err}
	}
	path, err := c.path(c.Workload, c.Model)
	if err != nil {
		return err
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	outcome, err := execute(ctx, choice, path, out)
	if err != nil {
		return err
	}
	r, err := recording.Open(outcome.Recording)
	if err != nil {
		return err
	}
	if outcome.Status == recording.Failed {
		fmt.Fprint(out.stderr, r.Printed(recording.Stderr))
	}
	fmt.Fprintf(out.stderr, "recording: %s\n", outcome.Recording)
	summary := analysis.Summarize(r)
	if c.JSON {
		err = printJSON(out.stdout, story.Tell(summary))
	} else {
		err = printSummary(out.stdout, summary)
	}
	if err != nil {
		return fmt.Errorf("print the summary: %w", err)
	}
	if status := statusCode(outcome.Status); status != Finished {
		return exitStatus(status)
	}
	return nil
}

// choice checks what was asked for.
func (c runCommand) choice() (plan.Choice, error) {
	switch {
	case len(c.Args) > 0:
		return plan.Choice{}, fmt.Errorf("unexpected argument %s: only a script, FILE.py, gets arguments; --set sets a workload's parameters", c.Args[0])
	case c.Python != "":
		return plan.Choice{}, errors.New("--python is for scripts: workloads run on the built-in CPython")
	case c.Model == "":
		return plan.Choice{}, errors.New("missing flags: --model=STRING: say how the work is to be done; regatta list names the models")
	}
	pair, err := catalog.Find(c.Workload, c.Model)
	if err != nil {
		return plan.Choice{}, err
	}
	typed := map[string]string{}
	for _, setting := range c.Set {
		name, value, found := strings.Cut(setting, "=")
		if !found {
			return plan.Choice{}, fmt.Errorf("--set %s: write a parameter as name=value", setting)
		}
		typed[name] = value
	}
	values, err := pair.Values(typed)
	if err := cmp.Or(err, c.checkLimits()); err != nil {
		return plan.Choice{}, err
	}
	return plan.Choice{Pair: pair, Values: values, TimeLimit: c.Timeout, MemoryLimit: uint64(c.MemoryLimit) * 1e6, BlockingAfter: c.BlockingAfter}, nil
}

func (c runCommand) checkLimits() error {
	switch {
	case c.Timeout < 0:
		return fmt.Errorf("--timeout is %v, but must not be negative", c.Timeout)
	case c.BlockingAfter <= 0:
		return fmt.Errorf("--blocking-after is %v, but must be more than nothing", c.BlockingAfter)
	case c.MemoryLimit < 0:
		return fmt.Errorf("--memory-limit is %d MB, but must not be negative", c.MemoryLimit)
	}
	return nil
}

// path is where the recording of a workload under a model goes.
func (c runCommand) path(workload, model string) (string, error) {
	if c.Out == "" {
		dir, err := store.Folder()
		return store.NewPath(dir, workload, model), err
	}
	if _, err := os.Lstat(c.Out); err == nil {
		return "", wrongUse{fmt.Errorf("%s exists already: name another file, or delete it", c.Out)}
	}
	if info, err := os.Stat(filepath.Dir(c.Out)); err != nil || !info.IsDir() {
		return "", wrongUse{fmt.Errorf("there is no folder %s for the recording", filepath.Dir(c.Out))}
	}
	return c.Out, nil
}

// execute runs a choice on the built-in CPython, telling on stderr how it goes, and stops it when ctx is done.
func execute(ctx context.Context, choice plan.Choice, path string, out output) (runner.Outcome, error) {
	note := func(text string) { fmt.Fprintln(out.stderr, text) }
	var err error
	if choice.Runtime, err = builtIn(note); err != nil {
		return runner.Outcome{}, err
	}
	order, err := plan.Order(choice, path)
	if err != nil {
		return runner.Outcome{}, err
	}
	if ctx.Err() != nil {
		return runner.Outcome{}, exitStatus(Interrupted)
	}
	run, err := runner.Start(order, func(e runner.Event) {
		switch e.Kind {
		case runner.Started:
			note(fmt.Sprintf("running %s under %s, pid %d", choice.Pair.Workload.ID, choice.Pair.Model.ID, e.PID))
		case runner.Stopping:
			note("stopping: " + e.Reason)
		}
	})
	if err != nil {
		return runner.Outcome{}, err
	}
	defer context.AfterFunc(ctx, run.Stop)()
	outcome, err := run.Wait()
	if err == nil && outcome.Recording == "" {
		err = errors.New("the run left no recording")
	}
	return outcome, err
}

// builtIn makes the built-in CPython ready.
func builtIn(note func(string)) (runtimes.Runtime, error) {
	rt, prepared, err := runtimes.Prepare("", note)
	if err == nil {
		for _, warning := range prepared.Warnings {
			note("note: " + warning)
		}
	}
	return rt, err
}

// statusCode is the exit status for how a run ended.
func statusCode(s recording.Status) int {
	switch s {
	case recording.Finished:
		return Finished
	case recording.TimedOut, recording.OutOfMemory:
		return OverLimit
	case recording.Stopped:
		return Interrupted
	}
	return Failed
}
