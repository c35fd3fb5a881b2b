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
		ID: "thread-pool", Name: "Thread pool", Help: "concurrent.futures.ThreadPoolExecutor: a few threads, each takes the next task when it is done with one.",
		Parameters: []Parameter{threadsAtMost},
	},
	{
		ID: "interpreters", Name: "Interpreters", Help: "concurrent.futures.InterpreterPoolExecutor: threads of one process, each with an interpreter and a GIL of its own.",
		Parameters: []Parameter{
			{Name: "workers", Label: "Interpreters at most", Default: int64(0), Min: 0, Max: 64, Help: "How many interpreters the pool may have; 0 is Python's choice: 4 more than cores, up to 32."},
		},
	},
	{
		ID: "processes", Name: "Processes", Help: "multiprocessing.Process: a process with a GIL of its own for each worker.",
		Parameters: []Parameter{
			{Name: "workers", Label: "Processes", Default: int64(0), Min: 0, Max: 256, Help: "How many processes share the tasks; 0 is one a core."},
			startMethod,
		},
	},
	{
		ID: "process-pool", Name: "Process pool", Help: "concurrent.futures.ProcessPoolExecutor: a few processes, each is sent the next task when it is done with one.",
		Parameters: []Parameter{
			processesAtMost, chunkSize,
			{
				Name: "max_tasks_per_child", Label: "Chunks a process", Default: int64(0), Min: 0, Max: 1,
				Help: "1 replaces a process by a fresh one after each chunk of tasks, which cannot be done by fork; 0 keeps it.",
			},
			startMethod,
		},
	},
	{
		ID: "mp-pool", Name: "multiprocessing.Pool", Help: "multiprocessing.Pool: the older process pool, which starts all its processes at once.",
		Parameters: []Parameter{
			{Name: "workers", Label: "Processes", Default: int64(0), Min: 0, Max: mostWaitedFor, Help: "How many processes the pool has; 0 is one a core."},
			{
				Name: "method", Label: "Method", Default: "map", Choices: []string{"map", "imap", "imap_unordered"},
				Help: "What hands out the tasks: map waits for all results, imap takes each in its turn, imap_unordered as soon as it is there.",
			},
			chunkSize,
			{
				Name: "max_tasks_per_child", Label: "Chunks a process", Default: int64(0), Min: 0, Max: 1000,
				Help: "After how many chunks of tasks a process is replaced by a fresh one; 0 keeps it.",
			},
			startMethod,
		},
	},
	{ID: "asyncio", Name: "asyncio", Help: "asyncio.gather: one thread, a task a piece of work, switching only where a task awaits."},
	{ID: "asyncio-blocking", Name: "Blocking asyncio", Help: "The mistake: a coroutine that calls a blocking function, which keeps all other tasks waiting."},
	{
		ID: "asyncio-threads", Name: "asyncio with threads", Help: "asyncio.to_thread: tasks that await work done in a thread, the cure for a call that waits.",
		Parameters: []Parameter{threadsAtMost},
	},
	{
		ID: "asyncio-processes", Name: "asyncio with processes", Help: "The event loop's run_in_executor with a process pool: tasks that await work done in a process, the cure for a call that computes.",
		Parameters: []Parameter{processesAtMost, startMethod},
	},
}

// mostWaitedFor is how many processes a pool can have on Windows, which cannot wait for more at once.
const mostWaitedFor = 61

// Parameters that several models have.
var (
	threadsAtMost = Parameter{
		Name: "workers", Label: "Threads at most", Default: int64(0), Min: 0, Max: 256,
		Help: "How many threads the pool may have; 0 is Python's choice: 4 more than cores, up to 32.",
	}
	processesAtMost = Parameter{
		Name: "workers", Label: "Processes at most", Default: int64(0), Min: 0, Max: mostWaitedFor,
		Help: "How many processes the pool may have; 0 is one a core.",
	}
	chunkSize = Parameter{
		Name: "chunksize", Label: "Tasks in a chunk", Default: int64(1), Min: 1, Max: 64,
		Help: "How many tasks are sent to a process in one go: fewer messages, but coarser shares.",
	}
	startMethod = Parameter{
		Name: "start_method", Label: "Start method", Default: "default", Choices: startMethods(),
		Help: "How Python starts a process; default is what this Python does on this system.",
	}
)

// Models lists the concurrency models, in the order in which they are shown.
func Models() []Model { return models }

// startMethods are the ways in which multiprocessing can start a process on this system.
func startMethods() []string {
	if runtime.GOOS == "windows" {
		return []string{"default", "spawn"}
	}
	return []string{"default", "fork", "forkserver", "spawn"}
}
