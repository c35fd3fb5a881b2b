"""What a test program tells of itself: stretches of time in which it knows what one of its workers did.

The kernel's own figures stand beside each: how long the thread was on a core and how long it waited for one.  What
remains of the stretch it spent in the wait that the phase is about.
"""

import asyncio
import ctypes
import json
import os
import threading
import time

_keeping_the_gil = ctypes.PyDLL(None)  # os.pread lets go of it, and taking it again may take long
_own = threading.local()


def queued():
    """Nanoseconds that this thread has waited for a core so far."""
    if not hasattr(_own, "file"):
        _own.file = open("/proc/thread-self/schedstat", "rb")
        _own.text = ctypes.create_string_buffer(100)
    _keeping_the_gil.pread(_own.file.fileno(), _own.text, 100, 0)
    return int(_own.text.value.split()[1])


class Stretch:
    """A stretch: on a core the worker is in the state `works`, else, unless it waits for a core, in `waits`."""

    def __init__(self, told, phase, works="running", waits="gil"):
        self.told, self.phase, self.works, self.waits = told, phase, works, waits

    def __enter__(self):
        queue = queued()
        cpu = time.thread_time_ns()
        self.begin = time.perf_counter_ns(), cpu, queue

    def __exit__(self, *_):
        end = time.perf_counter_ns(), time.thread_time_ns(), queued()
        wall, cpu, queue = (after - before for before, after in zip(self.begin, end))
        self.told.append({
            "phase": self.phase, "works": self.works, "waits": self.waits, "pid": os.getpid(), "tid": threading.get_native_id(),
            "start": self.begin[0], "end": end[0], "cpu": cpu, "queued": min(queue, max(wall - cpu, 0)),
        })


class TaskStretch(Stretch):
    """A stretch of an asyncio task that is suspended: what its thread does meanwhile is another's."""

    def __exit__(self, *_):
        super().__exit__()
        self.told[-1].update(task=asyncio.current_task().get_name(), cpu=0, queued=0)


class StepStretch(Stretch):
    """A stretch of an asyncio task inside one step, in which it does what its thread does."""

    def __exit__(self, *_):
        super().__exit__()
        self.told[-1].update(task=asyncio.current_task().get_name())


def tell(begin, **result):
    """Print what Regatta takes as the program's result."""
    result["begin"] = begin
    print(json.dumps({"result": result, "work_start_ns": begin, "work_end_ns": time.perf_counter_ns()}))
