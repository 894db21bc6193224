"""A local cluster (`./warmgate up`) in a state folder of its own, and its API server's few calls that are needed."""

import base64
import http.client
import json
import re
import ssl
import subprocess
import time
from pathlib import Path

GATEWAY = Path(__file__).resolve().parent.parent / "gateway.yaml"
GATEWAYS = "/apis/warmgate.io/v1alpha1/namespaces/default/apigateways"
ROUTES = "/apis/warmgate.io/v1alpha1/namespaces/default/apiroutes"
POLICIES = "/apis/warmgate.io/v1alpha1/namespaces/default/cachepolicies"
EDGE = "/api/v1/namespaces/default/services/edge"
PATIENCE_SECONDS = 60


class Cluster:
    """Up in `with`, down after it."""

    def __init__(self, warmgate, folder):
        self._warmgate = warmgate
        self._folder = folder

    def __enter__(self):
        try:
            subprocess.run([*self._command("up"), "-f", GATEWAY, "--detach"], check=True, stdin=subprocess.DEVNULL)
            self._api = Api((self._folder / "kubeconfig").read_text())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run(self._command("down"), check=False, stdin=subprocess.DEVNULL, start_new_session=True)

    def _command(self, word):
        return [self._warmgate, word, "--state", self._folder]

    def api(self):
        return self._api

    def gateway(self):
        """Address and port of its Service: where clients in a cluster would go."""
        spec = self._api.call("GET", EDGE)["spec"]
        return spec["clusterIP"], spec["ports"][0]["port"]


class Api:
    """The API server; every call on a connection of its own."""

    def __init__(self, kubeconfig):
        def value(name):
            return re.search(rf"^\s*{name}:\s*(\S+)", kubeconfig, re.MULTILINE)[1]

        self._server = value("server").removeprefix("https://")
        self._token = value("token")
        trusted = base64.b64decode(value("certificate-authority-data")).decode()
        self._tls = ssl.create_default_context(cadata=trusted)

    def connect(self, timeout=PATIENCE_SECONDS):
        return http.client.HTTPSConnection(self._server, context=self._tls, timeout=timeout)

    def ask(self, connection, method, path, body=None, content_type="application/json"):
        """The answer before its body is read."""
        fields = {"Authorization": f"Bearer {self._token}", "Content-Type": content_type}
        connection.request(method, path, body=None if body is None else json.dumps(body), headers=fields)
        answer = connection.getresponse()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.read().decode(errors='replace')}")
        return answer

    def call(self, method, path, body=None, content_type="application/json"):
        connection = self.connect()
        try:
            return json.loads(self.ask(connection, method, path, body, content_type).read())
        finally:
            connection.close()

    def apply(self, collection, resource):
        path = f"{collection}/{resource['metadata']['name']}?fieldManager=bench-rollout&force=true"
        return self.call("PATCH", path, resource, "application/apply-patch+yaml")

    def delete(self, collection, name):
        self.call("DELETE", f"{collection}/{name}")

    def patch(self, collection, name, patch):
        self.call("PATCH", f"{collection}/{name}", patch, "application/merge-patch+json")

    def order(self, collection, name, order):
        """What `./warmgate rollout ORDER NAME` does."""
        self.patch(collection, name, {"metadata": {"annotations": {"warmgate.io/rollout": order}}})


def now():
    """Seconds of a clock that all processes of this machine share."""
    return time.monotonic()
