"""Download images and save them: work that waits for the network most of the time."""

import asyncio
import hashlib
import pathlib
import re
import sys
from urllib.parse import urlsplit

import http_client
import program

# Latency, size and bandwidth are those of Regatta's own web server, which keeps to them.
PARAMETERS = {
    "images": {"default": 3, "min": 1, "max": 64, "help": "Images to download."},
    "latency_ms": {
        "default": 300,
        "min": 0,
        "max": 10_000,
        "help": "Milliseconds until the server's first byte.",
    },
    "size_kb": {"default": 150, "min": 1, "max": 100_000, "help": "Kilobytes of each image."},
    "bandwidth_kbs": {
        "default": 500,
        "min": 0,
        "max": 10_000_000,
        "help": "Kilobytes a second on each connection; 0 is no limit.",
    },
    "urls": {"default": "", "help": "Addresses of your own instead, with a space between them."},
    "timeout_s": {
        "default": 10,
        "min": 1,
        "max": 600,
        "help": "Seconds without a byte after which to give up.",
    },
}


def items(options):
    """One (address, file to save it to, timeout) for each image."""
    urls = re.split(r"[\s,]+", options["urls"].strip()) if options["urls"].strip() else []
    for url in urls:
        http_client.check(url)
    if not urls:
        if not options["server"]:
            raise ValueError("give --set urls=..., or --server with the address of Regatta's own")
        urls = [f"{options['server']}/image/{n}.gif" for n in range(1, options["images"] + 1)]
    return [
        (url, f"image-{number}{suffix(url)}", options["timeout_s"])
        for number, url in enumerate(urls, start=1)
    ]


def suffix(url):
    """The ending of a file name, such as .gif; a server must not choose more of the name."""
    found = re.search(r"\.[A-Za-z0-9]{1,5}$", urlsplit(url).path)
    return found.group() if found else ""


def work(item):
    """Download one image and save it in the current folder, waiting for each."""
    url, name, timeout = item
    image = http_client.fetch(url, timeout)
    pathlib.Path(name).write_bytes(image)
    return image


async def work_async(item):
    """The same as a coroutine.

    There is no asynchronous file in the standard library: a thread writes it, so that a slow disk
    cannot hold up the event loop.
    """
    url, name, timeout = item
    image = await http_client.fetch_async(url, timeout)
    await asyncio.to_thread(pathlib.Path(name).write_bytes, image)
    return image


def combine(images):
    """How much was downloaded, and a fingerprint of all of it."""
    everything = b"".join(images)
    return {"bytes": len(everything), "sha256": hashlib.sha256(everything).hexdigest()}


if __name__ == "__main__":
    program.main(sys.modules[__name__])
