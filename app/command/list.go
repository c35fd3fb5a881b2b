package command

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"regatta/workloads/catalog"
	"regatta/workloads/runtimes"
)

type listCommand struct {
	JSON bool `help:"Print JSON."`
}

// Run is called by kong.
func (c listCommand) Run(out output) error {
	all := struct {
		Workloads []catalog.Workload `json:"workloads"`
		Models    []catalog.Model    `json:"models"`
		Runtimes  []runtimes.Runtime `json:"runtimes"`
	}{catalog.Workloads(), catalog.Models(), runtimes.List("")}
	if c.JSON {
		return printJSON(out.stdout, all)
	}
	w := tabwriter.NewWriter(out.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "WORKLOADS")
	for _, workload := range all.Workloads {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", workload.ID, workload.Tag, workload.Help)
		listParameters(w, workload.Parameters)
		for _, model := range slices.Sorted(maps.Keys(workload.Refused)) {
			fmt.Fprintf(w, "    not under %s\t\t%s.\n", model, upperFirst(workload.Refused[model]))
		}
	}
	fmt.Fprintln(w, "\nMODELS")
	for _, model := range all.Models {
		fmt.Fprintf(w, "  %s\t\t%s\n", model.ID, model.Help)
		listParameters(w, model.Parameters)
	}
	fmt.Fprintln(w, "\nRUNTIMES")
	for _, r := range all.Runtimes {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", r.ID, r.Name, r.Path)
	}
	return w.Flush()
}

func listParameters(w io.Writer, parameters []catalog.Parameter) {
	for _, p := range parameters {
		help := p.Help
		if p.Text == nil {
			help += " " + upperFirst(p.Allowed()) + "."
		}
		fmt.Fprintf(w, "    %s\t%v\t%s\n", p.Name, p.Default, help)
	}
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
