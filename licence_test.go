package main

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Whoever passes the binary on must say what is in it, so a new module needs its line.
func TestLicenceNamesEveryModuleLinkedIn(t *testing.T) {
	listed := listedModules(t)
	builds := [][]string{
		{"GOOS=linux", "CGO_ENABLED=1"},
		{"GOOS=linux", "CGO_ENABLED=0"},
		{"GOOS=windows", "CGO_ENABLED=1"},
		{"GOOS=darwin", "CGO_ENABLED=1"},
	}
	for _, build := range builds {
		t.Run(strings.Join(build, " "), func(t *testing.T) {
			linked := linkedModules(t, build)
			if len(linked) == 0 {
				t.Fatal("no module at all is linked in")
			}
			for _, module := range linked {
				if !slices.Contains(listed, module) {
					t.Errorf("LICENSE does not name %s", module)
				}
			}
		})
	}
}

// listedModules are the first words of the lines below the heading "Go modules".
func listedModules(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(text), "\nGo modules\n")
	section, _, ended := strings.Cut(after, "\nCPython\n")
	if !found || !ended {
		t.Fatal(`LICENSE has no part "Go modules" before "CPython"`)
	}
	// Two spaces part a module from its licence: a line without one would name no licence.
	line := regexp.MustCompile(`(?m)^  (\S+\.\S+/\S+)  +[A-Z]`)
	var modules []string
	for _, match := range line.FindAllStringSubmatch(section, -1) {
		modules = append(modules, match[1])
	}
	if !slices.IsSorted(modules) {
		t.Error("the modules in LICENSE are not in order")
	}
	return modules
}

// linkedModules are the paths of the modules that a build of the program holds, Regatta's own left out. Packages that
// cannot be found, because C headers of another system are not at hand, do not matter for their names.
func linkedModules(t *testing.T, build []string) []string {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps",
		"-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", ".")
	list.Env = append(os.Environ(), build...)
	var problems strings.Builder
	list.Stderr = &problems
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, problems.String())
	}
	modules := strings.Fields(string(out))
	slices.Sort(modules)
	return slices.Compact(modules)
}
