"""asyncio: many tasks in one thread, which take turns.

A task gives the turn away at an `await` that has to wait.  So thousands of tasks can wait for the
network at once; but a task that computes keeps all the others waiting.
"""

import asyncio

PARAMETERS = {}


def run(workload, items, options):
    """The results of workload.work_async for all items, in their order."""
    return asyncio.run(gather(workload, items))


async def gather(workload, items):
    """Start one task for each item and wait for all of them."""
    return await asyncio.gather(*(workload.work_async(item) for item in items))


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    print(run(workload, tasks, {}))
