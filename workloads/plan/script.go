package plan

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"regatta/workloads/machine"
	"regatta/workloads/probe"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
)

// ScriptModel is the model that stands in the recording of a user's own script.
const ScriptModel = "script"

// keepSource is how much of a script's text the recording keeps, in bytes.
const keepSource = 256 << 10

// Script is a user's own program to be run as `python Path Args` would run it.
type Script struct {
	Path        string   // as the user wrote it: it becomes sys.argv[0]
	Args        []string // sys.argv[1:]
	Runtime     runtimes.Runtime
	TimeLimit   time.Duration // 0 is none
	MemoryLimit uint64        // bytes of the whole tree, 0 is none
	// BlockingAfter is how long a step may keep its event loop from everything else before that is noted; 0 is
	// DefaultBlockingAfter.
	BlockingAfter time.Duration
}

// ScriptOrder makes the runner's order, which uses the standard input and output and the environment of this process. The
// recording will be at path.
func ScriptOrder(s Script, path string) (runner.Order, error) {
	text, err := sourceText(s.Path)
	if err != nil {
		return runner.Order{}, err
	}
	args := append([]string{}, s.Args...) // never null in JSON
	order := runner.Order{
		Recording: path,
		Header: recording.Header{
			Created: time.Now(), Regatta: Version,
			Workload: filepath.Base(s.Path), Model: ScriptModel, Parameters: map[string]any{"args": args},
			Sources:  []recording.Source{{Name: filepath.Base(s.Path), Text: text}},
			Runtime:  recording.Runtime{Name: s.Runtime.Name, Version: s.Runtime.Version, GIL: s.Runtime.GIL, Path: s.Runtime.Path},
			Machine:  machine.Facts(),
			Observed: observed(false, s.BlockingAfter),
		},
		Files: probe.Files(), Command: []string{s.Runtime.Path}, Args: append([]string{s.Path}, s.Args...), Env: runtimes.CallerEnv(),
		TimeLimit: s.TimeLimit, MemoryLimit: s.MemoryLimit, Attached: true,
	}
	if s.Runtime.BuiltIn {
		order.Command = append(order.Command, "-B") // its tree holds what it was checked to hold
	}
	order.Command = append(order.Command, "{dir}/"+probe.FileName, "{events}")
	return order, nil
}

// sourceText reads a script as far as it is kept.
func sourceText(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, keepSource))
	if err != nil {
		return "", fmt.Errorf("read the script: %w", err)
	}
	if info, err := f.Stat(); err == nil && info.Size() > keepSource {
		text = fmt.Appendf(text, "\n# [Regatta kept the first %d of %d bytes]\n", keepSource, info.Size())
	}
	return strings.ToValidUTF8(string(text), "\uFFFD"), nil
}
