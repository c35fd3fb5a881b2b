package runtimes

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"regatta/workloads/runtimes/manifest"
)

// scratch is where the one real tree lies that the tests share; each unpacking writes 150 MB.
var scratch string

func TestMain(m *testing.M) {
	if child := os.Getenv(childVariable); child != "" {
		os.Exit(runChild(child))
	}
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "regatta-runtimes-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	scratch = dir
	return m.Run()
}

var unpackShared = sync.OnceValue(func() error {
	_, err := BuiltIn(filepath.Join(scratch, "python"))
	return err
})

// realCache is a cache folder that holds the real CPython; what a test changes in it, it must put right again.
func realCache(t testing.TB) string {
	t.Helper()
	err := unpackShared()
	if errors.Is(err, manifest.ErrNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(scratch, "python")
}

func realInstaller(t testing.TB, cache string) installer {
	t.Helper()
	m, err := manifest.BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return installer{cache: cache, m: m, unpack: unpackLibrary, compile: compileLibrary, note: func(string) {}}
}

// unpackCopy unpacks by copying a tree that is there, which takes a tenth of the time, under -race a hundredth.
func unpackCopy(from string) func(dir string) error {
	return func(dir string) error {
		if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
			return err
		}
		return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && d.Name() == "__pycache__" { // the library brings none
				if err := os.RemoveAll(path); err != nil {
					return err
				}
				return fs.SkipDir
			}
			return err
		})
	}
}
