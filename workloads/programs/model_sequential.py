"""Sequential: one task after the other.  What all other models are measured against."""

PARAMETERS = {}


def run(workload, items, options):
    """The results of workload.work for all items, in their order."""
    return [workload.work(item) for item in items]


if __name__ == "__main__":
    import sum as workload

    tasks = workload.items({"tasks": 4, "size": 1_000_000})
    print(run(workload, tasks, {}))
