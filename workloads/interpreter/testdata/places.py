# Threads that stay in known functions. Prints where each is to be found, as {thread id: name}.
import asyncio
import json
import queue
import sys
import threading
import time

places = {}


def here(name):
    places[threading.get_native_id()] = name


def sleeping():
    here("sleeping")
    time.sleep(3600)


def spinning():
    here("spinning")
    while True:
        pass


def queueing():
    here("queueing")
    queue.Queue().get()


class Shop:
    def serve(self):
        here("Shop.serve")
        threading.Event().wait()

    @classmethod
    def opened(cls):
        here("Shop.opened")
        cls().rest()

    def rest(self):
        here("Shop.rest")
        threading.Event().wait()


def dumping():
    here("dumping")
    data = {"a": [1, 2, {"b": [3.5] * 20}]}
    while True:
        json.dumps(data, indent=1)


def outer():
    def inner():
        here("outer.<locals>.inner")
        time.sleep(3600)

    inner()


def numbers():
    here("numbers")
    yield 1
    time.sleep(3600)


def counting():
    for _ in numbers():
        pass


def comparing():
    def key(_):
        here("comparing.<locals>.key")
        time.sleep(3600)

    sorted([2, 1], key=key)


def recursing(depth=150):
    if depth:
        return recursing(depth - 1)
    here("recursing")
    time.sleep(3600)


async def work_async():
    here("work_async")
    await asyncio.sleep(0)
    time.sleep(3600)


async def begin_async():
    await asyncio.create_task(work_async())


def looping():
    asyncio.run(begin_async())


async def idle_async():
    here("waiting_loop")
    await asyncio.sleep(3600)


def waiting_loop():
    asyncio.run(idle_async())


def größe():
    here("größe")
    time.sleep(3600)


def 数える():
    here("数える")
    time.sleep(3600)


def 𠀀():
    here("𠀀")
    time.sleep(3600)


def main():
    functions = [
        sleeping, spinning, queueing, Shop().serve, Shop.opened, dumping, outer, counting, comparing, recursing,
        looping, waiting_loop, größe, 数える, 𠀀,
    ]  # fmt: skip
    for function in functions:
        threading.Thread(target=function, daemon=True).start()
    here("main")
    while len(places) <= len(functions):
        time.sleep(0.01)
    print(json.dumps(places), flush=True)
    sys.stdin.read()


main()
