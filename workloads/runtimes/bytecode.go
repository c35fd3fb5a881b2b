package runtimes

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	"regatta/workloads/runtimes/manifest"
)

// The library brings sources only, and programs run with -B, which keeps Python from leaving bytecode in the checked tree.
// Without any, every process would compile what it imports: measured, asyncio and urllib.request took 400 ms to import
// instead of 70 ms, in each spawned worker anew. So the bytecode is made once, by the tree itself after it was verified
// and before it gets its final name. It differs a little from machine to machine, so it is not in the manifest but only in
// the record of looks: a tree whose look has changed, bytecode included, is unpacked anew.

// compilePatience is a bound for what takes 1.5 s on two cores.
const compilePatience = 2 * time.Minute

// compileLibrary makes the bytecode of the tree in fresh, which will be at dir. Python does not check it against the
// sources later: both are checked together.
func compileLibrary(m manifest.Manifest, fresh, dir string) error {
	ctx, cancel := context.WithTimeout(context.Background(), compilePatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, executable(m, fresh, runtime.GOOS), "-I", "-m", "compileall", "-q", "-j", "0",
		"--invalidation-mode", "unchecked-hash", "-s", fresh, "-p", dir, fresh)
	cmd.Dir = fresh
	cmd.Env = cleanEnv(os.Environ(), runtime.GOOS)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("compile the standard library: %w: %s", err, firstLine(said))
	}
	return nil
}

// firstLine is what to show of what a program said.
func firstLine(said []byte) string {
	const most = 200
	for i, c := range said {
		if c == '\n' || i == most {
			return string(said[:i])
		}
	}
	return string(said)
}
