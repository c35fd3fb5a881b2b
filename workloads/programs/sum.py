"""Sum a range of numbers: work that needs a processor core and nothing else."""

import sys

import program

PARAMETERS = {
    "tasks": {"default": 4, "min": 1, "max": 64, "help": "Parts to cut the range into."},
    "size": {
        "default": 10_000_000,
        "min": 1,
        "max": 1_000_000_000,
        "help": "Numbers in each part.",
    },
}


def items(options):
    """One (first, end) for each task, each right behind the one before."""
    size = options["size"]
    return [(task * size, (task + 1) * size) for task in range(options["tasks"])]


def work(item):
    """Add up one part in a plain loop: the built-in sum() would be faster, but hide the work."""
    first, end = item
    total = 0
    for number in range(first, end):
        total += number
    return total


async def work_async(item):
    """The same as a coroutine.

    There is no `await` in here, so the event loop cannot change to another task before this one
    is done: asyncio helps programs that wait, not programs that compute.
    """
    return work(item)


def combine(results):
    """The sum of the parts is the sum of the whole range."""
    return sum(results)


if __name__ == "__main__":
    program.main(sys.modules[__name__])
