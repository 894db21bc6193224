"""Load by wrk, from the other core."""

import json
import shutil
import subprocess
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path

from bench.process import LOAD_CORE
from bench.programs import HOST, ORIGIN

SCRIPT = Path(__file__).resolve().parent.parent / "lua" / "report.lua"


@dataclass(frozen=True)
class Load:
    """What is asked. `paths` above 1 asks `path`1 to `path`N; a field may be a function that makes it; each
    connection waits `pause` milliseconds after an answer. `body` is a file whose content is posted. `post`: by POST, with
    1 KiB of content, and with an idempotency key: None, of `keys` in turns, or (0) another one each time."""

    path: str
    paths: int = 1
    fields: tuple = ()
    connections: int = 32
    may_fail: bool = False
    pause: int = 0
    post: bool = False
    keys: int | None = None
    body: Path | None = None


@dataclass(frozen=True)
class Measured:
    """One run against one program; latencies in microseconds."""

    requests: int
    seconds: float
    cpu_micros: float
    p50: int
    p99: int
    p999: int
    rss_mib: float
    origin_requests: int


def run(load, address, port, seconds):
    command = [
        "taskset", "-c", LOAD_CORE, shutil.which("wrk"), "-t", "1", "-c", str(load.connections),
        "-d", f"{seconds}s", "-s", str(SCRIPT), "-H", f"Host: {HOST}",
    ]
    for field in load.fields:
        command += ["-H", field() if callable(field) else field]
    content = str(load.body) if load.body else "1KiB" if load.post else ""
    command += [f"http://{address}:{port}{load.path}", "--", str(load.paths), str(load.pause), content]
    if load.post:
        command += {None: [], 0: [uuid.uuid4().hex, "0"]}.get(load.keys, ["again", str(load.keys)])
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    report = json.loads(text.rpartition("REPORT ")[2])
    if not load.may_fail and (report["broken"] or report["bad"]):
        raise RuntimeError(f"{address}:{port}{load.path} answered badly: {report}")
    return report


def warm(load, address, port, requests):
    """By count, not by time: on a busy machine a compiler's thread gets as little as everybody."""
    while requests > 0:
        requests -= run(load, address, port, 2)["requests"]


def measure(load, process, address, port, seconds, origin=ORIGIN):
    return measured(process, origin, lambda: run(load, address, port, seconds))


def measured(process, origin, run):
    """What `run` reports, and what it cost the process and the origin."""
    asked = origin_requests(origin)
    before = process.cpu_micros()
    report = run()
    spent = process.cpu_micros() - before
    return Measured(
        requests=report["requests"],
        seconds=report["micros"] / 1e6,
        cpu_micros=spent / report["requests"],
        p50=report["p50"],
        p99=report["p99"],
        p999=report["p999"],
        rss_mib=process.rss_mib(),
        origin_requests=origin_requests(origin) - asked - 1,
    )


def origin_requests(origin=ORIGIN):
    """How many the origin has answered, this question included."""
    with urllib.request.urlopen(f"http://{origin[0]}:{origin[1]}/requests") as answer:
        return int(answer.read().decode().splitlines()[2].split()[2])
