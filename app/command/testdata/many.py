"""Short lives: python many.py threads|forks COUNT

COUNT threads, 20 at a time, or COUNT children that fork a child of their own, 10 at a time.
"""

import os
import sys
import threading
import time

import telling


def work():
    sum(range(5000))


def threads(count):
    for _ in range(0, count, 20):
        some = [threading.Thread(target=work) for _ in range(20)]
        for thread in some:
            thread.start()
        for thread in some:
            thread.join()
    return count


def forks(count):
    for _ in range(0, count, 10):
        children = [forked(lambda: os.waitpid(forked(work), 0)) for _ in range(10)]
        for child in children:
            os.waitpid(child, 0)
    return 2 * count


def forked(function):
    child = os.fork()
    if child == 0:
        try:
            function()
        finally:
            os._exit(0)
    return child


if __name__ == "__main__":
    begin = time.perf_counter_ns()
    started = {"threads": threads, "forks": forks}[sys.argv[1]](int(sys.argv[2]))
    telling.tell(begin, started=started, cpu=sum(os.times()[:4]))
