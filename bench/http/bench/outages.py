"""What a failing Redis costs clients and the origin, and what an origin sees when the cache is emptied at peak."""

import http.client
import json
import signal
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor

from bench import gateway, load
from bench.load import Load
from bench.programs import REDIS
from bench.slow_origin import SlowOrigin

SECONDS = 30


def redis_faults(programs, rounds):
    """10,000 keys out of Redis (L1 holds a part) while it is held for 30 s, killed, empty, full."""
    form = gateway.SMALL
    programs.warmgate(form)
    keys = Load("/k/", paths=10_000, may_fail=True)
    load.warm(keys, form.address, 8080, 200_000)
    print(f"\n## redis-faults: {redis_faults.__doc__}")
    print(f"{'':32}{'requests':>10}{'failed':>8}{'p50 ms':>9}{'p99':>9}{'p99.9':>9}{'to origin/s':>13}")

    def phase(what, seconds=SECONDS):
        asked = load.origin_requests()
        said = load.run(keys, form.address, 8080, seconds)
        origin = load.origin_requests() - asked - 1
        millis = [said[each] / 1000 for each in ("p50", "p99", "p999")]
        print(
            f"{what:32}{said['requests']:10}{said['bad'] + said['broken']:8}"
            + "".join(f"{each:9.2f}" for each in millis)
            + f"{origin / seconds:13.1f}"
        )

    phase("Redis well", 10)
    redis = programs.redis()
    redis.signal(signal.SIGSTOP)
    phase("held (SIGSTOP)")
    redis.signal(signal.SIGCONT)
    phase("let go", 10)
    programs.end_redis()
    phase("killed")
    programs.redis()
    phase("restarted empty", 10)
    _redis("CONFIG SET maxmemory 3mb maxmemory-policy volatile-lru")
    phase("full, evicting (3 MB)", 10)
    _redis("CONFIG SET maxmemory 3mb maxmemory-policy noeviction")
    phase("full, refusing writes", 10)
    programs.end_redis()
    programs.redis()


def emptied_at_peak(programs, rounds):
    """1,000 hot keys, origin 50 ms and at most 8 at once: everything purged under load, soft and then hard."""
    form = gateway.LIMITED
    programs.warmgate(form)
    print(f"\n## emptied-at-peak: {emptied_at_peak.__doc__}")
    print(f"{'':32}{'requests':>10}{'not 2xx':>9}{'broken':>8}{'p99 ms':>9}{'to origin':>11}{'most at once':>14}")
    hot = Load("/slow/", paths=1_000, may_fail=True)
    with SlowOrigin(50) as origin:
        while load.run(hot, form.address, 8080, 2)["bad"]:
            pass
        for what, soft in (("steady", None), ("all purged, soft", True), ("all purged, hard", False)):
            origin.answered = origin.most_at_once = 0
            with ThreadPoolExecutor(1) as beside:
                purged = beside.submit(purge_in_a_second, form.address, soft) if soft is not None else None
                said = load.run(hot, form.address, 8080, 10)
                if purged:
                    purged.result()
            print(
                f"{what:32}{said['requests']:10}{said['bad']:9}{said['broken']:8}"
                f"{said['p99'] / 1000:9.2f}{origin.answered:11}{origin.most_at_once:14}"
            )


def purge_in_a_second(address, soft):
    time.sleep(1)
    purge_all(address, soft)


def purge_all(address, soft):
    tls = ssl.create_default_context()
    tls.check_hostname = False
    tls.verify_mode = ssl.CERT_NONE
    admin = http.client.HTTPSConnection(address, 9443, context=tls, timeout=10)
    order = {"id": f"all-{time.monotonic()}", "request": {"all": True, "mode": "Soft" if soft else "Hard"}}
    admin.request("POST", "/v1/log", json.dumps(order),
                  {"Authorization": f"Bearer {gateway.TOKEN}", "Content-Type": "application/json"})
    answer = admin.getresponse()
    if answer.status // 100 != 2:
        raise RuntimeError(f"purge refused: {answer.status} {answer.read()!r}")


def _redis(command):
    with socket.create_connection(REDIS, timeout=5) as redis:
        redis.sendall(command.encode() + b"\r\n")
        said = redis.recv(1000)
        if not said.startswith(b"+OK"):
            raise RuntimeError(f"Redis does not take {command}: {said!r}")


ALL = [redis_faults, emptied_at_peak]
