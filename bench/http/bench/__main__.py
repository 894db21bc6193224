"""bench/http/run [case…] [--rounds N] [--seconds N] [--warm N]"""

import dataclasses
import json
import os
import tempfile

from bench import load, outages, report, soak, storms
from bench.asked import read
from bench.cases import CASES
from bench.programs import Programs


def main():
    named = {case.name: case for case in CASES} | {
        each.__name__.replace("_", "-"): each for each in [*storms.ALL, *outages.ALL, *soak.ALL]
    }
    asked = read("bench/http/run", __doc__, named, 5, options)
    if asked is None:
        return
    print(report.machine())
    results = {}
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="warmgate-bench-") as folder:
        os.chmod(folder, 0o755)
        with Programs(folder, os.environ["WARMGATE_JAVA"], asked.jvm) as programs:
            for name in asked.case or [name for name in named if name != "soak"]:
                case = named[name]
                if callable(case):
                    case(programs, asked.rounds)
                else:
                    results[name] = run(case, programs, asked)
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1))


def options(parser):
    parser.add_argument("--warm", type=int, default=300_000, help="requests to each program before the first round")


def run(case, programs, asked):
    """Every contender is warmed, then measured in turns."""
    processes = [contender.start(programs) for contender in case.contenders]
    for contender in case.contenders:
        load.warm(contender.load or case.load, contender.address, contender.port, asked.warm)
    rounds = []
    for _ in range(asked.rounds):
        rounds.append([
            load.measure(contender.load or case.load, process, contender.address, contender.port, asked.seconds)
            for contender, process in zip(case.contenders, processes)
        ])
        if case.from_cache:
            for contender, measured in zip(case.contenders, rounds[-1]):
                if measured.origin_requests * 100 > measured.requests:
                    raise RuntimeError(f"{case.name}: {contender.name} asked the origin, these are no hits: {measured}")
    report.show(case, rounds)
    return [[dataclasses.asdict(measured) for measured in each] for each in rounds]


main()
