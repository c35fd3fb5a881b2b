"""A process pool: the thread pool's twin, with an interpreter and a GIL of its own a worker.

Only the name of the executor differs from the thread pool.  But each task and each result is
pickled and sent through a pipe, so tasks should be few and large, or be sent in chunks.
"""

from concurrent.futures import ProcessPoolExecutor

import start_method

PARAMETERS = {
    "workers": {
        "default": 0,
        "min": 0,
        "max": 61,  # Windows cannot wait for more
        "help": "Processes at most; 0 is one a core.",
    },
    "chunksize": {
        "default": 1,
        "min": 1,
        "max": 64,
        "help": "Tasks that are sent to a worker in one go: less to send, but coarser shares.",
    },
    "max_tasks_per_child": {
        "default": 0,
        "min": 0,
        "max": 1,  # with more, Python 3.11 to 3.14.6 can wait for ever: gh-115634
        "help": "1 replaces a worker by a fresh one after each chunk, 0 never.  Not with fork.",
    },
    "start_method": start_method.PARAMETER,
}


def run(workload, items, options):
    """The results of workload.work for all items, in their order."""
    limit = options["max_tasks_per_child"]
    more = {"max_tasks_per_child": limit} if limit else {}  # Python 3.11 and newer
    context = start_method.context(options)
    with ProcessPoolExecutor(options["workers"] or None, mp_context=context, **more) as pool:
        # map() hands all tasks to the pool at once.  list() waits for the results, and raises
        # the exception of a task that failed, or BrokenProcessPool when a worker died.
        return list(pool.map(workload.work, items, chunksize=options["chunksize"]))


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    defaults = {name: parameter["default"] for name, parameter in PARAMETERS.items()}
    print(run(workload, tasks, defaults))
