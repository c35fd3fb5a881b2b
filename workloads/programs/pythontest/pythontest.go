// Package pythontest finds a Python for tests and runs programs with it.
package pythontest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"regatta/workloads/runtimes"
)

// Python is the path of the interpreter that tests use: $REGATTA_TEST_PYTHON, else the built-in one. Start it with -B: in
// the built-in one's folder, bytecode counts as tampering.
func Python(tb testing.TB) string {
	tb.Helper()
	if path := os.Getenv("REGATTA_TEST_PYTHON"); path != "" {
		return path
	}
	rt, err := builtIn()
	if err != nil {
		tb.Skipf("no Python: %v; set REGATTA_TEST_PYTHON to the path of one, 3.9 or newer", err)
	}
	return rt.Path
}

// builtIn is checked once for all tests of a package: each check reads a good part of it.
var builtIn = sync.OnceValues(func() (runtimes.Runtime, error) { return runtimes.BuiltIn("") })

// End is how a program ended and what it wrote.
type End struct {
	Stdout, Stderr string
	State          string // as in "exit status 1" or "signal: interrupt"
}

// Run runs a command in the folder dir with the given input. One that takes longer than a minute fails the test.
func Run(tb testing.TB, dir, stdin string, command ...string) End {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(stdin)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + tb.TempDir(), "LANG=C.UTF-8"}
	cmd.WaitDelay = 5 * time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tb.Fatalf("%s: %v", strings.Join(command, " "), err)
	}
	if ctx.Err() != nil {
		tb.Fatalf("%s: took more than a minute\n%s%s", strings.Join(command, " "), stdout.String(), stderr.String())
	}
	return End{Stdout: stdout.String(), Stderr: stderr.String(), State: cmd.ProcessState.String()}
}
