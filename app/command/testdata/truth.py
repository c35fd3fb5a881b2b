"""Workers of one kind that know what they do: python truth.py KIND LENGTH...

KIND is main, thread, fork, spawn, forkserver, interpreter or task; each LENGTH is that of all phases, in seconds.
"""

import asyncio
import concurrent.futures
import multiprocessing
import sys
import time

import phases
import telling

WORKERS = 4  # in the crowd, which is to be more than there are cores


def executor(kind):
    if kind == "thread":
        return concurrent.futures.ThreadPoolExecutor(WORKERS)
    if kind == "interpreter":
        return concurrent.futures.InterpreterPoolExecutor(WORKERS)
    return concurrent.futures.ProcessPoolExecutor(WORKERS, multiprocessing.get_context(kind))


def run(kind, lengths):
    if kind == "main":
        return phases.alone(lengths)
    if kind == "task":
        return asyncio.run(phases.tasks(lengths))
    with executor(kind) as pool:
        told = pool.submit(phases.alone, lengths).result()
        for length in lengths:
            for some in list(pool.map(phases.crowd, [length] * WORKERS)):
                told += some
    return told


if __name__ == "__main__":
    begin = time.perf_counter_ns()
    told = run(sys.argv[1], [float(length) for length in sys.argv[2:]])
    telling.tell(begin, stretches=told)
