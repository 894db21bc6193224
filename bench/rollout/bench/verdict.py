"""What a run comes to: pure functions of what was recorded."""

import bisect
from dataclasses import dataclass

from bench.load import NOBODY
from bench.origin import RELEASES

PEAK_SECONDS = 5
MINUTE = 60
OLD, NEW = range(len(RELEASES))
_NEVER = float("inf")


@dataclass(frozen=True)
class Verdict:
    """Times are in seconds, rates a second, ratios 0 to 1; None: there was nothing to measure it by."""

    requests: int
    failed: int
    wrong: int  # answers of a release that might not answer
    first_wrong: str
    shifting: int  # of the old release to who asked after the status said 100 %, while it still said Shifting
    disagreement_ms: float | None  # from the first answer of the new release to the last one of the old
    proven_ms: float | None  # the same, to the last *request* that the old one answered out of the cache
    steady_origin: float  # requests a second, mean
    origin_peak: float  # highest 5-second mean, from the change on, both origins
    origin_limit: float  # 1.2 times steady and what warming may cost
    hits_before: float
    hits_after: float | None  # of the first minute after the first answer of the new release; of new pods, after the status said 100 %
    p99_before_ms: float
    p99_after_ms: float | None
    oldest_age: int  # of an answer out of the cache
    late_p99_ms: float  # by how much the load was behind its own plan

    @property
    def hits_kept(self):
        return self.hits_after / self.hits_before if self.hits_after is not None and self.hits_before else None


def of(run, max_origin_rps):
    journal, marks = run.journal, run.marks
    wrong = _wrong(run)
    begun = marks.change or marks.end
    steady = _rate(run.asked, marks.steady, begun)
    pods = run.scenario.subject == "pods"  # all of them answer with the same release
    switch = marks.all if pods else min((done for done, maker in zip(journal.done, journal.maker) if maker == NEW), default=None)
    return Verdict(
        requests=len(journal.due),
        failed=sum(maker == NOBODY for maker in journal.maker),
        wrong=len(wrong),
        first_wrong=_words(run, min(wrong, key=lambda i: journal.done[i])) if wrong else "",
        shifting=0 if pods else _while_shifting(journal, marks),
        disagreement_ms=None if pods else _last(run, journal.done, lambda i: True, switch),
        proven_ms=None if pods else _last(run, journal.sent, lambda i: journal.hit[i], switch),
        steady_origin=steady,
        origin_peak=peak([at for times in run.asked.values() for at in times if begun <= at <= marks.end]),
        origin_limit=1.2 * steady + max_origin_rps,
        hits_before=hits(journal, marks.steady, begun),
        hits_after=None if switch is None else hits(journal, switch, switch + MINUTE),
        p99_before_ms=p99(latencies(journal, marks.steady, begun)),
        p99_after_ms=None if switch is None else p99(latencies(journal, switch, switch + MINUTE)),
        oldest_age=max((age for age, hit in zip(journal.age, journal.hit) if hit), default=0),
        late_p99_ms=p99([(sent - due) * 1000 for sent, due in zip(journal.sent, journal.due)]),
    )


def _wrong(run):
    """Which answers cannot be. An answer was made after it was asked for, and before it came."""
    journal = run.journal
    if run.scenario.subject == "pods":
        return [i for i, maker in enumerate(journal.maker) if maker == NEW]
    order, over, back, gone = (_NEVER if at is None else at for at in (run.marks.order, run.marks.all, run.marks.back, run.marks.gone))
    return [
        i
        for i, maker in enumerate(journal.maker)
        if (maker == NEW and (journal.done[i] < order or journal.sent[i] > gone))
        or (maker == OLD and journal.sent[i] > over and journal.done[i] < back)
    ]


def _while_shifting(journal, marks):
    told, over = (_NEVER if at is None else at for at in (marks.told, marks.all))
    return sum(maker == OLD and told < sent <= over for maker, sent in zip(journal.maker, journal.sent))


def _words(run, i):
    journal, marks = run.journal, run.marks
    maker = journal.maker[i]
    early = maker == NEW and (marks.order is None or journal.done[i] < marks.order)
    if early and marks.order is None:
        when = "though nobody ordered it"
    elif early:
        when = f"{(marks.order - journal.done[i]) * 1000:.0f} ms before it was ordered"
    else:
        since = marks.all if maker == OLD else marks.gone
        when = f"asked {(journal.sent[i] - since) * 1000:.0f} ms after the status said that it has no traffic"
    out_of = f"out of the cache, Age {journal.age[i]}" if journal.hit[i] else "by its origin"
    return f"key {journal.key[i]} by release {RELEASES[maker]} (its answer {journal.number[i]}, {out_of}), {when}"


def _last(run, times, counts, switch):
    """Milliseconds from the switch to the last of the old release's; 0: none came after it."""
    if switch is None or run.marks.back:
        return None
    journal = run.journal
    last = max((times[i] for i, maker in enumerate(journal.maker) if maker == OLD and counts(i)), default=switch)
    return max(0.0, (last - switch) * 1000)


def _rate(asked, begin, end):
    return sum(begin <= at < end for times in asked.values() for at in times) / (end - begin)


def peak(times):
    """The most in any five seconds, a second."""
    times = sorted(times)
    most = max((bisect.bisect_left(times, at + PEAK_SECONDS) - i for i, at in enumerate(times)), default=0)
    return most / PEAK_SECONDS


def hits(journal, begin, end):
    """Of the answers to what was due then."""
    among = [hit for due, hit, maker in zip(journal.due, journal.hit, journal.maker) if begin <= due < end and maker != NOBODY]
    return sum(among) / len(among) if among else 0.0


def latencies(journal, begin, end):
    """Of what was due then, in milliseconds from when it was due."""
    return [(done - due) * 1000 for due, done in zip(journal.due, journal.done) if begin <= due < end]


def p99(values):
    """By nearest rank; 0 of none."""
    values = sorted(values)
    return values[-(-99 * len(values) // 100) - 1] if values else 0.0
