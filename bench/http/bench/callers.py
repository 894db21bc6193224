"""Who asks, where a gateway wants to know: an API key, and a token with the key that it is verified by."""

import base64
import functools
import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

KEY = "bench-key-0123456789abcdef0123456789abcdef"
JWKS = "f" * 64  # the fingerprint that the revision names the issuer's keys by
ISSUER = "https://idp.bench.test/"
AUDIENCE = "https://api.bench.test/"


def _text(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _json(value):
    return _text(json.dumps(value, separators=(",", ":")).encode())


@functools.cache
def signed():
    """A token that is good until 2100, and the JWK Set of who signed it."""
    with tempfile.TemporaryDirectory() as folder:
        pem = Path(folder) / "key.pem"
        subprocess.run(["openssl", "genrsa", "-out", pem, "2048"], check=True, capture_output=True)
        modulus = subprocess.run(
            ["openssl", "rsa", "-in", pem, "-noout", "-modulus"], check=True, capture_output=True, text=True
        ).stdout.strip().partition("=")[2]
        head = _json({"alg": "RS256", "kid": "bench", "typ": "JWT"})
        claims = _json({"iss": ISSUER, "aud": AUDIENCE, "sub": "somebody", "org": "bench", "exp": 4102444800})
        signature = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", pem], input=f"{head}.{claims}".encode(), check=True,
            capture_output=True,
        ).stdout
    keys = {"keys": [{"kty": "RSA", "kid": "bench", "n": _text(bytes.fromhex(modulus)), "e": "AQAB"}]}
    return f"{head}.{claims}.{_text(signature)}", json.dumps(keys).encode()


def key_field():
    return f"X-Api-Key: {KEY}"


def token_field():
    return f"Authorization: Bearer {signed()[0]}"


def access():
    """Whom a gateway knows: 1,000 consumers, of which one asks."""
    consumers = [
        {"id": f"bench/c{number}", "keys": [{"sha256": hashlib.sha256(f"key-{number}".encode()).hexdigest()}]}
        for number in range(999)
    ]
    consumers.append({
        "id": "bench/asking",
        "keys": [{"sha256": hashlib.sha256(KEY.encode()).hexdigest()}],
        "tokens": [{"issuer": "idp", "claims": {"org": "bench"}}],
        "grants": [{"route": "bench/kept", "state": "GRANTED"}],
    })
    return {
        "issuers": [{
            "name": "idp", "issuer": ISSUER, "audiences": [AUDIENCE], "algorithms": ["RS256"],
            "keys": {"type": "given", "value": {"name": "bench/idp/keys", "fingerprint": JWKS}},
            "clockSkewMillis": 0,
        }],
        "consumers": consumers,
    }


def rule():
    return {
        "keyHeaders": ["x-api-key"], "issuers": ["idp"], "certificates": False, "callers": "GRANTED",
        "onUnavailable": "DENY", "forwardCredentials": False, "maxCachedMillis": 300_000,
    }


def mount(root):
    """Writes the issuer's keys where a pod finds values."""
    values = root / "etc/warmgate/values"
    values.mkdir()
    (values / JWKS).write_bytes(signed()[1])
