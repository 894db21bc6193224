"""Measures plain questions: as fast as one core answers (wrk), then at half of that (PlainLoad)."""

import dataclasses
import urllib.request
from dataclasses import dataclass
from statistics import median

from bench import load
from bench.load import Load, Measured
from bench.programs import HOST

from aibench import questions, servers
from aibench.orders import Orders
from aibench.peers import LeftOut
from aibench.warm import until_compiled

CONNECTIONS = 32
CALM_CONNECTIONS = 64
CALM_WARM_SECONDS = 10
CALM_WARM_RATE = 8_000


@dataclass(frozen=True)
class Round:
    """`calm` is at about half of what `full` was; `floor` is nginx in Warmgate's place at that rate, and `direct`
    the model itself, where it is taken off."""

    full: Measured
    calm: Measured
    floor: Measured | None
    direct: Measured | None

    def added(self, latency):
        return self._added(self.calm, latency)

    def floor_added(self, latency):
        return self._added(self.floor, latency)

    def _added(self, measured, latency):
        return latency(measured) - (latency(self.direct) if self.direct else 0)


class Clients(Orders):
    """PlainLoad: it asks at a rate, at any microsecond; wrk waits for whole milliseconds, and then asks in bursts."""

    def __init__(self, started):
        super().__init__(started, "io.warmgate.bench.ai.PlainLoad")

    def run(self, contender, rate, seconds):
        answer = self.ask({
            "host": contender.where[0], "port": contender.where[1], "path": contender.path,
            "headers": {"Host": HOST, **contender.fields}, "body": questions.bytes_of(contender.question).decode(),
            "rate": rate, "seconds": seconds, "connections": CALM_CONNECTIONS,
        })
        if answer["bad"]:
            raise RuntimeError(f"{contender.name} answered badly: {answer}")
        return answer


def run(case, started, asked):
    """Every contender is warmed, then measured in turns. Returns the rounds of each by name."""
    present = []
    for contender in case.contenders:
        try:
            present.append((contender, contender.start(started)))
        except LeftOut as why:
            print(f"left out: {why}", flush=True)
    started.plain()
    case.floor.start(started)
    _check(case.floor)
    for contender, _ in present:
        _check(contender)
        load.run(_load(contender, started), *contender.where, contender.warm_seconds)
    rounds = {contender.name: [] for contender, _ in present}
    with Clients(started) as clients:
        clients.run(present[0][0], CALM_WARM_RATE, CALM_WARM_SECONDS)
        for contender, process in present:
            until_compiled(
                contender.name, process, lambda who=contender: clients.run(who, CALM_WARM_RATE, CALM_WARM_SECONDS)
            )
        for _ in range(asked.rounds):
            for contender, process in list(present):
                try:
                    rounds[contender.name].append(_round(case, contender, process, started, clients, asked.seconds))
                except RuntimeError as failure:
                    if contender.name.startswith("warmgate"):
                        raise
                    print(f"left out: {failure}", flush=True)
                    present.remove((contender, process))
                    del rounds[contender.name]
    _show(case, rounds)
    return {name: [dataclasses.asdict(each) for each in measured] for name, measured in rounds.items()}


def _round(case, contender, process, started, clients, seconds):
    full = _measure(case, contender, process, lambda: load.run(_load(contender, started), *contender.where, seconds))
    rate = full.requests / full.seconds / 2
    calm = _measure(case, contender, process, lambda: clients.run(contender, rate, seconds))
    floor = None
    if contender.name.startswith("warmgate"):
        floor = _measure(case, case.floor, case.floor.start(started), lambda: clients.run(case.floor, rate, seconds))
    direct = None
    if case.added_to:
        direct = load.measured(
            started.plain(), servers.PLAIN, lambda: clients.run(case.added_to, rate, seconds)
        )
    return Round(full, calm, floor, direct)


def _measure(case, contender, process, run):
    measured = load.measured(process, servers.PLAIN, run)
    asked_model = measured.origin_requests * 100 > measured.requests
    if case.from_cache and asked_model:
        raise RuntimeError(f"{case.name}: {contender.name} asked the model, these are no hits: {measured}")
    if not case.from_cache and measured.origin_requests * 100 < measured.requests * 99:
        raise RuntimeError(f"{case.name}: {contender.name} did not ask the model: {measured}")
    return measured


def _load(contender, started):
    body = started.folder / f"{contender.name.replace(' ', '-')}{contender.path.replace('/', '-')}.json"
    if not body.exists():
        body.write_bytes(questions.bytes_of(contender.question))
    return Load(
        contender.path,
        fields=tuple(f"{name}: {value}" for name, value in contender.fields.items()),
        connections=CONNECTIONS,
        body=body,
    )


def _check(contender):
    """That the answer is the one that the model gave."""
    request = urllib.request.Request(
        f"http://{contender.where[0]}:{contender.where[1]}{contender.path}",
        data=questions.bytes_of(contender.question),
        headers={"Host": HOST, "Content-Type": "application/json", **contender.fields},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = contender.text_of(answer.read().decode())
    if text != questions.ANSWER:
        raise RuntimeError(f"{contender.name} answers with {text!r}")


def _show(case, rounds):
    print(f"\n## {case.name}: {case.what}")
    print(f"{'':30}{'requests/s':>11}{'CPU µs':>9}{'p50 µs':>9}{'p99':>9}{'RSS MiB':>9}"
          f"{'half load/s':>13}{'p50 µs':>9}{'p99':>9}" + (f"{'added p50':>11}{'added p99':>11}" if case.added_to else ""))
    for name, each in rounds.items():
        line = (
            f"{name:30}"
            f"{median(r.full.requests / r.full.seconds for r in each):11.0f}"
            f"{median(r.full.cpu_micros for r in each):9.1f}"
            f"{median(r.full.p50 for r in each):9.0f}"
            f"{median(r.full.p99 for r in each):9.0f}"
            f"{max(r.full.rss_mib for r in each):9.0f}"
            f"{median(r.calm.requests / r.calm.seconds for r in each):13.0f}"
            f"{median(r.calm.p50 for r in each):9.0f}"
            f"{median(r.calm.p99 for r in each):9.0f}"
        )
        if case.added_to:
            line += f"{median(r.added(_p50) for r in each):11.0f}{median(r.added(_p99) for r in each):11.0f}"
        print(line)
    for name, each in rounds.items():
        p99 = [r.added(_p99) for r in each]
        if name.startswith("warmgate"):
            verdict = "met" if median(p99) <= case.most_p99_micros else "MISSED"
            what = "added at half load" if case.added_to else "at half load"
            floor = [r.floor_added(_p99) for r in each]
            print(f"{name}: p99 {what} {median(p99):.0f} µs ({min(p99):.0f} to {max(p99):.0f}), "
                  f"target ≤ {case.most_p99_micros}: {verdict}; nginx in its place {median(floor):.0f} ({min(floor):.0f} to {max(floor):.0f})")
        else:
            ratios = sorted(
                ours.full.cpu_micros / theirs.full.cpu_micros for ours, theirs in zip(rounds["warmgate"], each)
            )
            print(f"warmgate / {name}, CPU a request: {median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})")
    if case.note:
        print(case.note)


def _p50(measured):
    return measured.p50


def _p99(measured):
    return measured.p99
