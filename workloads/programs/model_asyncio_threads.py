"""asyncio with threads: the cure for a blocking call, when it waits.

Code that knows nothing of asyncio blocks the whole event loop when a coroutine calls it.
asyncio.to_thread runs it in a thread of a pool instead, while the coroutine awaits the result
and the loop goes on.  For work that computes it is no cure: the threads still share one GIL.
"""

import asyncio
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
    return asyncio.run(gather(workload, items, options["workers"]))


async def gather(workload, items, workers):
    """Start one task for each item and wait for all of them."""
    if workers:
        # to_thread uses the loop's own pool.  asyncio.run waits for its threads at the end.
        pool = ThreadPoolExecutor(workers, thread_name_prefix="asyncio")
        asyncio.get_running_loop().set_default_executor(pool)
    return await asyncio.gather(*(asyncio.to_thread(workload.work, item) for item in items))


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    print(run(workload, tasks, {"workers": 0}))
