"""What a gateway's pod finds mounted: a revision, and the Secret of its admin port (docs/architecture.md)."""

import base64
import copy
import gzip
import hashlib
import json
import subprocess

TOKEN = "bench"
ADDRESSES = {
    "warmgate": "127.0.9.10",
    "warmgate-10-routes": "127.0.9.11",
    "warmgate-1000-routes": "127.0.9.12",
    "warmgate-10000-routes": "127.0.9.13",
    "warmgate-redis": "127.0.9.14",
    "warmgate-log": "127.0.9.15",
}


def name(routes, shared, access_log):
    if routes != 3:
        return f"warmgate-{routes}-routes"
    return "warmgate-redis" if shared else "warmgate-log" if access_log else "warmgate"


def config(template, routes, redis, access_log):
    """The template; with so many routes in all, with an L2 alone, or with its access log."""
    found = json.loads(template.read_text())
    pattern = found["routes"][0]
    for number in range(routes - len(found["routes"])):
        route = copy.deepcopy(pattern)
        route["id"] = f"bench/r{number}"
        route["rules"][0]["matches"][0]["path"]["value"] = f"/r/{number}"
        found["routes"].append(route)
    if redis:
        found["cache"] = {"localMaxBytes": 0, "shared": {"host": redis[0], "port": redis[1]}}
    found["telemetry"]["accessLog"] = access_log
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
