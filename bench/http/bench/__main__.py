"""bench/http/run [case…] [--rounds N] [--seconds N] [--warm N]"""

import argparse
import dataclasses
import json
import os
import tempfile
from pathlib import Path

from bench import load, outages, report, soak, storms
from bench.cases import CASES
from bench.programs import Programs

JVM_OPTIONS = Path(__file__).resolve().parents[3] / "gateway-runtime" / "server" / "jvm.options"


def main():
    named = {case.name: case for case in CASES} | {
        each.__name__.replace("_", "-"): each for each in [*storms.ALL, *outages.ALL, *soak.ALL]
    }
    parser = argparse.ArgumentParser(prog="bench/http/run", description=__doc__)
    parser.add_argument("case", nargs="*", metavar="case", help=", ".join(named))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
    parser.add_argument("--warm", type=int, default=300_000, help="requests to each program before the first round")
    parser.add_argument("--json", type=Path, help="where to write every round's figures")
    parser.add_argument("--jvm", default="", help="options in place of the runtime's own, separated by spaces")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    if asked.list:
        print("\n".join(named))
        return
    for name in asked.case:
        if name not in named:
            parser.error(f"no case {name}; there are {', '.join(named)}")
    options = asked.jvm.split() or JVM_OPTIONS.read_text().split()
    print(report.machine())
    results = {}
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="warmgate-bench-") as folder:
        os.chmod(folder, 0o755)
        with Programs(folder, os.environ["WARMGATE_JAVA"], options) as programs:
            for name in asked.case or [name for name in named if name != "soak"]:
                case = named[name]
                if callable(case):
                    case(programs, asked.rounds)
                else:
                    results[name] = run(case, programs, asked)
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1))


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
