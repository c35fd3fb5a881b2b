// Package story says in words and numbers what a run came to: what stands above its picture, in the window and in a file.
package story

import (
	"fmt"
	"strings"

	"regatta/visual/number"
	"regatta/workloads/analysis"
	"regatta/workloads/catalog"
	"regatta/workloads/plan"
)

// Pair is "Sum a range under threads".
func Pair(workload, model string) string {
	switch model {
	case "Sequential": // an adverb among nouns
		return workload + " sequentially"
	case plan.ScriptModel: // which brings its own
		return workload
	}
	return workload + " under " + lower(model)
}

// knownBy is what a run is known by: its model, or the script that brought its own.
func knownBy(model, workload string) string {
	if model == plan.ScriptModel {
		return workload
	}
	return model
}

// lower is a name in the middle of a sentence.
func lower(name string) string {
	return strings.ToLower(name[:min(1, len(name))]) + name[min(1, len(name)):]
}

// names are those for people, or the ids of what this Regatta does not know.
func names(s analysis.Summary) (workload, model string) {
	pair, err := catalog.Find(s.Workload, s.Model)
	if err != nil {
		return s.Workload, s.Model
	}
	return pair.Workload.Name, pair.Model.Name
}

const dot = "  ·  "

// Setting is what ran, with which settings, on what.
func Setting(s analysis.Summary) string {
	parts := []string{Pair(names(s))}
	if pair, err := catalog.Find(s.Workload, s.Model); err == nil {
		parts = append(parts, parameters(pair, s.Parameters)...)
	}
	return strings.Join(append(parts, s.Runtime.Name, fmt.Sprintf("%d cores of %s", s.Machine.Cores, s.Machine.CPU)), dot)
}

// Planned is the line for a run that is still to come, or under way.
func Planned(pair catalog.Pair, values catalog.Values, runtime string) string {
	return strings.Join(append(parameters(pair, values), runtime), dot)
}

// parameters lists settings with the names that the form gives them, without what is empty or left to Python.
func parameters(pair catalog.Pair, values map[string]any) []string {
	var parts []string
	for _, p := range pair.Parameters() {
		v, set := values[p.Name]
		if f, ok := v.(float64); ok {
			v = int64(f) // JSON knows no whole numbers
		}
		if !set || v == "" || v == "default" || v == int64(0) && p.Default == int64(0) {
			continue
		}
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %s %s", lower(p.Label), Value(v), p.Unit)))
	}
	return parts
}

// Value writes a parameter's value as the form does: numbers in groups of three.
func Value(v any) string {
	if n, ok := v.(int64); ok {
		return number.Count(n)
	}
	return fmt.Sprint(v)
}

// Sentence begins with a capital letter and ends with a full stop.
func Sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if strings.ContainsAny(text[len(text)-1:], ".!?") || strings.HasSuffix(text, "…") {
		return text
	}
	return text + "."
}
