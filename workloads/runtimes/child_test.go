package runtimes

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// childVariable makes the test binary a second copy of Regatta that only gets the built-in CPython ready.
const childVariable = "REGATTA_TEST_CHILD"

// unpackVariable says how the child unpacks: "" by the library, "half" by starting and never ending, else by copying
// the tree of that path.
const unpackVariable = "REGATTA_TEST_UNPACK"

// beforeChild is what a system's own tests have the child do first.
var beforeChild = func() error { return nil }

// exitNoMount is the child's exit code when beforeChild fails.
const exitNoMount = 77

// runChild prints what Prepare did with the cache folder, or its error and then what lies in the folder.
func runChild(cache string) int {
	if err := beforeChild(); err != nil {
		fmt.Println(err)
		return exitNoMount
	}
	unpack := unpackLibrary
	switch from := os.Getenv(unpackVariable); from {
	case "":
	case "half":
		unpack = func(dir string) error {
			_ = os.Mkdir(dir, 0o700)
			_ = os.WriteFile(filepath.Join(dir, "half"), nil, 0o600)
			_, err := os.Stdin.Read(make([]byte, 1)) // until killed, or until the test is gone
			return err
		}
	default:
		unpack = unpackCopy(from)
	}
	rt, did, err := prepare(cache, unpack, nil, func(string) {})
	if err != nil {
		entries, _ := os.ReadDir(cache)
		names := []string{}
		for _, e := range entries {
			names = append(names, e.Name())
		}
		fmt.Printf("%v\n%v\n", err, names)
		return 1
	}
	fmt.Println(did.Unpacked, rt.Path)
	return 0
}

// child is that copy, not yet started.
func child(t *testing.T, cache, unpack string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childVariable+"="+cache, unpackVariable+"="+unpack)
	return cmd
}

// output runs a command to its end and returns what it printed in one line; a failure is the caller's to judge.
func output(cmd *exec.Cmd) (string, error) {
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}
