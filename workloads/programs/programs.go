// Package programs holds the Python sources that Regatta runs, which are the ones that its user reads: one file a
// workload, one file a concurrency model, and what they share. Any workload runs under any model.
package programs

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed *.py
var sources embed.FS

// uses lists, by workload and by model, what one uses besides its own file, the most interesting first.
var uses = map[string][]string{
	"sum":      {"program.py"},
	"download": {"http_client.py", "program.py"},
	"services": {"http_client.py", "program.py"},

	"processes":         {"start_method.py"},
	"process-pool":      {"start_method.py"},
	"mp-pool":           {"start_method.py"},
	"asyncio-processes": {"start_method.py"},
}

// Files names the sources of a workload under a model in the order in which they are read; the first is the one to
// start. It is nil when there is no such workload or model.
func Files(workload, model string) []string {
	for _, file := range []string{workload + ".py", modelFile(model)} {
		if _, err := fs.Stat(sources, file); err != nil || uses[workload] == nil {
			return nil
		}
	}
	return slices.Concat([]string{workload + ".py", modelFile(model)}, uses[model], uses[workload])
}

func modelFile(model string) string { return "model_" + strings.ReplaceAll(model, "-", "_") + ".py" }

// Source is the text of one file.
func Source(name string) (string, error) {
	text, err := sources.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("there is no program %q", name)
	}
	return string(text), nil
}

// Write puts all sources into the folder dir, readable by their owner alone. A program there can use any of the others.
func Write(dir string) error {
	entries, err := sources.ReadDir(".")
	if err != nil {
		return err
	}
	var errs []error
	for _, entry := range entries {
		text, err := sources.ReadFile(entry.Name())
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, entry.Name()), text, 0o600)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
