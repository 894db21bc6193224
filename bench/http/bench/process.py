"""A server as a process of its own, pinned to a core; its CPU time and memory as the kernel counts them."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
SERVER_CORE = "0"
LOAD_CORE = "1"


class Process:
    """Runs until `stop`. What it starts itself (workers) counts as it."""

    def __init__(self, name, command, core, folder, env=None):
        self.name = name
        self.log = Path(folder) / f"{name}.log"
        with open(self.log, "wb") as log:
            self._process = subprocess.Popen(
                ["taskset", "-c", core, *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
            )

    def pids(self):
        """The process and all that descend from it."""
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(stat.parent.name)] = int(_after_name(stat)[1])
            except OSError:
                continue
        family = [self._process.pid]
        for pid in family:
            family += [child for child, parent in parents.items() if parent == pid]
        return family

    def cpu_micros(self):
        """User and system time so far, of every thread that is or was."""
        ticks = 0
        for pid in self.pids():
            fields = _after_name(Path(f"/proc/{pid}/stat"))
            ticks += int(fields[11]) + int(fields[12])
        return ticks * 1_000_000 // TICKS

    def compiler_micros(self):
        """What the compilers of a JVM have taken so far; 0 where it is none."""
        ticks = 0
        for pid in self.pids():
            for name in Path(f"/proc/{pid}/task").glob("*/comm"):
                if name.read_text().startswith(("C1 Compiler", "C2 Compiler")):
                    fields = _after_name(name.with_name("stat"))
                    ticks += int(fields[11]) + int(fields[12])
        return ticks * 1_000_000 // TICKS

    def rss_mib(self):
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.pids())
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def threads(self):
        return sum(len(os.listdir(f"/proc/{pid}/task")) for pid in self.pids())

    def files(self):
        """Open descriptors: sockets and files."""
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in self.pids())

    def wait_for_port(self, address, port, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                socket.create_connection((address, port), timeout=1).close()
                if self._process.poll() is None:
                    return self
            except OSError:
                time.sleep(0.01)
        self.stop()
        raise RuntimeError(f"{self.name} does not answer at {address}:{port}:\n{self.log.read_text()[-2000:]}")

    def signal(self, number):
        os.kill(self._process.pid, number)

    def stop(self):
        # The parent first: it would start anew what ends.
        for pid in self.pids():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._process.wait()


class Running:
    """Processes that are started when they are first asked for, and all ended on leaving."""

    def __init__(self):
        self._running = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self._running.values()):
            process.stop()

    def started(self, name, start):
        if name not in self._running:
            self._running[name] = start()
        return self._running[name]

    def end(self, name):
        self._running.pop(name).stop()


def _after_name(stat):
    """The fields of /proc/PID/stat from the state on: the name before it may hold anything."""
    return stat.read_text().rpartition(")")[2].split()
