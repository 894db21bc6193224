"""What is not a steady load: many clients at once on one key, and ten thousand purges a second beside hits."""

import http.client
import itertools
import json
import selectors
import socket
import ssl
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from bench import callers, gateway, load
from bench.cases import NGINX, VARNISH, WARMGATE, Case
from bench.gateway import TOKEN
from bench.load import Load
from bench.process import LOAD_CORE
from bench.programs import HOST, REDIS
from bench.slow_origin import DELAY_MILLIS, SlowOrigin
from bench import report

CLIENTS = 100
FLOOD = load.SCRIPT.with_name("flood.lua")
FLOODS = itertools.count(1)


def coalesced_storm(programs, rounds):
    """100 clients at once on one key, behind an origin that takes 300 ms."""
    print(f"\n## coalesced-storm: {CLIENTS} clients at once on one key, origin {DELAY_MILLIS} ms")
    print(f"{'':20}{'':22}{'origin requests':>16}{'p50 ms':>8}{'p99 ms':>8}")
    for contender in (WARMGATE, NGINX, VARNISH):
        contender.start(programs)
    with SlowOrigin() as origin:
        # What is compiled while it runs has run before.
        for storm in range(20):
            _storm(WARMGATE, f"/slow/first-{storm}" + ("?no-store" if storm % 2 else ""))
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
    """Hits on one key, alone and beside 10,000 names purged a second."""
    for what, form, purger in (
        ("pushed paths", gateway.PLAIN, _Pusher("paths")),
        ("pushed tags", gateway.PLAIN, _Pusher("tags")),
        ("tags in the stream", gateway.TAILING, _Appender()),
    ):
        process = programs.warmgate(form)
        # As in every pod: its operator has spoken to it before there is load, and goes on.
        with _Every(1, _Operator(form.address).heartbeat):
            _purge_storm(f"purge-storm, {what}", process, form, purger, rounds)


def _purge_storm(title, process, form, purger, rounds):
    hits = Load("/1k")
    load.warm(hits, form.address, 8080, 300_000)
    measured = []
    for _ in range(rounds):
        alone = load.measure(hits, process, form.address, 8080, 4)
        purger.begin(form)
        begun = time.monotonic()
        with _Every(0.01, purger.purge_100) as purging:
            beside = load.measure(hits, process, form.address, 8080, 4)
            seconds = time.monotonic() - begun
        measured.append([beside, alone])
        print(
            f"{title}: {purging.times * 100} in {seconds:.1f} s, CPU µs a hit {alone.cpu_micros:.2f} -> {beside.cpu_micros:.2f},"
            f" p99 ms {alone.p99 / 1000:.1f} -> {beside.p99 / 1000:.1f}"
        )
    contenders = [WARMGATE.__class__(name, form.address, WARMGATE.start) for name in ("beside purges", "alone")]
    report.show(Case(title, purge_storm.__doc__, hits, contenders), measured)
    ratio = median(beside.p99 / alone.p99 for beside, alone in measured)
    print(f"p99 beside purges / alone: {ratio:.2f}")


def token_flood(programs, rounds):
    """Hits with a good token, alone and beside distinct bad ones, up to 10,000 a second: all on one core."""
    process = programs.warmgate(gateway.CALLERS)
    address = gateway.CALLERS.address
    hits = Load("/public/1k", fields=(callers.token_field,), connections=8, pause=4)
    load.warm(Load("/public/1k", fields=(callers.token_field,)), address, 8080, 300_000)
    flood(address, 4)
    print(f"\n## token-flood: {token_flood.__doc__}")
    print(f"{'hits/s':>8}{'p50 µs':>8}{'p99 µs':>8}{'bad tokens/s':>14}{'401':>8}{'503':>8}")
    for _ in range(rounds):
        for flooding in (False, True):
            with ThreadPoolExecutor(1) as beside:
                flooded = beside.submit(flood, address, 6) if flooding else None
                if flooded:
                    time.sleep(1)
                measured = load.measure(hits, process, address, 8080, 4)
                bad = flooded.result() if flooded else {"requests": 0, "micros": 1, "unauthenticated": 0, "unavailable": 0}
            print(
                f"{measured.requests / measured.seconds:8.0f}{measured.p50:8}{measured.p99:8}"
                f"{bad['requests'] / bad['micros'] * 1e6:14.0f}{bad['unauthenticated']:8}{bad['unavailable']:8}"
            )


