"""What a gateway's pod finds mounted: a revision, and the Secret of its admin port (docs/architecture.md)."""

import base64
import copy
import gzip
import hashlib
import json
import subprocess
from dataclasses import dataclass

from bench import callers

TOKEN = "bench"


@dataclass(frozen=True)
class Form:
    """What differs between the gateways that are measured. Each is a process at an address of its own."""

    name: str
    address: str
    routes: int = 3
    local_bytes: int = 128 << 20
    shared: bool = False
    access_log: bool = False
    stale_millis: int = 0
    slow_limit: int = 0
    callers: bool = False
    partitioned: bool = False
    limited_by: str | None = None
    keys_millis: int = 0


PLAIN = Form("warmgate", "127.0.9.10")
ROUTES_10 = Form("warmgate-10-routes", "127.0.9.11", routes=10)
ROUTES_1000 = Form("warmgate-1000-routes", "127.0.9.12", routes=1000)
ROUTES_10000 = Form("warmgate-10000-routes", "127.0.9.13", routes=10000)
REDIS_ALONE = Form("warmgate-redis", "127.0.9.14", local_bytes=0, shared=True)
LOGGING = Form("warmgate-log", "127.0.9.15", access_log=True)
SMALL = Form("warmgate-small", "127.0.9.16", local_bytes=16 << 20, shared=True)
PODS = [Form(f"warmgate-pod-{i}", f"127.0.9.{20 + i}", shared=True) for i in range(4)]
TAILING = Form("warmgate-tailing", "127.0.9.18", shared=True)
CALLERS = Form("warmgate-callers", "127.0.9.19", callers=True)
PARTITIONED = Form("warmgate-partitioned", "127.0.9.30", callers=True, partitioned=True)
BY_ROUTE = Form("warmgate-by-route", "127.0.9.31", shared=True, limited_by="ROUTE")
BY_ADDRESS = Form("warmgate-by-address", "127.0.9.32", shared=True, limited_by="CLIENT_ADDRESS")
FRESH_KEYS = Form("warmgate-fresh-keys", "127.0.9.33", shared=True, keys_millis=2_000)
OLD_KEYS = Form("warmgate-old-keys", "127.0.9.34", shared=True, keys_millis=86_400_000)
LIMITED = Form("warmgate-limited", "127.0.9.17", shared=True, stale_millis=3_600_000, slow_limit=8)


def config(template, form, redis):
    """The template, as the form asks for it."""
    found = json.loads(template.read_text())
    pattern = found["routes"][0]
    for number in range(form.routes - len(found["routes"])):
        route = copy.deepcopy(pattern)
        route["id"] = f"bench/r{number}"
        route["rules"][0]["matches"][0]["path"]["value"] = f"/r/{number}"
        found["routes"].append(route)
    found["cache"] = {"localMaxBytes": form.local_bytes}
    if form.shared:
        found["cache"]["shared"] = {"host": redis[0], "port": redis[1]}
    found["telemetry"]["accessLog"] = form.access_log
    if form.callers:
        found["access"] = callers.access()
        rule = pattern["rules"][0]
        rule["access"] = callers.rule()
        if form.partitioned:
            rule["cache"]["options"] = {"keyParts": {
                "queryOrder": "KEEP", "cookies": [], "ignoredCookies": [], "credentialHeaders": [], "callers": {},
            }}
    if form.limited_by:
        pattern["rules"][0]["limits"] = [{
            "name": "many", "by": form.limited_by, "unit": "REQUESTS", "amount": 1_000_000_000, "perMillis": 60_000,
            "hits": "COUNTED", "mode": "ENFORCE",
        }]
    if form.keys_millis:
        found["routes"][1]["rules"][0]["idempotency"] = {
            "keyHeader": "idempotency-key", "mode": "OPTIONAL", "keepMillis": form.keys_millis, "methods": ["POST"],
            "maxContentBytes": 1 << 20, "onUnavailable": "DENY",
        }
    if form.stale_millis:
        for route in found["routes"]:
            cache = route["rules"][0].get("cache")
            if cache:
                cache["staleIfErrorMillis"] = form.stale_millis
    if form.slow_limit:
        found["backends"][1]["limits"] = {
            "maxConcurrent": form.slow_limit, "queueSize": form.slow_limit, "queueTimeoutMillis": 200,
        }
    return found


def mount(root, address, gateway_config):
    """Writes the files of a pod under `root`; returns its environment."""
    current = root / "etc/warmgate/current"
    current.mkdir(parents=True)
    text = json.dumps(gateway_config, separators=(",", ":")).encode()
    revision = {
        "gateway": gateway_config["gateway"]["uid"],
        "number": 1,
        "format": 1,
        "hash": hashlib.sha256(text).hexdigest(),
        "config": base64.b64encode(gzip.compress(text)).decode(),
    }
    (current / "revision.json").write_text(json.dumps(revision))
    if "access" in gateway_config:
        callers.mount(root)
    admin = root / "etc/warmgate/admin"
    admin.mkdir()
    (admin / "operator-token").write_text(TOKEN)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "1", "-subj", "/CN=bench", "-keyout", admin / "tls.key", "-out", admin / "tls.crt"],
        check=True, capture_output=True,
    )
    return {
        "POD_NAME": "bench-1",
        "POD_NAMESPACE": "bench",
        "POD_UID": "bench-1",
        "POD_IP": address,
        "WARMGATE_GATEWAY_UID": gateway_config["gateway"]["uid"],
        "WARMGATE_BIND_ADDRESS": address,
        "WARMGATE_ROOT": str(root),
        "WARMGATE_ALLOW_LOOPBACK": "true",
    }
