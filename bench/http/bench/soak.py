"""Half an hour of everything at once in a small heap: whether memory grows, and what Netty's detector finds."""

import os
import random
import socket
import threading
import time

from bench import gateway
from bench.process import LOAD_CORE
from bench.outages import purge_all
from bench.programs import HOST

CLIENTS = 8

PAUSE_SECONDS = 0.004
"""Between a client's requests: memory is what is looked at, not speed."""


def soak(programs, rounds):
    """Mixed load for SOAK_SECONDS (1800): hits, misses, evictions, ranges, conditions, writes, purges, clients that leave."""
    seconds = int(os.environ.get("SOAK_SECONDS", "1800"))
    form = gateway.SMALL
    process = programs.warmgate(form)
    print(f"\n## soak: {soak.__doc__}")
    print(f"{'minute':>8}{'requests/s':>12}{'failed':>8}{'RSS MiB':>9}{'threads':>9}{'files':>7}")
    clients = [_Client(form.address, seed) for seed in range(CLIENTS)]
    begun = time.monotonic()
    for client in clients:
        client.start()
    samples = []
    counted = 0
    step = max(5, min(60, seconds // 10))
    while time.monotonic() - begun < seconds:
        time.sleep(min(step, max(0.1, seconds - (time.monotonic() - begun))))
        purge_all(form.address, False)
        total = sum(client.answered for client in clients)
        failed = [each for client in clients for each in client.failed]
        samples.append(process.rss_mib())
        print(
            f"{(time.monotonic() - begun) / 60:8.1f}{(total - counted) / step:12.0f}{len(failed):8}"
            f"{samples[-1]:9.0f}{process.threads():9}{process.files():7}",
            flush=True,
        )
        counted = total
    for client in clients:
        client.stop()
    third = max(1, len(samples) // 3)
    print(f"RSS: highest of the first third {max(samples[:third]):.0f} MiB, of the last third {max(samples[-third:]):.0f} MiB")
    text = process.log.read_text(errors="replace")
    print(f"leaks reported by Netty: {text.count('LEAK:')}")
    for failure in failed[:5]:
        print("failed:", failure)


class _Client(threading.Thread):
    """One connection after the other; what it asks depends on its seed alone."""

    def __init__(self, address, seed):
        super().__init__(daemon=True)
        self._address = address
        self._random = random.Random(seed)
        self._going = True
        self.answered = 0
        self.failed = []

    def stop(self):
        self._going = False
        self.join(20)

    def run(self):
        os.sched_setaffinity(0, {int(LOAD_CORE)})
        while self._going:
            try:
                with socket.create_connection((self._address, 8080), timeout=20) as connection:
                    for _ in range(self._random.randrange(1, 200)):
                        if not self._going or not self._ask(connection):
                            break
                        time.sleep(PAUSE_SECONDS)
            except OSError as broken:
                self.failed.append(repr(broken))

    def _ask(self, connection):
        """Whether the connection may be used again."""
        method, path, fields, leaves = self._next()
        body = b"x" * 100 if method in ("POST", "PUT") else b""
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n{fields}"
        if body:
            head += f"Content-Length: {len(body)}\r\n"
        connection.sendall(head.encode() + b"\r\n" + body)
        received = bytearray()
        while b"\r\n\r\n" not in received:
            more = connection.recv(65536)
            if not more:
                self.failed.append(f"{method} {path}: closed before an answer")
                return False
            received += more
        if leaves:
            return False
        head, _, rest = bytes(received).partition(b"\r\n\r\n")
        status = int(head[9:12])
        self.answered += 1
        if status >= 500 and method == "GET":
            self.failed.append(f"{method} {path}: {status}")
        fields = {
            name.lower().strip(): value.strip()
            for name, _, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
        }
        if method == "HEAD" or status in (204, 304):
            return True
        if b"content-length" in fields:
            missing = int(fields[b"content-length"]) - len(rest)
            while missing > 0:
                missing -= len(connection.recv(min(65536, missing))) or missing + 1
            return missing == 0
        while not rest.endswith(b"0\r\n\r\n"):
            more = connection.recv(65536)
            if not more:
                return False
            rest = rest[-8:] + more
        return True

    def _next(self):
        """Method, path, extra fields, whether the client leaves in the middle of the answer."""
        chance = self._random.random()
        hot = f"/k/{self._random.randrange(2_000)}"
        if chance < 0.50:
            return "GET", hot, "", False
        if chance < 0.65:
            return "GET", f"/cold/{self._random.randrange(10_000_000)}", "", False
        if chance < 0.75:
            return "GET", f"/100k?{self._random.randrange(500)}", "", False
        if chance < 0.80:
            return "GET", "/uncacheable", "", False
        if chance < 0.85:
            return "GET", "/100k?0", f"Range: bytes={self._random.randrange(50_000)}-60000\r\n", False
        if chance < 0.90:
            return "GET", hot, "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n", False
        if chance < 0.93:
            return "HEAD", hot, "", False
        if chance < 0.95:
            return "POST", hot, "", False
        if chance < 0.97:
            return "GET", hot, "Accept-Encoding: gzip\r\nCache-Control: no-store\r\n", False
        return "GET", f"/100k?{self._random.randrange(1_000)}", "", True


ALL = [soak]
