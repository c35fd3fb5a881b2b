package runtimes

import (
	"slices"
	"testing"
)

func TestCleanEnv(t *testing.T) {
	dirty := []string{
		"PATH=/bin", "Path=C:\\", "HOME=/root", "LANG=C", "LC_ALL=C.UTF-8", "TMPDIR=/tmp", "SystemRoot=C:\\Windows", "=C:=C:\\x",
		"PYTHONHOME=/evil", "PYTHONPATH=/evil", "PYTHONSTARTUP=/evil", "PYTHONEXECUTABLE=/evil", "pythonhome=/evil",
		"LD_PRELOAD=/evil.so", "LD_LIBRARY_PATH=/evil", "DYLD_INSERT_LIBRARIES=/evil", "http_proxy=http://evil", "VIRTUAL_ENV=/v",
	}
	for goos, want := range map[string][]string{
		"linux":   {"PATH=/bin", "HOME=/root", "LANG=C", "LC_ALL=C.UTF-8", "TMPDIR=/tmp"},
		"darwin":  {"PATH=/bin", "HOME=/root", "LANG=C", "LC_ALL=C.UTF-8", "TMPDIR=/tmp"},
		"windows": {"PATH=/bin", "Path=C:\\", "SystemRoot=C:\\Windows"},
	} {
		if have := cleanEnv(dirty, goos); !slices.Equal(have, want) {
			t.Errorf("%s: %q, want %q", goos, have, want)
		}
	}
}
