"""One release under load, from before it is asked for to a while after it serves."""

import time
from dataclasses import dataclass

from bench import load, origin
from bench.cluster import GATEWAYS, POLICIES, ROUTES, now
from bench.load import Load
from bench.watch import Watch
from bench.worker import Worker

OBEYED_WITHIN = 60
"""Seconds for whatever is not to take long."""


@dataclass(frozen=True)
class Scenario:
    """A way to release. `strategy` as in `spec.rollout`; `subject` is what is released: a route, or the gateway's pods."""

    name: str
    strategy: str
    title: str
    subject: str = "route"

    @property
    def warmed(self):
        return self.strategy == "BlueGreen"

    @property
    def label(self):
        return self.strategy if self.subject == "route" else f"{self.subject}, {self.strategy}"


WARM = Scenario("warm", "BlueGreen", "BlueGreen: warmed and certified before it has traffic")
COLD = Scenario("cold", "Recreate", "Recreate: the usual way, at once and cold")
PODS = Scenario("pods", "BlueGreen", "New pods: warmed before requests are handed over to them", "pods")


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
        with Watch(api, ROUTES, scenario.name) as first, Watch(api, GATEWAYS, "edge") as pods:
            subject, watch = (route, first) if scenario.subject == "route" else (_Pods(scenario, plan, api), pods)
            try:
                route.write("v1")
                first.wait(lambda seen: seen.programmed, OBEYED_WITHIN, "the first release")
                asked = Load(
                    *cluster.gateway(), "bench.example", prefix, plan.rate, plan.keys, plan.new_percent, plan.connections, plan.seed
                )
                with Worker(load.run, asked) as clients:
                    marks, left = _release(scenario, plan, subject, watch)
                    marks.end = now()
                    journal = clients.ask("stop")
                return Run(scenario, marks, journal, origins.ask("asked"), list(watch.seen), left)
            finally:
                route.remove()


def _release(scenario, plan, subject, watch):
    time.sleep(plan.ramp)
    marks = Marks(steady=now())
    time.sleep(plan.before)
    marks.change = now()
    try:
        if scenario.warmed:
            subject.write("v2")
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
            subject.order("promote")
        else:
            marks.order = marks.change
            subject.write("v2")
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


def _rollout(scenario, plan):
    rollout = {"strategy": scenario.strategy}
    if scenario.warmed:
        rollout |= {
            "promotion": "Manual",
            "warmup": {
                "topKeys": plan.keys,
                "maxOriginRps": plan.max_origin_rps,
                "minCoveragePercent": plan.min_coverage,
                "timeout": f"{plan.warming}s",
            },
        }
    return rollout


class _Pods:
    """The gateway's pods, of the image that it came with or of another tag of it."""

    def __init__(self, scenario, plan, api):
        self._scenario = scenario
        self._plan = plan
        self._api = api

    def write(self, release):
        spec = {"runtime": {"image": f"warmgate/runtime:{release}"}, "rollout": _rollout(self._scenario, self._plan)}
        self._api.patch(GATEWAYS, "edge", {"spec": spec})

    def order(self, order):
        self._api.order(GATEWAYS, "edge", order)


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
        rollout = _rollout(self._scenario, self._plan)
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

    def order(self, order):
        self._api.order(ROUTES, self._scenario.name, order)

    def remove(self):
        for collection in (POLICIES, ROUTES):
            try:
                self._api.delete(collection, self._scenario.name)
            except (OSError, RuntimeError) as gone:
                print(f"{self._scenario.name} is not deleted: {gone}")
