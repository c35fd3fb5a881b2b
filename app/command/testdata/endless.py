"""A program that goes on for long: python endless.py SECONDS

Four threads compute and sleep in turn, and a new one lives for a moment ten times a second; so does a task.
"""

import asyncio
import os
import sys
import threading
import time

import telling


def turns(end):
    while time.perf_counter() < end:
        for _ in range(20):
            sum(range(5000))
        time.sleep(0.003)


async def task():
    await asyncio.sleep(0.01)


async def main(length):
    end = time.perf_counter() + length
    threads = [threading.Thread(target=turns, args=(end,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    started = len(threads)
    while time.perf_counter() < end:
        short = threading.Thread(target=sum, args=(range(5000),))
        short.start()
        started += 1
        await asyncio.create_task(task())
        await asyncio.sleep(0.1)
    for thread in threads:
        thread.join()
    return started


if __name__ == "__main__":
    begin = time.perf_counter_ns()
    started = asyncio.run(main(float(sys.argv[1])))
    telling.tell(begin, started=started, cpu=sum(os.times()[:4]))
