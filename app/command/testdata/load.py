"""Work for many: python load.py threads|processes COUNT ROUNDS [PAUSE]

Each of COUNT workers computes for about 0.1 ms ROUNDS times, and pauses for so many seconds after each.
"""

import multiprocessing
import sys
import threading
import time

import telling

START = {"threads": threading.Thread, "processes": multiprocessing.get_context("fork").Process}


def work(rounds, pause):
    for _ in range(rounds):
        sum(range(5000))
        if pause:
            time.sleep(pause)


def main(kind, count, rounds, pause="0"):
    begin = time.perf_counter_ns()
    workers = [START[kind](target=work, args=(int(rounds), float(pause))) for _ in range(int(count))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    telling.tell(begin, started=len(workers))


if __name__ == "__main__":
    main(*sys.argv[1:])
