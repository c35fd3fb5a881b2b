"""asyncio with processes: the cure for a blocking call, when it computes.

loop.run_in_executor sends the work to a pool of processes.  The coroutine awaits the result, and
the event loop goes on to answer everybody else.  Only starting the processes, which the first
tasks do, holds it up for a moment.
"""

import asyncio
from concurrent.futures import ProcessPoolExecutor

import start_method

PARAMETERS = {
    "workers": {
        "default": 0,
        "min": 0,
        "max": 61,  # Windows cannot wait for more
        "help": "Processes at most; 0 is one a core.",
    },
    "start_method": start_method.PARAMETER,
}


def run(workload, items, options):
    """The results of workload.work for all items, in their order."""
    context = start_method.context(options)
    # The `with` block is out here, because leaving it waits for the processes to end: inside a
    # coroutine that wait would block the event loop.
    with ProcessPoolExecutor(options["workers"] or None, mp_context=context) as pool:
        return asyncio.run(gather(workload, items, pool))


async def gather(workload, items, pool):
    """Start one task for each item and wait for all of them."""
    return await asyncio.gather(*(in_pool(pool, workload.work, item) for item in items))


async def in_pool(pool, work, item):
    """One task: it awaits while a process of the pool works."""
    return await asyncio.get_running_loop().run_in_executor(pool, work, item)


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    print(run(workload, tasks, {"workers": 0, "start_method": "default"}))
