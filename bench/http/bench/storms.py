"""What is not a steady load: many clients at once on one key, and ten thousand purges a second beside hits."""

import http.client
import json
import selectors
import socket
import ssl
import threading
import time
from statistics import median

from bench import gateway, load
from bench.cases import NGINX, VARNISH, WARMGATE, Case
from bench.gateway import TOKEN
from bench.load import Load
from bench.programs import HOST
from bench.slow_origin import DELAY_MILLIS, SlowOrigin
from bench import report

CLIENTS = 100


def coalesced_storm(programs, rounds):
    """100 clients at once on one key, behind an origin that takes 300 ms."""
    print(f"\n## coalesced-storm: {CLIENTS} clients at once on one key, origin {DELAY_MILLIS} ms")
    print(f"{'':20}{'':22}{'origin requests':>16}{'p50 ms':>8}{'p99 ms':>8}")
    for contender in (WARMGATE, NGINX, VARNISH):
        contender.start(programs)
    with SlowOrigin() as origin:
        for round_number in range(rounds):
            for contender in (WARMGATE, NGINX, VARNISH):
                path = f"/slow/{contender.name}-{round_number}"
                for what, asked in (
                    ("cold", path),
                    ("uncacheable", path + "?no-store"),
                    ("uncacheable again", path + "?no-store"),
                ):
                    origin.answered = 0
                    times = sorted(_storm(contender, asked))
                    print(
                        f"{contender.name:20}{what:22}{origin.answered:16}"
                        f"{times[len(times) // 2] * 1000:8.0f}{times[len(times) * 99 // 100 - 1] * 1000:8.0f}"
                    )


def _storm(contender, path):
    return _storm_over([contender], path)


def _storm_over(contenders, path):
    """Seconds from the first byte sent by anyone to the end of each client's answer."""
    request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
    asked = [contenders[i % len(contenders)] for i in range(CLIENTS)]
    clients = [socket.create_connection((contender.address, contender.port)) for contender in asked]
    times = []
    with selectors.DefaultSelector() as selector:
        begun = time.monotonic()
        for client in clients:
            client.sendall(request)
            client.setblocking(False)
            selector.register(client, selectors.EVENT_READ, bytearray())
        while selector.get_map():
            ready = selector.select(timeout=30)
            if not ready:
                raise RuntimeError(f"nobody answers {path}")
            for key, _ in ready:
                received = key.fileobj.recv(65536)
                key.data.extend(received)
                if not received:
                    times.append(time.monotonic() - begun)
                    selector.unregister(key.fileobj)
                    key.fileobj.close()
                    if not key.data.startswith(b"HTTP/1.1 200"):
                        raise RuntimeError(f"{path} was answered with {bytes(key.data[:200])}")
    return times


def purge_storm(programs, rounds):
    """Hits on one key, alone and beside 10,000 purged paths a second."""
    process = WARMGATE.start(programs)
    hits = Load("/1k")
    load.warm(hits, WARMGATE.address, WARMGATE.port, 300_000)
    measured = []
    for _ in range(rounds):
        alone = load.measure(hits, process, WARMGATE.address, WARMGATE.port, 4)
        with _Purger(WARMGATE.address) as purger:
            beside = load.measure(hits, process, WARMGATE.address, WARMGATE.port, 4)
        measured.append([beside, alone])
        print(f"purged {purger.paths} paths in {purger.seconds:.1f} s")
    contenders = [WARMGATE.__class__(name, WARMGATE.address, WARMGATE.start) for name in ("beside purges", "alone")]
    report.show(Case("purge-storm", purge_storm.__doc__, hits, contenders), measured)
    ratio = median(beside.p99 / alone.p99 for beside, alone in measured)
    print(f"p99 beside purges / alone: {ratio:.2f}")


class _Purger:
    """Orders of 100 paths, 100 a second, to the pod's admin API, as the operator sends them."""

    def __init__(self, address):
        self._address = address
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.paths = 0
        self.seconds = 0.0
        self._failed = None

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        if self._failed:
            raise self._failed

    def _run(self):
        # The certificate was minted for this run and is signed by itself.
        tls = ssl.create_default_context()
        tls.check_hostname = False
        tls.verify_mode = ssl.CERT_NONE
        admin = http.client.HTTPSConnection(self._address, 9443, context=tls, timeout=10)
        begun = time.monotonic()
        while not self._stop.wait(max(0, begun + self.paths / 10_000 - time.monotonic())):
            order = {
                "id": f"storm-{begun}-{self.paths}",
                "request": {"paths": [f"/purged/{self.paths + i}" for i in range(100)]},
            }
            admin.request("POST", "/v1/purges", json.dumps(order),
                          {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"})
            answer = admin.getresponse()
            said = answer.read()
            if answer.status // 100 != 2:
                self._failed = RuntimeError(f"purge refused: {answer.status} {said!r}")
                break
            self.paths += 100
        self.seconds = time.monotonic() - begun


def fleet_storm(programs, rounds):
    """100 clients at once on one key, over four pods that share a Redis; nginx and Varnish alone beside them."""
    print(f"\n## fleet-storm: {fleet_storm.__doc__}")
    print(f"{'':22}{'origin requests':>16}{'p50 ms':>8}{'p99 ms':>8}")
    for form in gateway.PODS:
        programs.warmgate(form)
    pods = [WARMGATE.__class__(form.name, form.address, None) for form in gateway.PODS]
    with SlowOrigin() as origin:
        for round_number in range(-2, rounds):
            for what, asked in (
                ("cold", f"/slow/fleet-{round_number}"),
                ("uncacheable", f"/slow/fleet-{round_number}?no-store"),
                ("uncacheable again", f"/slow/fleet-{round_number}?no-store"),
            ):
                origin.answered = 0
                times = sorted(_storm_over(pods, asked))
                # The first two rounds warm the pods.
                if round_number >= 0:
                    print(
                        f"{what:22}{origin.answered:16}"
                        f"{times[len(times) // 2] * 1000:8.0f}{times[len(times) * 99 // 100 - 1] * 1000:8.0f}"
                    )


ALL = [coalesced_storm, fleet_storm, purge_storm]
