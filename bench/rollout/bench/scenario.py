"""One release under load, from before it is asked for to a while after it serves."""

import time
from dataclasses import dataclass

from bench import load, origin
from bench.cluster import POLICIES, ROUTES, now
from bench.load import Load
from bench.watch import Watch
from bench.worker import Worker

OBEYED_WITHIN = 60
"""Seconds for whatever is not to take long."""


@dataclass(frozen=True)
class Scenario:
    """A way to release. `strategy` as in `spec.rollout`."""

    name: str
    strategy: str
    title: str


WARM = Scenario("warm", "BlueGreen", "BlueGreen: warmed and certified before it has traffic")
COLD = Scenario("cold", "Recreate", "Recreate: the usual way, at once and cold")


@dataclass(frozen=True)
class Plan:
    """What both scenarios have in common; times in seconds."""

    rate: int
    keys: int
    new_percent: float
    connections: int
    seed: int
    ttl: int
    latency_millis: int
    body_bytes: int
    max_origin_rps: int
    min_coverage: int
    warming: int  # at most
    ramp: int
    before: int
    hold: int
    after: int


@dataclass
class Marks:
    """When it happened, in monotonic seconds; None: it did not."""

    steady: float
    change: float | None = None  # the new version is written, from here on
    order: float | None = None  # somebody says that it may have traffic, from here on
    told: float | None = None  # the status says that it is to have all of it
    all: float | None = None  # … that it has: every answering pod took it
    back: float | None = None  # … that it is on the way back
    gone: float | None = None  # … that it is back
    end: float = 0.0


@dataclass
class Run:
    scenario: Scenario
    marks: Marks
    journal: load.Journal
    asked: dict  # of each release's origin: when
    seen: list
    left: str  # why the release was not brought to its end; empty: it was


def run(scenario, plan, cluster):
    api = cluster.api()
    prefix = f"/{scenario.name}"
    with Worker(origin.run, plan.latency_millis, plan.ttl, plan.body_bytes) as origins:
        ports = origins.ask("ports")
        route = _Route(scenario, plan, api, prefix, ports)
        with Watch(api, scenario.name) as watch:
            try:
                route.write("v1")
                watch.wait(lambda seen: seen.programmed, OBEYED_WITHIN, "the first release")
                asked = Load(
                    *cluster.gateway(), "bench.example", prefix, plan.rate, plan.keys, plan.new_percent, plan.connections, plan.seed
                )
                with Worker(load.run, asked) as clients:
                    marks, left = _release(scenario, plan, route, watch, api)
                    marks.end = now()
                    journal = clients.ask("stop")
                return Run(scenario, marks, journal, origins.ask("asked"), list(watch.seen), left)
            finally:
                route.remove()


def _release(scenario, plan, route, watch, api):
    time.sleep(plan.ramp)
    marks = Marks(steady=now())
    time.sleep(plan.before)
    marks.change = now()
    try:
        if scenario is WARM:
            route.write("v2")
            ready = watch.wait(
                lambda seen: seen.phase == "AwaitingPromotion" or seen.said and seen.phase in ("RollingBack", "Steady"),
                plan.warming + OBEYED_WITHIN,
                "a warm release",
                since=marks.change,
            )
            if ready.phase != "AwaitingPromotion":
                return marks, ready.said
            time.sleep(plan.hold)
            marks.order = now()
            api.order(scenario.name, "promote")
        else:
            marks.order = marks.change
            route.write("v2")
        marks.told = watch.wait(lambda seen: seen.percent == 100, OBEYED_WITHIN, "all of the traffic", since=marks.order).at
        marks.all = watch.wait(
            lambda seen: seen.percent == 100 and seen.phase != "Shifting", OBEYED_WITHIN, "it on every pod", since=marks.told
        ).at
    except RuntimeError as late:
        return marks, str(late)
    time.sleep(plan.after)
    since = [seen for seen in watch.seen if seen.at > marks.all]
    marks.back = next((seen.at for seen in since if seen.percent < 100), None)
    marks.gone = next((seen.at for seen in since if seen.phase == "Steady" and seen.percent == 0), None)
    return marks, since[-1].said if marks.back else ""


class _Route:
    """The route and its cache policy, of one release or the other."""

    def __init__(self, scenario, plan, api, prefix, ports):
        self._scenario = scenario
        self._plan = plan
        self._api = api
        self._prefix = prefix
        self._ports = ports

    def write(self, release):
        name = self._scenario.name
        rollout = {"strategy": self._scenario.strategy}
        if self._scenario is WARM:
            rollout |= {
                "promotion": "Manual",
                "warmup": {
                    "topKeys": self._plan.keys,
                    "maxOriginRps": self._plan.max_origin_rps,
                    "minCoveragePercent": self._plan.min_coverage,
                    "timeout": f"{self._plan.warming}s",
                },
            }
        self._api.apply(ROUTES, {
            "apiVersion": "warmgate.io/v1alpha1",
            "kind": "ApiRoute",
            "metadata": {"name": name},
            "spec": {
                "parentRefs": [{"name": "edge"}],
                "version": release,
                "rollout": rollout,
                "rules": [{
                    "name": "items",
                    "matches": [{"path": {"type": "PathPrefix", "value": self._prefix}}],
                    "backendRefs": [{"url": f"http://127.0.0.1:{self._ports[release]}"}],
                }],
            },
        })
        self._api.apply(POLICIES, {
            "apiVersion": "warmgate.io/v1alpha1",
            "kind": "CachePolicy",
            "metadata": {"name": name},
            "spec": {"targetRefs": [{"kind": "ApiRoute", "name": name}]},
        })

    def remove(self):
        for collection in (POLICIES, ROUTES):
            try:
                self._api.delete(collection, self._scenario.name)
            except (OSError, RuntimeError) as gone:
                print(f"{self._scenario.name} is not deleted: {gone}")