def flood(address, seconds):
    """Bad tokens over 100 connections, each 9 ms after its last answer."""
    text = subprocess.run(
        ["taskset", "-c", LOAD_CORE, "wrk", "-t", "1", "-c", "100", "-d", f"{seconds}s", "-s", str(FLOOD), "-H", f"Host: {HOST}",
         f"http://{address}:8080/public/1k", "--", callers.signed()[0], "9",
         str(next(FLOODS) * 1_000_000)],
        check=True, capture_output=True, text=True,
    ).stdout
    report = json.loads(text.rpartition("REPORT ")[2])
    if report["unauthenticated"] + report["unavailable"] != report["requests"]:
        raise RuntimeError(f"a bad token was answered otherwise: {report}")
    return report


class _Every:
    """Does something again and again on a thread of its own; late ones are made up for."""

    def __init__(self, seconds, action):
        self._seconds = seconds
        self._action = action
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._failed = None
        self.times = 0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        if self._failed:
            raise self._failed

    def _run(self):
        begun = time.monotonic()
        try:
            while not self._stop.wait(max(0, begun + self.times * self._seconds - time.monotonic())):
                self._action()
                self.times += 1
        except Exception as failed:
            self._failed = failed


class _Operator:
    """Speaks to the pod's admin API over one connection."""

    def __init__(self, address):
        # The certificate was minted for this run and is signed by itself.
        tls = ssl.create_default_context()
        tls.check_hostname = False
        tls.verify_mode = ssl.CERT_NONE
        self._admin = http.client.HTTPSConnection(address, 9443, context=tls, timeout=10)

    def post(self, path, body):
        self._admin.request("POST", path, json.dumps(body),
                            {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"})
        answer = self._admin.getresponse()
        said = answer.read()
        if answer.status // 100 != 2:
            raise RuntimeError(f"{path} refused: {answer.status} {said!r}")

    def heartbeat(self):
        self.post("/v1/heartbeat", {"revision": 1, "endpointsVersion": 0, "unlogged": []})


class _Pusher:
    """Orders of 100 names each, as the operator pushes them to every pod."""

    def __init__(self, selector):
        self._selector = selector
        self._purged = 0

    def begin(self, form):
        self._operator = _Operator(form.address)

    def purge_100(self):
        names = [f"/purged/{self._purged + i}" for i in range(100)]
        self._operator.post(
            "/v1/purges", {"id": f"storm-{self._selector}-{self._purged}", "request": {self._selector: names}})
        self._purged += 100


class _Appender:
    """100 entries of one tag each in the gateway's stream (docs/purging.md)."""

    _purged = 0

    def begin(self, form):
        self._redis = socket.create_connection(REDIS)
        self._answers = self._redis.makefile("rb")

    def purge_100(self):
        lines = []
        for i in range(100):
            purge = json.dumps({"tags": [f"purged-{self._purged + i}"]})
            words = ["XADD", "wg:{bench}:log", "MAXLEN", "~", "100000", "*", "purge", purge]
            lines.append(f"*{len(words)}\r\n" + "".join(f"${len(word)}\r\n{word}\r\n" for word in words))
        self._redis.sendall("".join(lines).encode())
        for _ in range(100):
            kind = self._answers.readline()
            if not kind.startswith(b"$"):
                raise RuntimeError(f"Redis refused: {kind!r}")
            self._answers.readline()
        self._purged += 100


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


ALL = [coalesced_storm, fleet_storm, purge_storm, token_flood]
