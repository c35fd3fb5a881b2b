package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is a part of the tree and what its packages must not import. A forbidden path covers what lies below it.
type room struct {
	folder    string
	forbidden []string
	except    []string // folders inside that may
}

const (
	fyneIO   = "fyne.io"
	gopsutil = "github.com/shirou/gopsutil"
)

// rooms is the direction app -> visual -> workloads -> assets, and who may call what outside.
var rooms = []room{
	{folder: "assets", forbidden: []string{"regatta", fyneIO, gopsutil}},
	{folder: "workloads", forbidden: []string{"regatta/app", "regatta/visual", fyneIO}},
	{folder: "visual", forbidden: []string{"regatta/app", "os/exec", gopsutil}},
	{folder: ".", forbidden: []string{gopsutil}, except: []string{"workloads/machine"}},
	// Pictures are drawn where no OpenGL library is, so what paints them must not need Fyne.
	{folder: "visual", forbidden: []string{fyneIO}, except: []string{"visual/timeline"}},
}

func TestImportsPointOneWay(t *testing.T) {
	files := goFiles(t, ".")
	if len(files) < 10 {
		t.Fatalf("only %d Go files found: is the test run in the module's root?", len(files))
	}
	for _, file := range files {
		for _, complaint := range check(t, file, nil) {
			t.Error(complaint)
		}
	}
}

// Every row of the table must be able to fail, and to let pass.
func TestImportCheckFindsViolations(t *testing.T) {
	tests := []struct {
		file, imports string
		bad           int
	}{
		{"workloads/runner/a.go", "regatta/app", 1},
		{"workloads/runner/a_windows.go", "regatta/visual/chart", 1},
		{"workloads/runner/a_test.go", "fyne.io/fyne/v2", 1},
		{"workloads/runner/a.go", "github.com/shirou/gopsutil/v3/cpu", 1},
		{"workloads/machine/a.go", "github.com/shirou/gopsutil/v3/cpu", 0},
		{"workloads/machinery/a.go", "github.com/shirou/gopsutil/v3/cpu", 1},
		{"workloads/runner/a.go", "os/exec", 0},
		{"workloads/runner/a.go", "regatta/assets", 0},
		{"visual/chart/a.go", "os/exec", 1},
		{"visual/chart/a.go", "regatta/app/window", 1},
		{"visual/chart/a.go", "regatta/workloads/recording", 0},
		{"visual/chart/a.go", "regatta/application", 0},
		{"visual/chart/a.go", "fyne.io/fyne/v2/canvas", 1},
		{"visual/timeline/a.go", "fyne.io/fyne/v2/canvas", 0},
		{"visual/timeline/a.go", "github.com/shirou/gopsutil/v3/mem", 2},
		{"assets/a.go", "regatta/workloads/recording", 1},
		{"assets/generate/a.go", "regatta/assets", 1},
		{"app/a.go", "github.com/shirou/gopsutil/v3/mem", 1},
		{"app/a.go", "regatta/visual/chart", 0},
	}
	for _, test := range tests {
		t.Run(test.file+" "+test.imports, func(t *testing.T) {
			source := "//go:build windows\n\npackage a\n\nimport _ " + strconv.Quote(test.imports) + "\n"
			if got := check(t, test.file, source); len(got) != test.bad {
				t.Errorf("%d complaints, want %d: %q", len(got), test.bad, got)
			}
		})
	}
}

// check reads the imports of one file, whatever system it is built for, and returns what they break. The source is read
// from the file where it is nil.
func check(t *testing.T, file string, source any) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var complaints []string
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		for _, room := range rooms {
			if room.rejects(filepath.ToSlash(filepath.Dir(file)), path) {
				complaints = append(complaints, file+" imports "+path)
			}
		}
	}
	return complaints
}

func (r room) rejects(folder, path string) bool {
	inside := func(root string) bool { return below(folder, root) }
	return below(folder, r.folder) && !slices.ContainsFunc(r.except, inside) &&
		slices.ContainsFunc(r.forbidden, func(forbidden string) bool { return below(path, forbidden) })
}

// below says whether a slash-separated path is root or lies in it.
func below(path, root string) bool {
	return root == "." || path == root || strings.HasPrefix(path, root+"/")
}

func goFiles(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(entry.Name(), ".") && path != root
		if entry.IsDir() && (hidden || entry.Name() == "testdata" || path == "build") {
			return filepath.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(path, ".go") {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
