"""multiprocessing.Pool: the older process pool, with three ways to hand out tasks.

It starts all its workers at once, even if there are fewer tasks.  One thing to beware of: if a
worker is killed, its task is lost and the pool waits for ever.  A ProcessPoolExecutor says so.
"""

from functools import partial

import start_method

PARAMETERS = {
    "workers": {
        "default": 0,
        "min": 0,
        "max": 61,  # Windows cannot wait for more
        "help": "Processes; 0 is one a core.",
    },
    "method": {
        "default": "map",
        "choices": ["map", "imap", "imap_unordered"],
        "help": "Wait for all results, take each in its turn, or each as soon as it is there.",
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
        "max": 1000,
        "help": "Chunks after which a worker is replaced by a fresh one; 0 is never.",
    },
    "start_method": start_method.PARAMETER,
}


def run(workload, items, options):
    """The results of workload.work for all items, in their order."""
    method, chunksize = options["method"], options["chunksize"]
    limit = options["max_tasks_per_child"] or None
    context = start_method.context(options)
    with context.Pool(options["workers"] or None, maxtasksperchild=limit) as pool:
        if method == "map":
            results = pool.map(workload.work, items, chunksize)
        elif method == "imap":
            results = list(pool.imap(workload.work, items, chunksize))
        else:
            # Each result comes with its number, to find its place again.
            numbered = partial(work_numbered, workload.work)
            results = [None] * len(items)
            for number, result in pool.imap_unordered(numbered, enumerate(items), chunksize):
                results[number] = result
        # Leaving the `with` block would terminate the workers; let them end by themselves.
        pool.close()
        pool.join()
    return results


def work_numbered(work, numbered_item):
    """Runs in a worker, which must be able to import it: a lambda or inner function cannot be."""
    number, item = numbered_item
    return number, work(item)


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    defaults = {name: parameter["default"] for name, parameter in PARAMETERS.items()}
    print(run(workload, tasks, defaults))
