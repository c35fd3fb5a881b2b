"""Two ways to get a web page: one that blocks the thread, and one that lets other tasks run.

Both follow redirects, know http and https, and give up when nothing comes for `timeout` seconds.
"""

import asyncio
import http.client
import ssl
import urllib.error
import urllib.request
from urllib.parse import urljoin, urlsplit

REDIRECTS = 5
# What goes wrong when a server is silent or talks no proper HTTP, besides OSError.
BROKEN = ValueError, LookupError, EOFError, asyncio.TimeoutError, asyncio.LimitOverrunError
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy: direct or not


class FetchError(Exception):
    """A page could not be had; the message names its URL."""


def check(url):
    """Raise ValueError unless `url` is one that can be fetched."""
    parts = urlsplit(url)  # raises ValueError too
    if parts.scheme not in ("http", "https") or not parts.hostname or (parts.port or 80) < 1:
        raise ValueError(f"{url}: expected an address like http://example.org/picture.gif")


def fetch(url, timeout):
    """The body of a page, as bytes.  The thread waits until it is there."""
    try:
        with opener.open(url, timeout=timeout) as response:
            return response.read()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise FetchError(f"{url}: {reason(error)}") from None


async def fetch_async(url, timeout):
    """The body of a page, as bytes.  While this task waits, others run."""
    target = url
    try:
        for _ in range(REDIRECTS + 1):
            check(target)
            status, headers, body = await request(target, timeout)
            if status in (301, 302, 303, 307, 308) and "location" in headers:
                target = urljoin(target, headers["location"])
            elif 200 <= status < 300:
                return body
            else:
                raise FetchError(f"{url}: the server answered with status {status}")
        raise FetchError(f"{url}: more than {REDIRECTS} redirects")
    except (OSError, *BROKEN) as error:
        raise FetchError(f"{url}: {reason(error)}") from None


async def request(url, timeout):
    """Ask for one page.  Returns its status, its headers and its body."""
    parts = urlsplit(url)
    tls = ssl.create_default_context() if parts.scheme == "https" else None
    port = parts.port or (443 if tls else 80)
    connecting = asyncio.open_connection(parts.hostname, port, ssl=tls)
    reader, writer = await asyncio.wait_for(connecting, timeout)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        host = parts.netloc.rpartition("@")[2]
        lines = f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", "", ""
        writer.write("\r\n".join(lines).encode("ascii"))
        await writer.drain()

        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), timeout)
        first, *rest = head.decode("latin-1").split("\r\n")
        status = int(first.split()[1])
        pairs = (line.partition(":") for line in rest)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return status, headers, await read_chunks(reader, timeout)
        length = int(headers["content-length"]) if "content-length" in headers else None
        return status, headers, await read_body(reader, length, timeout)
    finally:
        writer.close()


async def read_body(reader, length, timeout):
    """Read `length` bytes, or up to the end of the connection when `length` is None."""
    body = bytearray()
    while length is None or len(body) < length:
        wanted = 65536 if length is None else min(65536, length - len(body))
        data = await asyncio.wait_for(reader.read(wanted), timeout)
        if not data:
            break
        body += data
    if length is not None and len(body) < length:
        raise EOFError(f"the connection ended after {len(body)} of {length} bytes")
    return bytes(body)


async def read_chunks(reader, timeout):
    """Read a body that comes in pieces, each behind a line with its length; the last is empty."""
    body = b""
    while True:
        line = await asyncio.wait_for(reader.readuntil(b"\r\n"), timeout)
        length = int(line.split(b";")[0], 16)
        if length == 0:
            return body
        body += await read_body(reader, length, timeout)
        await asyncio.wait_for(reader.readexactly(2), timeout)  # the line's end behind the piece


def reason(error):
    """Why it went wrong, in words."""
    if isinstance(error, urllib.error.HTTPError):
        return f"the server answered with status {error.code}"
    error = getattr(error, "reason", error)
    if isinstance(error, (TimeoutError, asyncio.TimeoutError)):
        return "no answer in time"
    return str(error) or type(error).__name__
