"""Ask several web services at once: each takes its time, and none needs the others."""

import json
import sys

import http_client
import program

PARAMETERS = {
    "services": {"default": 3, "min": 1, "max": 64, "help": "Services to ask."},
    "work_ms": {
        "default": 1000,
        "min": 0,
        "max": 60_000,
        "help": "Milliseconds that each service works on its answer.",
    },
    "timeout_s": {
        "default": 120,
        "min": 1,
        "max": 600,
        "help": "Seconds without an answer after which to give up.",
    },
}
NAMES = ["weather", "stock", "news"]


def items(options):
    """One (name, address, timeout) for each service."""
    if not options["server"]:
        raise ValueError("give --server with the address of Regatta's own web server")
    count = options["services"]
    names = NAMES[:count] + [f"service-{n}" for n in range(len(NAMES) + 1, count + 1)]
    server, timeout = options["server"], options["timeout_s"]
    return [(name, f"{server}/service/{name}", timeout) for name in names]


def work(item):
    """Ask one service and wait for its answer."""
    name, url, timeout = item
    return name, json.loads(http_client.fetch(url, timeout))


async def work_async(item):
    """The same as a coroutine: while one service works, the next is already asked."""
    name, url, timeout = item
    return name, json.loads(await http_client.fetch_async(url, timeout))


def combine(results):
    """The answers by the names of the services."""
    return dict(results)


if __name__ == "__main__":
    program.main(sys.modules[__name__])
