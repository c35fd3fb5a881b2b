"""Processes: workers that share nothing, each an interpreter of its own.

They compute at the same time on several cores.  The price: starting one takes a while, and what
goes in or out is pickled, that is copied as bytes through a pipe.
"""

import os
from multiprocessing.connection import wait

import start_method

PARAMETERS = {
    "workers": {"default": 0, "min": 0, "max": 256, "help": "Processes; 0 starts one a core."},
    "start_method": start_method.PARAMETER,
}


def run(workload, items, options):
    """The results of workload.work for all items, in their order."""
    context = start_method.context(options)
    workers = min(options["workers"] or cores(), len(items))
    results = [None] * len(items)
    waiting = {}  # the end of a pipe to read from -> the process at its other end, its share
    try:
        for first in range(workers):
            # Tasks are dealt like cards: with 3 workers, the first gets tasks 0, 3, 6, ...
            share = slice(first, len(items), workers)
            reader, writer = context.Pipe(duplex=False)
            process = context.Process(target=worker, args=(writer, workload.work, items[share]))
            process.start()
            writer.close()  # the child has its own; so its end is the end of the pipe
            waiting[reader] = process, share
        while waiting:
            for reader in wait(list(waiting)):
                process, share = waiting[reader]
                try:
                    results[share] = reader.recv()
                except EOFError:
                    process.join()
                    raise RuntimeError(
                        f"{process.name} ended with exit code {process.exitcode} and no result"
                    ) from None
                del waiting[reader]
                process.join()
    finally:
        # After a failure nobody needs the others any more.
        for process, _ in waiting.values():
            process.terminate()
            process.join()
    return results


def worker(writer, work, items):
    """Runs in the child.  An exception ends it, with its traceback, and closes the pipe."""
    writer.send([work(item) for item in items])


def cores():
    """Cores that this process may use."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13 and newer
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):  # Linux
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    print(run(workload, tasks, {"workers": 0, "start_method": "default"}))
