"""Threads: workers that share one memory, and one interpreter.

While a thread waits for the network, the others go on.  But only one thread at a time executes
Python code: it holds the interpreter's lock, the GIL.  (A free-threaded build has none.)
"""

import threading

PARAMETERS = {
    "workers": {"default": 0, "min": 0, "max": 256, "help": "Threads; 0 starts one for each task."},
}


def run(workload, items, options):
    """The results of workload.work for all items, in their order."""
    results = [None] * len(items)
    errors = []

    def worker(share):
        # An exception would end this thread only, and nobody would know.  So it is kept.
        try:
            for index in share:
                results[index] = workload.work(items[index])
        except BaseException as error:
            errors.append(error)

    # Tasks are dealt like cards: with 3 workers, the first gets tasks 0, 3, 6, ...
    workers = min(options["workers"] or len(items), len(items))
    shares = [range(first, len(items), workers) for first in range(workers)]
    threads = [threading.Thread(target=worker, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    print(run(workload, tasks, {"workers": 0}))
