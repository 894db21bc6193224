"""bench/ai/run [case…] [--rounds N] [--seconds N]"""

import json
import os
import tempfile
from pathlib import Path

from bench import report
from bench.asked import read

from aibench import cases, plain, streams
from aibench.servers import Servers


def main():
    named = {case.name: case for case in cases.CASES} | streams.CASES
    asked = read("bench/ai/run", __doc__, named, 3)
    if asked is None:
        return
    print(report.machine())
    results = {}
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="warmgate-bench-") as folder:
        os.chmod(folder, 0o755)
        for name in asked.case or named:
            # Each case has the machine for itself: what another one asked about idles no more.
            place = Path(folder) / name
            place.mkdir()
            with Servers(place, os.environ["WARMGATE_JAVA"], asked.jvm) as started:
                case = named[name]
                results[name] = case(started, asked) if callable(case) else plain.run(case, started, asked)
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1))


main()
