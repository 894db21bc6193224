"""Streams: what a gateway adds until the first token, and five hundred at once in a small heap."""

import re
from dataclasses import dataclass, field
from statistics import median

from aibench import servers
from aibench.cases import portkey_fields
from aibench.orders import Orders
from aibench.peers import LeftOut
from aibench.warm import until_compiled

CROWD = {"streams": 500, "everyMicros": 4000, "tokens": 200}
CROWD_LIMIT_SECONDS = 30
WARM_LIMIT_SECONDS = 10
SECONDS_BETWEEN = 0.01
FIRST_TOKENS = 10
LEAST_STREAMS = 1000
# A gateway that has just started shares its core with the compiler; peers have not the core for so many.
WARM = {"streams": 20_000, "everyMicros": 1000, "tokens": FIRST_TOKENS}
WARM_PEER = {"streams": 2_000, "everyMicros": 5000, "tokens": FIRST_TOKENS, "limit_seconds": 2 * WARM_LIMIT_SECONDS}
MOST_ADDED_MICROS = 1000


@dataclass(frozen=True)
class Streamed:
    """Who is asked for streams: as in an order to StreamLoad."""

    name: str
    where: tuple
    start: object
    prefix: str = ""
    dialect: str = "OPENAI"
    headers: dict = field(default_factory=dict)

    def said(self):
        return {
            "host": self.where[0], "port": self.where[1], "prefix": self.prefix, "dialect": self.dialect,
            "headers": self.headers,
        }


ANTHROPIC = {"anthropic-version": "2023-06-01"}
DIRECT = Streamed("directly", servers.STREAMS, lambda s: s.streams())
WARMGATE = Streamed("warmgate", servers.SMALL_HEAP, lambda s: s.small_heap(), prefix="/streamed")
TRANSLATED = Streamed(
    "warmgate, asked as Anthropic", servers.SMALL_HEAP, lambda s: s.small_heap(), "/streamed", "ANTHROPIC", ANTHROPIC
)
PORTKEY = Streamed("portkey", servers.PORTKEY, lambda s: s.portkey(), headers=portkey_fields(servers.STREAMS))
LITELLM = Streamed("litellm", servers.LITELLM_STREAMS, lambda s: s.litellm_streams())
ALL = [WARMGATE, TRANSLATED, PORTKEY, LITELLM]


class Clients(Orders):
    """StreamLoad, one for all measurements: what it does is compiled once."""

    def __init__(self, started):
        super().__init__(started, "io.warmgate.bench.ai.StreamLoad")

    def run(self, streamed, streams, everyMicros, tokens, limit_seconds=60):
        """What has not ended by the limit is broken off."""
        return self.ask({
            "streams": streams, "everyMicros": everyMicros, "tokens": tokens, "limitSeconds": limit_seconds,
            "servers": [each.said() for each in streamed],
        })


def _present(started, clients):
    """Who gives a whole stream; a peer that does not is left out."""
    for streamed in ALL:
        try:
            process = streamed.start(started)
            heard = clients.run([streamed], 1, 0, FIRST_TOKENS, WARM_LIMIT_SECONDS)["servers"][0]
            if not streamed.name.startswith("warmgate") and heard["whole"] != 1:
                raise LeftOut(f"{streamed.name}, its stream is not whole: {heard['why'][:120]}")
            _whole(streamed, heard, 1)
            yield streamed, process
        except LeftOut as why:
            print(f"left out: {why}", flush=True)


