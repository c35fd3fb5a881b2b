"""asyncio with a blocking call in a coroutine: a mistake, made here to show what it does.

`async def` alone makes nothing asynchronous.  While one task waits inside an ordinary function,
the event loop waits with it, and so do all other tasks: they run one after the other.  The cures
are asyncio.to_thread, run_in_executor, or a library that awaits.
"""

import asyncio

PARAMETERS = {}


def run(workload, items, options):
    """The results of workload.work for all items, in their order."""
    return asyncio.run(gather(workload, items))


async def gather(workload, items):
    """Start one task for each item and wait for all of them."""
    return await asyncio.gather(*(blocking(workload.work, item) for item in items))


async def blocking(work, item):
    """One task, with the mistake: there is no `await` here, so no other task gets a turn."""
    return work(item)


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    print(run(workload, tasks, {}))
