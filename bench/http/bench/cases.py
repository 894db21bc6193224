"""The cases: what is asked of whom, and what the ratio of the first to the others is to be."""

from dataclasses import dataclass, field, replace

from bench import callers, gateway
from bench.load import Load


@dataclass(frozen=True)
class Contender:
    """`start` takes the Programs and returns the process; requests go to `address`:`port`, those of `load` where it is
    asked something else than the case says."""

    name: str
    address: str
    start: object
    port: int = 8080
    load: Load | None = None


@dataclass(frozen=True)
class Case:
    """The first contender is held against the others: CPU a request, at most so many times theirs."""

    name: str
    what: str
    load: Load
    contenders: list
    targets: dict = field(default_factory=dict)
    from_cache: bool = True


WARMGATE = Contender("warmgate", "127.0.9.10", lambda p: p.warmgate())
NGINX = Contender("nginx", "127.0.9.2", lambda p: p.nginx())
VARNISH = Contender("varnish", "127.0.9.3", lambda p: p.varnish())
BARE = Contender("bare Vert.x", "127.0.9.4", lambda p: p.bare())
BARE_100K = Contender("bare Vert.x", "127.0.9.4", lambda p: p.bare(102400), port=8081)
ROUTES_10 = Contender("10 routes", "127.0.9.11", lambda p: p.warmgate(gateway.ROUTES_10))
ROUTES_1000 = Contender("1,000 routes", "127.0.9.12", lambda p: p.warmgate(gateway.ROUTES_1000))
ROUTES_10000 = Contender("10,000 routes", "127.0.9.13", lambda p: p.warmgate(gateway.ROUTES_10000))
REDIS = Contender("warmgate, L2", "127.0.9.14", lambda p: p.warmgate(gateway.REDIS_ALONE))
LOGGING = Contender("warmgate, logging", "127.0.9.15", lambda p: p.warmgate(gateway.LOGGING))
NGINX_LOGGING = Contender("nginx, logging", "127.0.9.2", lambda p: p.nginx(), port=8081)

CALLERS = Contender("warmgate, callers", "127.0.9.19", lambda p: p.warmgate(gateway.CALLERS))
PARTITIONED = Contender("warmgate, partitioned", "127.0.9.30", lambda p: p.warmgate(gateway.PARTITIONED))
BY_ROUTE = Contender("warmgate, by route", "127.0.9.31", lambda p: p.warmgate(gateway.BY_ROUTE))
BY_ADDRESS = Contender("warmgate, by address", "127.0.9.32", lambda p: p.warmgate(gateway.BY_ADDRESS))
UNLIMITED = Contender("warmgate, Redis", "127.0.9.18", lambda p: p.warmgate(gateway.TAILING))

POSTED = Load("/passed/posted", post=True)
FIRST = Contender("warmgate, fresh key", "127.0.9.33", lambda p: p.warmgate(gateway.FRESH_KEYS), load=replace(POSTED, keys=0))
REPLAY = Contender("warmgate, replay", "127.0.9.34", lambda p: p.warmgate(gateway.OLD_KEYS), load=replace(POSTED, keys=1000))
KEYLESS = Contender("warmgate, no key", "127.0.9.18", lambda p: p.warmgate(gateway.TAILING))

HIT_TARGETS = {"nginx": 0.65, "varnish": 0.52, "bare Vert.x": 1.16}
FIRST_MODIFIED = "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"

CASES = [
    Case("hit-1k", "hit in memory, 1 KiB", Load("/1k"), [WARMGATE, NGINX, VARNISH, BARE], HIT_TARGETS),
    Case("hit-100k", "hit in memory, 100 KiB", Load("/100k"), [WARMGATE, NGINX, VARNISH, BARE_100K]),
    Case("hit-1k-log", "the same as hit-1k, each with its access log", Load("/1k"),
         [LOGGING, NGINX_LOGGING, VARNISH], {"nginx, logging": 0.65, "varnish": 0.52}),
    Case("not-modified", "304 out of memory", Load("/1k", fields=(FIRST_MODIFIED,)), [WARMGATE, NGINX, VARNISH]),
    Case("hit-10k-keys", "hits on 10,000 keys, 1 KiB each", Load("/k/", paths=10000), [WARMGATE, NGINX, VARNISH]),
    Case("miss", "through to the origin, nothing kept, 1 KiB", Load("/passed/1k"), [WARMGATE, NGINX, VARNISH],
         {"nginx": 1.5}, from_cache=False),
    Case("uncacheable", "through a cache whose origin says no-store", Load("/uncacheable"),
         [WARMGATE, NGINX, VARNISH], {"nginx": 1.5}, from_cache=False),
    Case("routes", "hit-1k with many routes", Load("/1k"), [ROUTES_10000, ROUTES_1000, ROUTES_10],
         {"10 routes": 1.1}),
    Case("hit-1k-key", "hit in memory, 1 KiB, an API key checked, or only sent",
         Load("/public/1k", fields=(callers.key_field,)), [CALLERS, WARMGATE, PARTITIONED], {"warmgate": 1.1}),
    Case("hit-1k-token", "the same with a JWT that was verified before",
         Load("/public/1k", fields=(callers.token_field,)), [CALLERS, WARMGATE, PARTITIONED], {"warmgate": 1.1}),
    Case("hit-1k-limit", "hit in memory, 1 KiB, counted against a limit in Redis",
         Load("/1k"), [BY_ROUTE, UNLIMITED], {"warmgate, Redis": 1.1}),
    Case("hit-1k-limit-address", "the same, counted for each client address",
         Load("/1k"), [BY_ADDRESS, UNLIMITED], {"warmgate, Redis": 1.1}),
    Case("post-1k-idempotency", "POST of 1 KiB, its answer of 1 KiB, with an idempotency key and without",
         POSTED, [FIRST, KEYLESS, REPLAY], from_cache=False),
    Case("hit-l2", "hit in Redis alone, 1 KiB", Load("/1k"), [REDIS, WARMGATE]),
]
