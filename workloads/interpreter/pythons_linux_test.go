package interpreter

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// freeThreaded returns the path of a free-threaded CPython 3.13 or newer. Without one the test is skipped.
func freeThreaded(t testing.TB) string {
	t.Helper()
	path := findFreeThreaded()
	if path == "" {
		t.Skip("there is no free-threaded CPython here: build one with .ci/free-threaded, or set REGATTA_TEST_PYTHON_FREE_THREADED to the path of one")
	}
	return path
}

// findFreeThreaded looks for $REGATTA_TEST_PYTHON_FREE_THREADED, else where .ci/free-threaded, pyenv and uv put one.
func findFreeThreaded() string {
	if path := os.Getenv("REGATTA_TEST_PYTHON_FREE_THREADED"); path != "" {
		return path
	}
	return newest("/opt/python3.*t/bin/python3.*t", "/usr/local/bin/python3.*t",
		"~/.pyenv/versions/3.*t/bin/python3.*t", "~/.local/share/uv/python/cpython-3.*+freethreaded-*/bin/python3.*t")
}

// python313 returns the path of pyenv's CPython 3.13. Without one the test is skipped.
func python313(t testing.TB) string {
	t.Helper()
	path := findPython313()
	if path == "" {
		t.Skip("pyenv has no CPython 3.13")
	}
	return path
}

func findPython313() string { return newest("~/.pyenv/versions/3.13.*[0-9]/bin/python3.13") }

// newest returns the last of the files that the first matching pattern has, "" where none has any.
func newest(patterns ...string) string {
	home, _ := os.UserHomeDir()
	for _, pattern := range patterns {
		if found, _ := filepath.Glob(strings.Replace(pattern, "~", home, 1)); len(found) > 0 {
			return slices.Max(found)
		}
	}
	return ""
}

// withOption returns what starts a Python with an option of its own before all others.
func withOption(t testing.TB, python, option string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "python")
	text := fmt.Sprintf("#!/bin/sh\nexec '%s' %s \"$@\"\n", python, option)
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}