def first_token(started, asked):
    """A stream of ten tokens every hundredth of a second, from the model itself and through a gateway in turns."""
    started.streams()
    rounds = {}
    # The 99th percentile of fewer is one or two of them.
    count = 2 * max(LEAST_STREAMS, int(asked.seconds / SECONDS_BETWEEN))
    every = int(SECONDS_BETWEEN * 1e6 / 2)
    with Clients(started) as clients:
        present = list(_present(started, clients))
        for streamed, process in present:
            rounds[streamed.name] = []
            clients.run([DIRECT, streamed], **(WARM if streamed.name.startswith("warmgate") else WARM_PEER))
            until_compiled(
                streamed.name, process, lambda who=streamed: clients.run([DIRECT, who], count, every, FIRST_TOKENS)
            )
        for _ in range(asked.rounds):
            for streamed, process in present:
                before = process.cpu_micros()
                answer = clients.run([DIRECT, streamed], count, every, FIRST_TOKENS)
                cpu = (process.cpu_micros() - before) * 2 / (count * FIRST_TOKENS)
                direct, through = answer["servers"]
                _whole(DIRECT, direct, count // 2)
                if streamed.name.startswith("warmgate"):
                    _whole(streamed, through, count // 2)
                rounds[streamed.name].append({"direct": direct, "through": through, "cpu": cpu})
    _show_first(rounds)
    return rounds


def _whole(streamed, heard, count):
    if heard["whole"] != count:
        raise RuntimeError(f"{streamed.name}: {heard['whole']} of {count} streams are whole: {heard['why'][:500]}")


def _show_first(rounds):
    print(f"\n## first-token: until the first token, {1 / SECONDS_BETWEEN:.0f} streams a second of {FIRST_TOKENS} tokens, "
          f"{1000 / servers.TOKEN_MILLIS:.0f} tokens a second each")
    print(f"{'':30}{'CPU µs a token':>15}{'p50 µs':>9}{'p99':>9}{'direct p50':>12}{'p99':>9}{'added p50':>11}{'added p99':>11}")
    for name, each in rounds.items():
        print(
            f"{name:30}"
            f"{median(r['cpu'] for r in each):15.1f}"
            f"{median(r['through']['first50'] for r in each):9.0f}"
            f"{median(r['through']['first99'] for r in each):9.0f}"
            f"{median(r['direct']['first50'] for r in each):12.0f}"
            f"{median(r['direct']['first99'] for r in each):9.0f}"
            f"{median(_added(r, 'first50') for r in each):11.0f}"
            f"{median(_added(r, 'first99') for r in each):11.0f}"
        )
    for name, each in rounds.items():
        if name.startswith("warmgate"):
            for what, key in (("p50", "first50"), ("p99", "first99")):
                added = [_added(r, key) for r in each]
                verdict = "met" if median(added) <= MOST_ADDED_MICROS else "MISSED"
                print(f"{name}: {what} of the first token {median(added):.0f} µs later ({min(added):.0f} to {max(added):.0f}), "
                      f"target ≤ {MOST_ADDED_MICROS}: {verdict}")


def _added(measured, key):
    return measured["through"][key] - measured["direct"][key]


def crowd(started, asked):
    """500 streams at once, 20 tokens a second each, for ten seconds; Warmgate in 256 MiB of heap."""
    started.streams()
    found = {}
    with Clients(started) as clients:
        clients.run([DIRECT], 500, 4000, 100)
        found[DIRECT.name] = _crowd(clients, DIRECT, started.streams())
        for streamed, process in _present(started, clients):
            # What is compiled while it is measured has run before, and connections are there.
            clients.run([streamed], 500, 4000, 100, WARM_LIMIT_SECONDS)
            found[streamed.name] = _crowd(clients, streamed, process)
    print(f"\n## crowd: {CROWD['streams']} streams at once, {CROWD['tokens']} tokens each, "
          f"{1000 / servers.TOKEN_MILLIS:.0f} a second")
    print(f"{'':30}{'whole':>7}{'at once':>9}{'CPU µs a token':>16}{'first p50 ms':>14}{'p99':>9}{'between p50':>13}{'p99':>9}"
          f"{'longest':>9}{'RSS MiB':>9}")
    for name, heard in found.items():
        print(
            f"{name:30}{heard['whole']:7}{heard['most']:9}{heard['cpu']:16.1f}{heard['first50'] / 1000:14.2f}"
            f"{heard['first99'] / 1000:9.2f}{heard['gap50'] / 1000:13.1f}{heard['gap99'] / 1000:9.1f}"
            f"{heard['gapMax'] / 1000:9.1f}{heard['rss']:9.0f}"
        )
        if heard["broken"] or heard["whole"] != CROWD["streams"]:
            print(f"  {CROWD['streams'] - heard['whole']} not whole after {CROWD_LIMIT_SECONDS} s, the first: {heard['why'][:120]}")
    print(f"heap of warmgate (-Xmx256m): {_heap(started.folder / 'gc.log')}")
    for name in (WARMGATE.name, TRANSLATED.name):
        _whole(Streamed(name, (), None), found[name], CROWD["streams"])
    return found


def _crowd(clients, streamed, process):
    before = process.cpu_micros()
    answer = clients.run([streamed], **CROWD, limit_seconds=CROWD_LIMIT_SECONDS)
    spent = process.cpu_micros() - before
    heard = answer["servers"][0]
    return heard | {"most": answer["most"], "cpu": spent / max(1, heard["tokens"]), "rss": process.rss_mib()}


def _heap(log):
    """What collections found and left, in MiB."""
    found = [tuple(map(int, each)) for each in re.findall(r"(\d+)M->(\d+)M\((\d+)M\)", log.read_text())]
    if not found:
        return "no collection"
    before, after, size = (max(each[i] for each in found) for i in range(3))
    return f"{len(found)} collections found at most {before} MiB, left at most {after} MiB, of at most {size} MiB"


def _kebab(function):
    return function.__name__.replace("_", "-")


CASES = {_kebab(each): each for each in (first_token, crowd)}
