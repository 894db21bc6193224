"""What was measured, as a table, a JSON file and a plot."""

import dataclasses
import json

from bench import plot, timeline

KEPT = 0.95
"""Of the hit ratio before, in the first minute."""


def rows(verdict):
    """Name, value and, where there is one, what it is held against."""
    return [
        ("requests", f"{verdict.requests}", ""),
        ("failed", f"{verdict.failed}", "0"),
        ("of a release that might not answer", f"{verdict.wrong}", "0"),
        ("  old, asked while Shifting said 100 %", f"{verdict.shifting}", ""),
        ("pods disagree: first new to last old answer", _ms(verdict.disagreement_ms), ""),
        ("  the same, proven: to the last request", _ms(verdict.proven_ms), "≤ 250 ms"),
        ("origins before, a second", f"{verdict.steady_origin:.1f}", ""),
        ("origins' peak, highest 5-second mean", f"{verdict.origin_peak:.1f}", f"≤ {verdict.origin_limit:.1f}"),
        ("hit ratio before", f"{verdict.hits_before:.3f}", ""),
        ("hit ratio in the first minute", _ratio(verdict.hits_after), ""),
        ("  of that before", _ratio(verdict.hits_kept), f"≥ {KEPT}"),
        ("p99 before", _ms(verdict.p99_before_ms), ""),
        ("p99 in the first minute", _ms(verdict.p99_after_ms), ""),
        ("oldest answer out of the cache", f"{verdict.oldest_age} s", ""),
        ("load behind its own plan, p99", _ms(verdict.late_p99_ms), ""),
    ]


def broken(run, verdict):
    """Which promises the run broke, in words."""
    out = [f"the release was left: {run.left}"] if run.left else []
    if verdict.failed:
        out.append(f"{verdict.failed} requests failed, the first: {run.journal.failures[0]}")
    if verdict.wrong:
        out.append(f"{verdict.wrong} answers are of a release that might not answer, the first: {verdict.first_wrong}")
    if not run.scenario.warmed:
        return out
    if verdict.proven_ms is not None and verdict.proven_ms > 250:
        out.append("pods disagreed for too long")
    if verdict.origin_peak > verdict.origin_limit:
        out.append("the origins were asked too much")
    if verdict.hits_kept is not None and verdict.hits_kept < KEPT:
        out.append("the new release was too cold")
    return out


def show(runs, verdicts):
    tables = [rows(verdict) for verdict in verdicts]
    print(f"\n{'':46}{'held against':>14}" + "".join(f"{run.scenario.label:>16}" for run in runs))
    for each in zip(*tables):
        against = next((row[2] for run, row in zip(runs, each) if run.scenario.warmed), each[0][2])
        print(f"{each[0][0]:46}{against:>14}" + "".join(f"{row[1]:>16}" for row in each))
    for run, verdict in zip(runs, verdicts):
        for line in broken(run, verdict):
            print(f"{run.scenario.label}: {line}")


def write(folder, plan, runs, verdicts):
    """`rollout.json` and `rollout.svg`."""
    folder.mkdir(parents=True, exist_ok=True)
    timelines = [timeline.of(run) for run in runs]
    text = json.dumps(
        {
            "plan": dataclasses.asdict(plan),
            "runs": [
                {
                    "strategy": run.scenario.strategy,
                    "subject": run.scenario.subject,
                    "left": run.left,
                    "figures": dataclasses.asdict(verdict),
                    "failures": run.journal.failures,
                    "phases": _phases(run),
                    "seconds": [dataclasses.asdict(second) for second in seconds],
                }
                for run, verdict, seconds in zip(runs, verdicts, timelines)
            ],
        },
        indent=1,
    )
    (folder / "rollout.json").write_text(text)
    title = f"A release under {plan.rate} requests a second, {plan.keys} keys, two pods"
    columns = [(run.scenario.title, seconds, verdict.origin_limit) for run, verdict, seconds in zip(runs, verdicts, timelines)]
    (folder / "rollout.svg").write_text(plot.svg(title, columns))


def _phases(run):
    """Each status that said something new about the phase or the share, and when it came: seconds from the order."""
    zero = run.marks.order or run.marks.change
    out = []
    for seen in run.seen:
        now = {"phase": seen.phase, "percent": seen.percent, "said": seen.said}
        if not out or {key: out[-1][key] for key in now} != now:
            out.append({"at": round(seen.at - zero, 3), **now, "warmup": seen.warmup})
    return out


def _ms(value):
    return "-" if value is None else f"{value:.1f} ms"


def _ratio(value):
    return "-" if value is None else f"{value:.3f}"
