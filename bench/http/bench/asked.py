"""What the command line asks of a benchmark."""

import argparse
from pathlib import Path

JVM_OPTIONS = Path(__file__).resolve().parents[3] / "gateway-runtime" / "server" / "jvm.options"


def read(prog, doc, named, rounds, more=lambda parser: None):
    """The cases to measure by name, and how; None where their names were all that was asked for. `more` adds options."""
    parser = argparse.ArgumentParser(prog=prog, description=doc)
    parser.add_argument("case", nargs="*", metavar="case", help=", ".join(named))
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
    parser.add_argument("--json", type=Path, help="where to write every round's figures")
    parser.add_argument("--jvm", default="", help="options in place of the runtime's own, separated by spaces")
    parser.add_argument("--list", action="store_true")
    more(parser)
    asked = parser.parse_args()
    if asked.list:
        print("\n".join(named))
        return None
    for name in asked.case:
        if name not in named:
            parser.error(f"no case {name}; there are {', '.join(named)}")
    asked.jvm = asked.jvm.split() or JVM_OPTIONS.read_text().split()
    return asked
