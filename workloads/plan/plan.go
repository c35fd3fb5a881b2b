// Package plan turns what the user chose, a workload, a model, parameters and a runtime, into an order for the runner: the
// program's sources, its arguments and its environment.
package plan

import (
	"cmp"
	"fmt"
	"time"

	"regatta/workloads/catalog"
	"regatta/workloads/machine"
	"regatta/workloads/observers"
	"regatta/workloads/probe"
	"regatta/workloads/programs"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
	"regatta/workloads/webserver"
)

// Version is Regatta's own version, as it stands in recordings.
const Version = "0.1.0"

// Choice is what the user chose.
type Choice struct {
	Pair        catalog.Pair
	Values      catalog.Values
	Runtime     runtimes.Runtime
	TimeLimit   time.Duration // 0 is none
	MemoryLimit uint64        // bytes of the whole tree, 0 is none
	// BlockingAfter is how long a step may keep its event loop from everything else before that is noted; 0 is
	// DefaultBlockingAfter.
	BlockingAfter time.Duration
	Bare          bool // without observers and probe, to find out what observing costs
}

// Order makes the runner's order. The recording will be at path.
func Order(c Choice, path string) (runner.Order, error) {
	names := programs.Files(c.Pair.Workload.ID, c.Pair.Model.ID)
	if names == nil {
		return runner.Order{}, fmt.Errorf("there is no program for %s under %s", c.Pair.Workload.ID, c.Pair.Model.ID)
	}
	files := probe.Files()
	var texts []recording.Source
	for _, name := range names {
		text, err := programs.Source(name)
		if err != nil {
			return runner.Order{}, err
		}
		files[name] = text
		texts = append(texts, recording.Source{Name: name, Text: text})
	}
	order := runner.Order{
		Recording: path,
		Header: recording.Header{
			Created: time.Now(), Regatta: Version,
			Workload: c.Pair.Workload.ID, Model: c.Pair.Model.ID, Parameters: c.Values, Sources: texts,
			Runtime:  recording.Runtime{Name: c.Runtime.Name, Version: c.Runtime.Version, GIL: c.Runtime.GIL, Path: c.Runtime.Path},
			Machine:  machine.Facts(),
			Observed: observed(c.Bare, c.BlockingAfter),
		},
		Files: files, Env: c.Runtime.Env(), TimeLimit: c.TimeLimit, MemoryLimit: c.MemoryLimit, Bare: c.Bare,
	}
	order.Command = []string{c.Runtime.Path}
	if c.Bare {
		// As isolated as with -I, but for the program's own folder, which only the probe can add to the path again.
		order.Command = append(order.Command, "-s", "-E", "-B")
	} else {
		order.Command = append(order.Command, c.Runtime.Args()...)
		order.Command = append(order.Command, "{dir}/"+probe.FileName, "{events}")
	}
	order.Command = append(order.Command, "{dir}/"+names[0])
	order.Command = append(order.Command, c.Pair.Arguments(c.Values)...)
	if serving := c.Pair.Serving(c.Values); serving.Needed {
		order.Server = &webserver.Options{
			Latency: time.Duration(serving.LatencyMS) * time.Millisecond, Size: int(serving.SizeBytes),
			Bandwidth: int(serving.BytesPerSecond), Work: time.Duration(serving.WorkMS) * time.Millisecond,
		}
		order.Command = append(order.Command, "--server", "{server}")
	}
	return order, nil
}

// DefaultBlockingAfter is asyncio's own slow_callback_duration.
const DefaultBlockingAfter = 100 * time.Millisecond

// observed says how a run is to be observed.
func observed(bare bool, blockingAfter time.Duration) recording.Observed {
	if bare {
		return recording.Observed{}
	}
	return recording.Observed{Sources: observers.Sources(), BlockingAfter: cmp.Or(blockingAfter, DefaultBlockingAfter)}
}
