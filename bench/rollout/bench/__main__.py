"""A release under load: warm, and the usual way."""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from bench import keys, report, scenario, verdict
from bench.cluster import Cluster

SCENARIOS = {each.name: each for each in (scenario.WARM, scenario.COLD, scenario.PODS)}
TARGET = Path(__file__).resolve().parent.parent / "target"
RAMP_OF_TTL = 1.5
"""An entry lives for at most so many times the TTL: after that the hit ratio is steady."""


def arguments():
    parser = argparse.ArgumentParser(
        prog="bench/rollout/run", description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("scenario", nargs="*", metavar="scenario", help="warm, cold, pods", default=["warm", "cold"])
    parser.add_argument("--rate", type=int, default=500, help="requests a second")
    parser.add_argument("--keys", type=int, default=2_000, help="asked for as Zipf has it")
    parser.add_argument("--new", type=float, default=0, help="percent of the requests that nobody made before")
    parser.add_argument("--hits", type=float, default=95, help="percent of hits that the TTL is chosen for")
    parser.add_argument("--ttl", type=int, default=0, help="seconds that answers are kept, on the whole; 0: for --hits")
    parser.add_argument("--latency", type=int, default=25, help="milliseconds that an origin takes")
    parser.add_argument("--body", type=int, default=1024, help="bytes of an answer")
    parser.add_argument("--connections", type=int, default=32, help="that the load keeps")
    parser.add_argument("--max-origin-rps", type=int, default=50, help="of rollout.warmup")
    parser.add_argument("--min-coverage", type=int, default=95, help="of rollout.warmup")
    parser.add_argument("--warming", type=int, default=300, help="seconds that warming may take")
    parser.add_argument("--ramp", type=int, default=0, help="seconds of load before anything counts; 0: until the hit ratio is steady")
    parser.add_argument("--before", type=int, default=60, help="seconds that are measured before the release")
    parser.add_argument("--hold", type=int, default=15, help="seconds that the warm release waits for its promotion")
    parser.add_argument("--after", type=int, default=75, help="seconds that are measured after the switch")
    parser.add_argument("--seed", type=int, default=1, help="of what is asked")
    parser.add_argument("--out", type=Path, default=TARGET, help="folder for rollout.json and rollout.svg")
    parser.add_argument("--state", type=Path, help="state folder of the cluster; it is kept, with its logs")
    asked = parser.parse_args()
    for name in asked.scenario:
        if name not in SCENARIOS:
            parser.error(f"no scenario {name}; there are {', '.join(SCENARIOS)}")
    if not 1 <= asked.rate <= 2_000:
        parser.error("--rate is 1 to 2000: what this load can ask and check")
    return asked


def plan_of(asked):
    zipf = keys.Zipf(asked.keys)
    ttl = asked.ttl or keys.ttl_for(asked.hits / 100, zipf, "/warm", asked.rate)
    return scenario.Plan(
        rate=asked.rate,
        keys=asked.keys,
        new_percent=asked.new,
        connections=asked.connections,
        seed=asked.seed,
        ttl=ttl,
        latency_millis=asked.latency,
        body_bytes=asked.body,
        max_origin_rps=asked.max_origin_rps,
        min_coverage=asked.min_coverage,
        warming=asked.warming,
        ramp=asked.ramp or round(RAMP_OF_TTL * ttl),
        before=asked.before,
        hold=asked.hold,
        after=asked.after,
    )


def main():
    asked = arguments()
    plan = plan_of(asked)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="warmgate-rollout-") as folder:
        state = (asked.state or Path(folder)).absolute()
        runs = []
        with Cluster(os.environ["WARMGATE"], state) as cluster:
            for name in asked.scenario:
                print(f"{name}: {plan.rate} requests/s, {plan.keys} keys, answers are kept for {plan.ttl} s on the whole …", flush=True)
                runs.append(scenario.run(SCENARIOS[name], plan, cluster))
    verdicts = [verdict.of(run, plan.max_origin_rps) for run in runs]
    report.show(runs, verdicts)
    report.write(asked.out, plan, runs, verdicts)
    print(f"\n{asked.out / 'rollout.json'}\n{asked.out / 'rollout.svg'}")
    return 1 if any(report.broken(run, each) for run, each in zip(runs, verdicts)) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
