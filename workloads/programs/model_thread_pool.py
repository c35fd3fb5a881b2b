"""A thread pool: a few threads that take one task after the other from a queue.

Who is done early takes the next task, so nobody sits idle while there is work.  A pool starts a
thread only when a task comes and none is free, and keeps it for the tasks that follow.
"""

from concurrent.futures import ThreadPoolExecutor

PARAMETERS = {
    "workers": {
        "default": 0,
        "min": 0,
        "max": 256,
        "help": "Threads at most; 0 is Python's own choice: 4 more than cores, up to 32.",
    },
}


def run(workload, items, options):
    """The results of workload.work for all items, in their order."""
    # Leaving the `with` block waits for the threads to end.
    with ThreadPoolExecutor(options["workers"] or None, thread_name_prefix="pool") as pool:
        # map() hands all tasks to the pool at once.  list() waits for the results, and raises
        # the exception of a task that failed.
        return list(pool.map(workload.work, items))


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    print(run(workload, tasks, {"workers": 0}))
