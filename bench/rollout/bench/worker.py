"""A process of its own, told through a pipe what to do. It ends when it is told, and when this process does."""

import multiprocessing
import os
import signal

PATIENCE_SECONDS = 60


class Worker:
    """Runs `target(orders, *arguments)`, where `orders` is its end of the pipe."""

    def __init__(self, target, *arguments):
        spawn = multiprocessing.get_context("spawn")  # so that it holds no end of another's pipe
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_run, args=(target, theirs, arguments), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, order):
        """Its answer to an order."""
        self._pipe.send(order)
        if not self._pipe.poll(PATIENCE_SECONDS):
            raise RuntimeError(f"process {self._process.pid} does not answer '{order}'")
        return self._pipe.recv()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._pipe.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _run(target, orders, arguments):
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; who began it ends it
    try:
        target(orders, *arguments)
    except EOFError:
        os._exit(0)
