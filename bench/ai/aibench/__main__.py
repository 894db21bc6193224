"""bench/ai/run [case…] [--rounds N] [--seconds N]"""

import argparse
import json
import os
import tempfile
from pathlib import Path

from bench import report

from aibench import cases, plain, streams
from aibench.servers import HERE, Servers

JVM_OPTIONS = HERE.parents[1] / "gateway-runtime" / "server" / "jvm.options"


def main():
    named = {case.name: case for case in cases.CASES} | streams.CASES
    parser = argparse.ArgumentParser(prog="bench/ai/run", description=__doc__)
    parser.add_argument("case", nargs="*", metavar="case", help=", ".join(named))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
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
        for name in asked.case or named:
            # Each case has the machine for itself: what another one asked about idles no more.
            place = Path(folder) / name
            place.mkdir()
            with Servers(place, os.environ["WARMGATE_JAVA"], options) as started:
                case = named[name]
                results[name] = case(started, asked) if callable(case) else plain.run(case, started, asked)
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1))


main()
