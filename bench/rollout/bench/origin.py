"""Two origins, one a release. Each answer names its maker, its path and its number, takes a fixed time, and may be kept."""

import array
import asyncio
import email.utils
import time

from bench.keys import kept_seconds

RELEASES = ("v1", "v2")


def run(orders, latency_millis, ttl, body_bytes):
    """A worker: `ports` gives each release's port, `asked` when each was asked (monotonic seconds)."""
    asyncio.run(_serve(orders, latency_millis / 1000, ttl, body_bytes))


async def _serve(orders, latency, ttl, body_bytes):
    loop = asyncio.get_running_loop()
    origins = {release: _Origin(release, latency, ttl, body_bytes) for release in RELEASES}
    servers = {
        release: await loop.create_server(lambda origin=origin: _Connection(origin), "127.0.0.1", 0, backlog=1024)
        for release, origin in origins.items()
    }
    over = loop.create_future()

    def obey():
        try:
            match orders.recv():
                case "ports":
                    orders.send({release: server.sockets[0].getsockname()[1] for release, server in servers.items()})
                case "asked":
                    orders.send({release: origin.asked for release, origin in origins.items()})
        except EOFError as gone:
            loop.remove_reader(orders.fileno())
            over.set_exception(gone)

    loop.add_reader(orders.fileno(), obey)
    await over


class _Origin:
    def __init__(self, release, latency, ttl, body_bytes):
        self.release = release
        self.latency = latency
        self.asked = array.array("d")
        self._ttl = ttl
        self._body_bytes = body_bytes

    def answer(self, path):
        body = f"{self.release} {path} {len(self.asked)} ".encode().ljust(self._body_bytes, b".")
        head = (
            f"HTTP/1.1 200 OK\r\nDate: {email.utils.formatdate(usegmt=True)}\r\nContent-Type: text/plain\r\n"
            f"Cache-Control: max-age={kept_seconds(path, self._ttl)}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


class _Connection(asyncio.Protocol):
    """One request after the other."""

    def __init__(self, origin):
        self._origin = origin
        self._received = bytearray()
        self._busy = False

    def connection_made(self, transport):
        self._transport = transport

    def data_received(self, data):
        self._received += data
        self._next()

    def _next(self):
        end = self._received.find(b"\r\n\r\n")
        if self._busy or end < 0:
            return
        path = self._received[: self._received.index(b"\r\n")].split(b" ")[1].decode()
        del self._received[: end + 4]
        self._busy = True
        self._origin.asked.append(time.monotonic())
        answer = self._origin.answer(path)
        asyncio.get_running_loop().call_later(self._origin.latency, self._answered, answer)

    def _answered(self, answer):
        self._busy = False
        if not self._transport.is_closing():
            self._transport.write(answer)
            self._next()
