package catalog

import "runtime"

// Model is how the work is done: a concurrency model.
type Model struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Help       string      `json:"help"`
	Parameters []Parameter `json:"parameters"`
}

var models = []Model{
	{ID: "sequential", Name: "Sequential", Help: "One task after the other, in one thread."},
	{
		ID: "threads", Name: "Threads", Help: "threading.Thread: one process, one GIL, a thread a task.",
		Parameters: []Parameter{
			{Name: "workers", Label: "Threads", Default: int64(0), Min: 0, Max: 256, Help: "How many threads share the tasks; 0 is one a task."},
		},
	},
	{
		ID: "processes", Name: "Processes", Help: "multiprocessing.Process: a process with a GIL of its own for each worker.",
		Parameters: []Parameter{
			{Name: "workers", Label: "Processes", Default: int64(0), Min: 0, Max: 256, Help: "How many processes share the tasks; 0 is one a core."},
			{
				Name: "start_method", Label: "Start method", Default: "default", Choices: startMethods(),
				Help: "How Python starts a process; default is what this Python does on this system.",
			},
		},
	},
	{ID: "asyncio", Name: "asyncio", Help: "asyncio.gather: one thread, a task a piece of work, switching only where a task awaits."},
}

// Models lists the concurrency models, in the order in which they are shown.
func Models() []Model { return models }

// startMethods are the ways in which multiprocessing can start a process on this system.
func startMethods() []string {
	if runtime.GOOS == "windows" {
		return []string{"default", "spawn"}
	}
	return []string{"default", "fork", "forkserver", "spawn"}
}
