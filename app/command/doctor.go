package command

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"regatta/visual/number"
	"regatta/workloads/analysis"
	"regatta/workloads/catalog"
	"regatta/workloads/machine"
	"regatta/workloads/observers"
	"regatta/workloads/plan"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
	"regatta/workloads/store"
)

type doctorCommand struct {
	JSON bool `help:"Print JSON."`
}

// diagnosis is what doctor says, in the shape of its JSON.
type diagnosis struct {
	Machine  recording.Machine   `json:"machine"`
	Runtime  *runtimes.Runtime   `json:"runtime"`
	Findings []observers.Finding `json:"findings"`
}

// Run is called by kong.
func (c doctorCommand) Run(out output) error {
	d := diagnosis{Machine: machine.Facts()}
	d.Findings = append(d.Findings, examineStore())
	rt, prepared, err := runtimes.Prepare("", func(text string) { fmt.Fprintln(out.stderr, text) })
	if err != nil {
		d.Findings = append(d.Findings, observers.Finding{Source: "the built-in Python", Found: err.Error(), Advice: "nothing can run without it"})
	} else {
		d.Runtime = &rt
		d.Findings = append(d.Findings, observers.Finding{Source: "the built-in Python", Usable: true, Found: "ready in " + number.Duration(prepared.Took) + ": " + rt.Path})
		d.Findings = append(d.Findings, examineLanes(rt)...)
		d.Findings = append(d.Findings, examineRun(rt))
	}
	if c.JSON {
		return printJSON(out.stdout, d)
	}
	var text bytes.Buffer
	m := d.Machine
	fmt.Fprintf(&text, "%s, %d cores, %s of memory, %s/%s\n\n", m.CPU, m.Cores, number.Bytes(float64(m.MemoryBytes)), m.OS, m.Arch)
	for _, f := range d.Findings {
		sign := "ok "
		if !f.Usable {
			sign = "NO "
		}
		fmt.Fprintf(&text, "%s %s: %s\n", sign, f.Source, f.Found)
		if f.Advice != "" {
			fmt.Fprintf(&text, "    %s\n", f.Advice)
		}
	}
	if _, err := text.WriteTo(out.stdout); err != nil {
		return err
	}
	if d.Runtime == nil {
		return exitStatus(Failed)
	}
	return nil
}

// examineStore looks whether recordings can be kept.
func examineStore() observers.Finding {
	const source = "the folder for recordings"
	dir, err := store.Folder()
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(dir, "doctor-*"); err == nil {
			f.Close()
			err = os.Remove(f.Name())
		}
	}
	if err != nil {
		return observers.Finding{Source: source, Found: err.Error(), Advice: "name a folder that can be written in REGATTA_DATA, or a file with --out"}
	}
	return observers.Finding{Source: source, Usable: true, Found: dir}
}

// examineLanes examines the sources of lanes on a Python that keeps a core busy.
func examineLanes(rt runtimes.Runtime) []observers.Finding {
	cmd := exec.Command(rt.Path, append(rt.Args(), "-c", "import sys; print(flush=True)\nwhile True: pass")...)
	cmd.Env = rt.Env()
	ready, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return []observers.Finding{{Source: "starting the built-in Python", Found: err.Error()}}
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	ready.Read(make([]byte, 1))
	return observers.Examine(cmd.Process.Pid)
}

// examineRun observes a short run, the range sum on threads, and tells where its lanes came from and how often they were
// looked at.
func examineRun(rt runtimes.Runtime) observers.Finding {
	const source = "lanes of a run"
	s, err := trialRun(rt)
	switch {
	case err != nil:
		return observers.Finding{Source: source, Found: err.Error(), Advice: "regatta run sum --model threads may tell more"}
	case s.Observer.RateHz == nil:
		return observers.Finding{Source: source, Found: "not observed", Advice: "runs still give their times, memory and the use of the cores"}
	}
	return observers.Finding{Source: source, Usable: true, Found: fmt.Sprintf("from %s; %s", strings.Join(s.Observer.Sources, ", "), observerText(s.Observer))}
}

func trialRun(rt runtimes.Runtime) (s analysis.Summary, err error) {
	dir, err := os.MkdirTemp("", "regatta-doctor-*")
	if err != nil {
		return s, err
	}
	defer os.RemoveAll(dir)
	pair, err := catalog.Find("sum", "threads")
	if err != nil {
		return s, err
	}
	values, err := pair.Values(nil)
	if err != nil {
		return s, err
	}
	order, err := plan.Order(plan.Choice{Pair: pair, Values: values, Runtime: rt}, filepath.Join(dir, "trial.regatta"))
	if err != nil {
		return s, err
	}
	run, err := runner.Start(order, func(runner.Event) {})
	if err != nil {
		return s, err
	}
	outcome, err := run.Wait()
	if err != nil {
		return s, err
	}
	if outcome.Status != recording.Finished {
		return s, fmt.Errorf("%s: %s", outcome.Status, outcome.Reason)
	}
	r, err := recording.Open(outcome.Recording)
	if err != nil {
		return s, err
	}
	return analysis.Summarize(r), nil
}
