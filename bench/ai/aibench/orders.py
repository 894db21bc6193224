"""A program of this module that takes orders: a line of JSON each, and a line of JSON for what came of it."""

import json
import subprocess

from bench.process import LOAD_CORE


MOST_BUSY = 0.5


class Orders:
    """Runs on the load's core until `with` ends."""

    def __init__(self, started, main):
        command = ["taskset", "-c", LOAD_CORE, *map(str, started.java(main))]
        self._main = main
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(10)

    def ask(self, order):
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self._main} has ended")
        answer = json.loads(answer)
        if answer["collections"]:
            raise RuntimeError(f"{self._main} itself stood still {answer['collections']} times, to collect: it needs a larger heap")
        if answer["busy"] > MOST_BUSY:
            print(f"{self._main} had its core for {answer['busy']:.0%} of the time: what waited for it counts too", flush=True)
        return answer
