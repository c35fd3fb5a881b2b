// Package catalog says what can run: workloads, models and their parameters, each one row of a table.
package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Pair is a workload under a model.
type Pair struct {
	Workload Workload
	Model    Model
}

// Find returns the pair with these ids. The error says what there is instead.
func Find(workload, model string) (Pair, error) {
	w := slices.IndexFunc(workloads, func(w Workload) bool { return w.ID == workload })
	if w < 0 {
		return Pair{}, fmt.Errorf("there is no workload %q: choose one of %s", workload, ids(workloads, func(w Workload) string { return w.ID }))
	}
	m := slices.IndexFunc(models, func(m Model) bool { return m.ID == model })
	if m < 0 {
		return Pair{}, fmt.Errorf("there is no model %q: choose one of %s", model, ids(models, func(m Model) string { return m.ID }))
	}
	pair := Pair{workloads[w], models[m]}
	if why := pair.Workload.Refused[model]; why != "" {
		return Pair{}, fmt.Errorf("%s is not run under %s: %s; choose one of %s", workload, model, why, strings.Join(pair.Workload.Models, ", "))
	}
	return pair, nil
}

func ids[T any](rows []T, id func(T) string) string {
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = id(row)
	}
	return strings.Join(names, ", ")
}

// Parameters lists what can be set for the pair: the workload's parameters, then the model's.
func (p Pair) Parameters() []Parameter {
	return slices.Concat(p.Workload.Parameters, p.Model.Parameters)
}

// Values are the checked values of a pair's parameters by name, each an int64 or a string.
type Values map[string]any

// Int returns a number, 0 where there is none.
func (v Values) Int(name string) int64 { n, _ := v[name].(int64); return n }

// Text returns a text, "" where there is none.
func (v Values) Text(name string) string { s, _ := v[name].(string); return s }

// Values checks what the user typed, by parameter's name, and adds the defaults.
func (p Pair) Values(typed map[string]string) (Values, error) {
	values := Values{}
	for _, param := range p.Parameters() {
		values[param.Name] = param.Default
		text, set := typed[param.Name]
		if !set {
			continue
		}
		value, err := param.Parse(text)
		if err != nil {
			return nil, err
		}
		values[param.Name] = value
	}
	for _, name := range slices.Sorted(maps.Keys(typed)) {
		if _, known := values[name]; !known {
			return nil, fmt.Errorf("%s under %s has no parameter %q: choose one of %s", p.Workload.ID, p.Model.ID, name,
				ids(p.Parameters(), func(p Parameter) string { return p.Name }))
		}
	}
	return values, nil
}

// Serving is what the pair wants from Regatta's own server with these values.
func (p Pair) Serving(v Values) Serving {
	if p.Workload.serve == nil {
		return Serving{}
	}
	return p.Workload.serve(v)
}

// Arguments are the program's command-line arguments for these values, in the order of the parameters.
func (p Pair) Arguments(v Values) []string {
	args := []string{"--model", p.Model.ID}
	for _, param := range p.Parameters() {
		if value := v[param.Name]; value != "" && value != "default" {
			args = append(args, "--set", fmt.Sprintf("%s=%v", param.Name, value))
		}
	}
	return args
}
