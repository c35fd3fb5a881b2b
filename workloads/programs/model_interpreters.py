"""Interpreters: threads of one process, each with an interpreter and a GIL of its own.

They compute at the same time, as processes do, and start faster.  They share nothing either:
what goes in or out is copied, and each interpreter imports its modules anew.
"""

from concurrent.futures import InterpreterPoolExecutor  # Python 3.14 and newer

PARAMETERS = {
    "workers": {
        "default": 0,
        "min": 0,
        "max": 64,
        "help": "Interpreters at most; 0 is Python's own choice: 4 more than cores, up to 32.",
    },
}


def run(workload, items, options):
    """The results of workload.work for all items, in their order."""
    with InterpreterPoolExecutor(options["workers"] or None, thread_name_prefix="pool") as pool:
        return list(pool.map(workload.work, items))


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    print(run(workload, tasks, {"workers": 0}))
