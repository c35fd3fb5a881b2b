"""The phases that workers of every kind go through, for `length` seconds each."""

import asyncio
import hashlib
import os
import socket
import threading
import time
import zlib

from telling import StepStretch, Stretch, TaskStretch

BLOCK = bytes(range(256)) * 4000


def busy(length):
    end = time.perf_counter() + length
    while time.perf_counter() < end:
        sum(range(1000))


def hashing(length):
    end = time.perf_counter() + length
    while time.perf_counter() < end:
        hashlib.sha256(BLOCK).digest()  # lets go of the GIL


def compute(told, length):
    with Stretch(told, "compute"):
        busy(length)


def native_hash(told, length):
    with Stretch(told, "hash", works="native"):
        hashing(length)


def native_zlib(told, length):
    end = time.perf_counter() + length
    with Stretch(told, "zlib", works="native"):
        while time.perf_counter() < end:
            zlib.compress(BLOCK, 1)


def sleep(told, length):
    with Stretch(told, "sleep", waits="sleep"):
        time.sleep(length)


def lock(told, length):
    held = threading.Lock()
    held.acquire()
    threading.Timer(length, held.release).start()
    with Stretch(told, "lock", waits="lock"):
        held.acquire()


def event(told, length):
    with Stretch(told, "event", waits="lock"):
        threading.Event().wait(length)


def wait_socket(told, length):
    here, there = socket.socketpair()
    with here, there:
        timer = threading.Timer(length, there.send, (b"x",))
        timer.start()
        with Stretch(told, "socket", waits="io"):
            here.recv(1)
        timer.join()


def wait_pipe(told, length):
    reading, writing = os.pipe()
    timer = threading.Timer(length, os.write, (writing, b"x"))
    timer.start()
    with Stretch(told, "pipe", waits="io"):
        os.read(reading, 1)
    timer.join()
    os.close(reading)
    os.close(writing)


PHASES = compute, native_hash, native_zlib, sleep, lock, event, wait_socket, wait_pipe


def alone(lengths):
    """All phases in this worker, one after the other."""
    told = []
    for length in lengths:
        for phase in PHASES:
            phase(told, length)
    return told


def crowd(length):
    """What more workers than there are cores do at the same time."""
    told = []
    with Stretch(told, "crowd compute"):
        busy(length)
    with Stretch(told, "crowd hash", works="native"):
        hashing(length)
    return told


async def tasks(lengths):
    """The phases of a task, and those of its event loop's thread inside its steps."""
    told = []

    async def hog(length):
        with StepStretch(told, "hogging step"):
            busy(length)

    for length in lengths:
        with StepStretch(told, "computing step"):
            busy(length)
        with StepStretch(told, "hashing step", works="native"):
            hashing(length)
        with StepStretch(told, "sleeping step", waits="sleep"):
            time.sleep(length)
        with TaskStretch(told, "await timer", waits="await"):
            await asyncio.sleep(length)
        event = asyncio.Event()
        asyncio.get_running_loop().call_later(length, event.set)
        with TaskStretch(told, "await event", waits="await"):
            await event.wait()
        with TaskStretch(told, "await thread", waits="await"):
            await asyncio.to_thread(hashing, length)
        other = asyncio.create_task(hog(length), name="hog")
        with TaskStretch(told, "ready", waits="ready"):
            await asyncio.sleep(0)
        await other
    return told
