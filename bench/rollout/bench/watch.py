"""What the status of a route, or of a gateway, says, and when it said so."""

import json
import threading
from dataclasses import dataclass, field

from bench.cluster import now
from bench.origin import RELEASES


@dataclass(frozen=True)
class Seen:
    """A status, as it reached a client."""

    at: float
    phase: str
    percent: int  # of the traffic, the new release's; where nothing is under way: what is written is served, or not
    coverage: int | None  # of the release beside the one that serves, in percent
    warmup: dict  # how that came about: status.rollout.warmup
    programmed: bool  # every answering pod serves what is written
    said: str = field(default="")  # what failed

    @staticmethod
    def of(at, resource):
        status = resource.get("status") or {}
        rollout = status.get("rollout") or {}
        warmup = rollout.get("warmup") or {}
        failed = rollout.get("failed") or {}
        generation = resource["metadata"]["generation"]
        spec = resource["spec"]
        wanted = spec.get("version") or spec.get("runtime", {}).get("image", "").rpartition(":")[2]
        phase = rollout.get("phase", "Steady")
        programmed = any(
            each["type"] == "Programmed" and each["status"] == "True" and each.get("observedGeneration") == generation
            for each in status.get("conditions", [])
        )
        whole = phase == "Steady" and programmed and not failed and wanted == RELEASES[-1]
        return Seen(
            at=at,
            phase=phase,
            percent=100 if whole else rollout.get("percent") or 0,
            coverage=warmup.get("coveragePercent"),
            warmup=warmup,
            programmed=programmed,
            said=rollout.get("message") or (f"{failed['reason']}: {failed['message']}" if failed else ""),
        )


class Watch:
    """Follows an object from before it is made, on a thread of its own."""

    def __init__(self, api, collection, name):
        self.seen = []
        self._news = threading.Condition()
        self._connection = api.connect(timeout=None)
        path = f"{collection}?watch=true&fieldSelector=metadata.name%3D{name}"
        self._events = api.ask(self._connection, "GET", path)
        self._broken = None
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self):
        try:
            for line in self._events:
                event = json.loads(line)
                if event["type"] in ("ADDED", "MODIFIED"):
                    with self._news:
                        self.seen.append(Seen.of(now(), event["object"]))
                        self._news.notify_all()
            self._broken = "the watch has ended"
        except (OSError, ValueError) as broken:
            self._broken = repr(broken)
        with self._news:
            self._news.notify_all()

    def wait(self, wanted, seconds, what, since=0.0):
        """The first status after `since` that is as wanted."""
        until = now() + seconds
        with self._news:
            while True:
                for seen in self.seen:
                    if seen.at >= since and wanted(seen):
                        return seen
                if self._broken:
                    raise RuntimeError(f"waiting for {what}: {self._broken}")
                if now() >= until:
                    last = self.seen[-1] if self.seen else None
                    raise RuntimeError(f"waited {seconds} s for {what}; the last status: {last}")
                self._news.wait(until - now())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._connection.sock:
            self._connection.sock.close()
