"""Threads that compete for the GIL: python contest.py THREADS SECONDS"""

import sys
import threading
import time

import telling

latest = None  # the thread that ran last
handed = -1  # how often the GIL changed hands


def compete(told, barrier, length):
    global latest, handed
    me = threading.get_ident()
    barrier.wait()
    end = time.perf_counter() + length
    with telling.Stretch(told, "contest"):
        while time.perf_counter() < end:
            if latest != me:
                latest = me
                handed += 1
            sum(range(1000))


def main(count, length):
    begin = time.perf_counter_ns()
    told, barrier = [], threading.Barrier(count)
    threads = [threading.Thread(target=compete, args=(told, barrier, length)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    telling.tell(begin, stretches=told, handed=handed)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
