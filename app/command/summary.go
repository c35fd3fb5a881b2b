package command

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"regatta/visual/number"
	"regatta/visual/story"
	"regatta/workloads/analysis"
	"regatta/workloads/plan"
	"regatta/workloads/recording"
)

// printSummary prints a summary for people.
func printSummary(out io.Writer, s analysis.Summary) error {
	var text bytes.Buffer // which takes all; only printing it can fail
	writeSummary(&text, s)
	_, err := text.WriteTo(out)
	return err
}

func writeSummary(out io.Writer, s analysis.Summary) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	script := s.Model == plan.ScriptModel
	what := s.Workload + " under " + s.Model
	if script {
		what = s.Workload
	}
	fmt.Fprintf(w, "%s on %s\n", what, s.Runtime.Name)
	fmt.Fprintf(w, "%s\n\n", settings(s.Parameters))
	row := func(name, format string, args ...any) {
		fmt.Fprintf(w, "  %s\t%s\n", name, fmt.Sprintf(format, args...))
	}
	if s.Reason != "" {
		row("status", "%s: %s", s.Status, s.Reason)
	} else {
		row("status", "%s", s.Status)
	}
	printFindings(row, s)
	if script { // which says neither a result nor when its work began
		row("wall time", "%s", story.Seconds(s.Wall))
	} else {
		row("result", "%s", s.Result)
		row("wall time", "%s\tstart-up %s, work %s", story.Seconds(s.Wall), story.Seconds(s.Startup), story.Seconds(s.Work))
	}
	row("CPU time", "%s\t%s", story.Seconds(s.CPU), busyText(s))
	row("peak memory", "%s\t%s; PSS %s", story.Bytes(s.PeakMemory), metricText(s.Metric), story.Bytes(s.PeakPSS))
	row("observers", "%s", observerText(s.Observer))
	w.Flush()
	fmt.Fprintln(out)
	printLanes(out, s)
	printBlocking(out, s.Blocking)
	for _, warning := range s.Warnings {
		fmt.Fprintf(out, "\nnote: %s\n", warning)
	}
}

// printFindings tells what the numbers say, as far as a glance takes it in. JSON has all of it.
func printFindings(row func(name, format string, args ...any), s analysis.Summary) {
	const most = 4
	found, name := story.Findings(s), "findings"
	for _, f := range found[:min(len(found), most)] {
		row(name, "%s", f.Text())
		name = ""
	}
}

// printLanes prints a row a lane and a column a state that occurs.
func printLanes(out io.Writer, s analysis.Summary) {
	var states []recording.State
	for _, state := range recording.States() {
		if slices.ContainsFunc(s.Lanes, func(l analysis.Lane) bool { return l.States[state.String()] > 0 }) {
			states = append(states, state)
		}
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "life\t")
	for _, state := range states {
		fmt.Fprintf(w, "%s\t", state)
	}
	fmt.Fprintln(w, "  lane")
	const most = 40
	for i, l := range s.Lanes {
		if i == most {
			fmt.Fprintf(w, "\t%s  and %d more\n", strings.Repeat("\t", len(states)), len(s.Lanes)-most)
			break
		}
		life := l.End - l.Start
		fmt.Fprintf(w, "%s\t", story.Seconds(&life))
		for _, state := range states {
			t := l.States[state.String()]
			if t == 0 || life <= 0 {
				fmt.Fprint(w, "\t")
				continue
			}
			fmt.Fprintf(w, "%s\t", number.Percent(t/life))
		}
		fmt.Fprintf(w, "  %s\n", laneText(l))
	}
	w.Flush()
}

// printBlocking tells what blocked event loops, the longest first.
func printBlocking(out io.Writer, blocking []analysis.Blocking) {
	longest := slices.SortedStableFunc(slices.Values(blocking), func(a, b analysis.Blocking) int { return cmp.Compare(b.Duration, a.Duration) })
	if len(longest) > 0 {
		fmt.Fprintln(out)
	}
	const most = 5
	for _, b := range longest[:min(most, len(longest))] {
		in, kept := "", ""
		if b.Function != "" {
			in = " in " + b.Function
		}
		switch {
		case b.Kept == 1:
			kept = ", and kept a task waiting"
		case b.Kept > 1:
			kept = fmt.Sprintf(", and kept %d tasks waiting", b.Kept)
		}
		fmt.Fprintf(out, "blocked its event loop: %s for %s%s%s\n", b.Name, story.Seconds(&b.Duration), in, kept)
	}
	if more := len(longest) - most; more > 0 {
		fmt.Fprintf(out, "and %d more times\n", more)
	}
}

func laneText(l analysis.Lane) string {
	text := l.Name
	if l.Detail != "" {
		text += " (" + l.Detail + ")"
	}
	if l.Kind == recording.Process {
		text += fmt.Sprintf(", pid %d", l.PID)
	}
	return text
}

// settings lists parameters in the order of their names, without what is empty.
func settings(parameters map[string]any) string {
	var parts []string
	for _, name := range slices.SortedFunc(maps.Keys(parameters), cmp.Compare[string]) {
		if v := parameters[name]; v != "" {
			if f, ok := v.(float64); ok {
				v = int64(f) // JSON knows no whole numbers
			}
			parts = append(parts, fmt.Sprintf("%s=%v", name, v))
		}
	}
	return strings.Join(parts, "  ")
}

func busyText(s analysis.Summary) string {
	if s.CoresBusy == nil {
		return ""
	}
	return story.CoresBusy(s) + " cores kept busy"
}

func metricText(q recording.Quantity) string {
	if q == recording.RSS {
		return "RSS, pages that processes share count in each"
	}
	return strings.ToUpper(string(q))
}

func observerText(o analysis.Observer) string {
	if o.CPUShare == nil {
		return "none"
	}
	return fmt.Sprintf("%.1f %% of a core, %.0f samples a second, %s late", 100**o.CPUShare, *o.RateHz, lateText(o))
}

// lateText is the share of samples that were late.
func lateText(o analysis.Observer) string {
	if o.Late == 0 || o.Samples == 0 {
		return "none"
	}
	return number.Percent(float64(o.Late) / float64(o.Samples))
}
