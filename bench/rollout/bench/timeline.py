"""What happened in each second. Second 0 is when the new release was to get traffic."""

import math
from dataclasses import dataclass

from bench.load import NOBODY
from bench.origin import RELEASES
from bench.verdict import NEW, p99


@dataclass(frozen=True)
class Second:
    second: int
    requests: int
    failed: int
    origin: dict  # of each release: requests
    hit_percent: float | None
    p99_ms: float | None
    new_percent: float | None  # of the answers: those of the new release
    percent: int  # what the status says
    phase: str
    coverage: int | None


def of(run):
    """From the steady time on to the end."""
    journal, marks = run.journal, run.marks
    zero = marks.order or marks.change
    first, last = math.floor(marks.steady - zero), math.floor(marks.end - zero)

    def seconds():
        return [[] for _ in range(first, last + 1)]

    answers = seconds()
    for i, due in enumerate(journal.due):
        second = math.floor(due - zero)
        if first <= second <= last:
            answers[second - first].append(i)
    origin = {release: [0] * len(answers) for release in RELEASES}
    for release, times in run.asked.items():
        for at in times:
            second = math.floor(at - zero)
            if first <= second <= last:
                origin[release][second - first] += 1
    return [
        _second(journal, run.seen, zero, first + n, among, {release: counts[n] for release, counts in origin.items()})
        for n, among in enumerate(answers)
    ]


def _second(journal, seen, zero, second, among, origin):
    answered = [i for i in among if journal.maker[i] != NOBODY]
    status = [each for each in seen if each.at < zero + second + 1][-1:]
    return Second(
        second=second,
        requests=len(among),
        failed=len(among) - len(answered),
        origin=origin,
        hit_percent=100 * sum(journal.hit[i] for i in answered) / len(answered) if answered else None,
        p99_ms=p99([(journal.done[i] - journal.due[i]) * 1000 for i in among]) if among else None,
        new_percent=100 * sum(journal.maker[i] == NEW for i in answered) / len(answered) if answered else None,
        percent=status[0].percent if status else 0,
        phase=status[0].phase if status else "",
        coverage=status[0].coverage if status else None,
    )
