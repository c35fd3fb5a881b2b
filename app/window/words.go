//go:build cgo

package window

import (
	"fmt"
	"strings"
	"time"

	"regatta/visual/number"
	"regatta/workloads/analysis"
	"regatta/workloads/catalog"
	"regatta/workloads/recording"
)

// headline is the one sentence on top: what happens, or what happened, and a line of second rank under it.
func headline(s state, chosen catalog.Pair) (title, subtitle string) {
	switch s.phase {
	case idle:
		return pairName(chosen), chosen.Workload.Help
	case preparing:
		note := s.note
		if note == "" {
			note = "Starting Python."
		}
		return pairName(s.choice.Pair), note
	case running:
		return pairName(s.choice.Pair) + ": running…", settingsOf(s)
	case stopping:
		return "Stopping…", settingsOf(s)
	}
	if s.err != nil {
		return "There was no run.", sentence(s.err.Error())
	}
	return outcomeOf(*s.summary), settingsOf(s)
}

// pairName is "Sum a range under threads".
func pairName(p catalog.Pair) string { return nameOf(p.Workload.Name, p.Model.Name) }

func nameOf(workload, model string) string {
	if model == "Sequential" { // an adverb among nouns
		return workload + " sequentially"
	}
	return workload + " under " + lower(model)
}

// lower is a model's name in the middle of a sentence.
func lower(name string) string {
	return strings.ToLower(name[:min(1, len(name))]) + name[min(1, len(name)):]
}

// outcomeOf says how a run ended, in one sentence.
func outcomeOf(s analysis.Summary) string {
	workload, model := names(s)
	took := "after " + seconds(s.Wall)
	switch s.Status {
	case recording.Finished:
		text := fmt.Sprintf("%s: %s", model, seconds(s.Wall))
		if s.CoresBusy != nil {
			text += fmt.Sprintf(", %s cores kept busy", coresBusy(s))
		}
		return text + "."
	case recording.Failed:
		return fmt.Sprintf("%s failed %s.", nameOf(workload, model), took)
	case recording.Stopped:
		return fmt.Sprintf("%s was stopped %s.", nameOf(workload, model), took)
	case recording.TimedOut:
		return fmt.Sprintf("%s took too long and was stopped %s.", nameOf(workload, model), took)
	case recording.OutOfMemory:
		return fmt.Sprintf("%s took too much memory and was stopped %s.", nameOf(workload, model), took)
	}
	return fmt.Sprintf("%s: the recording has no end.", nameOf(workload, model))
}

// names are those for people, or the ids of what this Regatta does not know.
func names(s analysis.Summary) (workload, model string) {
	pair, err := catalog.Find(s.Workload, s.Model)
	if err != nil {
		return s.Workload, s.Model
	}
	return pair.Workload.Name, pair.Model.Name
}

// settingsOf is the muted line: why it ended if that needs saying, what ran, with which settings, on what.
func settingsOf(s state) string {
	if s.summary == nil {
		return strings.Join(append(parametersOf(s.choice.Pair, s.choice.Values), s.choice.Runtime.Name), dot)
	}
	var parts []string
	if s.summary.Reason != "" {
		parts = append(parts, sentence(s.summary.Reason))
	}
	if s.phase == finished && s.summary.Status == recording.Finished { // else the title names it
		workload, _ := names(*s.summary)
		parts = append(parts, workload)
	}
	if pair, err := catalog.Find(s.summary.Workload, s.summary.Model); err == nil {
		parts = append(parts, parametersOf(pair, s.summary.Parameters)...)
	}
	m := s.summary.Machine
	parts = append(parts, s.summary.Runtime.Name, fmt.Sprintf("%d cores of %s", m.Cores, m.CPU))
	return strings.Join(parts, dot)
}

const dot = "  ·  "

// parametersOf lists settings with the names that the form gives them, without what is empty or left to Python.
func parametersOf(pair catalog.Pair, values map[string]any) []string {
	var parts []string
	for _, p := range pair.Parameters() {
		v, set := values[p.Name]
		if f, ok := v.(float64); ok {
			v = int64(f) // JSON knows no whole numbers
		}
		if !set || v == "" || v == "default" || v == int64(0) && p.Default == int64(0) {
			continue
		}
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %s %s", lower(p.Label), valueText(v), p.Unit)))
	}
	return parts
}

// valueText writes a setting as the form does: numbers in groups of three.
func valueText(v any) string {
	n, ok := v.(int64)
	if !ok {
		return fmt.Sprint(v)
	}
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + " " + digits[i:]
	}
	return digits
}

// sentence begins with a capital letter and ends with a full stop.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if strings.ContainsAny(text[len(text)-1:], ".!?…") {
		return text
	}
	return text + "."
}

func seconds(s *float64) string {
	if s == nil {
		return number.Missing
	}
	return number.Duration(time.Duration(*s * float64(time.Second)))
}

func bytes(b *float64) string {
	if b == nil {
		return number.Missing
	}
	return number.Bytes(*b)
}

func coresBusy(s analysis.Summary) string {
	if s.CoresBusy == nil {
		return number.Missing
	}
	return fmt.Sprintf("%.1f of %d", *s.CoresBusy, s.Machine.Cores)
}
