"""The gateways that are measured and the models behind them: how each is configured and started."""

import json
import shutil
from pathlib import Path

from bench import gateway
from bench.process import LOAD_CORE, SERVER_CORE, Process, Running

from aibench import peers, questions

HERE = Path(__file__).resolve().parent.parent
JAR = HERE.parents[1] / "gateway-runtime" / "server" / "target" / "warmgate-server.jar"
PLAIN = ("127.0.9.200", 8090)
STREAMS = ("127.0.9.200", 8091)
WARMGATE = ("127.0.9.210", 8080)
SMALL_HEAP = ("127.0.9.211", 8080)
PORTKEY = ("127.0.9.212", 8787)
LITELLM = ("127.0.9.213", 4000)
LITELLM_CACHED = ("127.0.9.214", 4000)
LITELLM_STREAMS = ("127.0.9.215", 4000)
NGINX = ("127.0.9.216", 8080)
TOKEN_MILLIS = 50
SLOW_START = 240


class Servers(Running):
    """Each is started when it is first asked for."""

    def __init__(self, folder, java, jvm_options):
        super().__init__()
        self.folder = Path(folder)
        self._java = java
        self._jvm_options = jvm_options

    def plain(self):
        """nginx that says the same to everybody."""
        return self.started("plain", lambda: self._nginx("plain", "upstream.conf", LOAD_CORE, PLAIN))

    def nginx(self):
        """In the gateway's place: what the machine itself takes."""
        return self.started("nginx", lambda: self._nginx("nginx", "floor.conf", SERVER_CORE, NGINX))

    def _nginx(self, name, conf, core, where):
        prefix = self.folder / name
        prefix.mkdir()
        config = prefix / "nginx.conf"
        text = (HERE / "conf" / conf).read_text()
        config.write_text(text.replace("@PREFIX@", str(prefix)).replace("@ANSWER@", questions.REPLY))
        command = [shutil.which("nginx"), "-p", prefix, "-c", config, "-e", prefix / "error.log"]
        return Process(name, command, core, self.folder).wait_for_port(*where)

    def streams(self):
        """A model that says twenty tokens a second."""

        def start():
            command = self.java("io.warmgate.bench.ai.TokenServer", *STREAMS, TOKEN_MILLIS)
            return Process("streams", command, LOAD_CORE, self.folder).wait_for_port(*STREAMS)

        return self.started("streams", start)

    def java(self, main, *arguments):
        """Its heap is so large that nothing is collected while it measures."""
        classpath = f"{HERE}/target/classes:{(HERE / 'target' / 'classpath').read_text()}"
        return [self._java, "-Xms6g", "-Xmn5g", "-XX:+AlwaysPreTouch", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-cp", classpath, main, *arguments]

    def warmgate(self):
        return self.started("warmgate", lambda: self._warmgate("warmgate", WARMGATE, []))

    def small_heap(self):
        """256 MiB of heap; what its collector does is in `gc.log`."""
        options = ["-Xmx256m", f"-Xlog:gc:file={self.folder / 'gc.log'}"]
        return self.started("small-heap", lambda: self._warmgate("small-heap", SMALL_HEAP, options))

    def _warmgate(self, name, where, options):
        env = gateway.mount(self.folder / f"{name}-pod", where[0], json.loads((HERE / "gateway.json").read_text()))
        command = [self._java, *self._jvm_options, *options, "-jar", JAR]
        return Process(name, command, SERVER_CORE, self.folder, env).wait_for_port(*where)

    def portkey(self):
        """It listens on every address; where it asks is in each request."""

        def start():
            command = [shutil.which("node"), peers.portkey(), f"--port={PORTKEY[1]}", "--headless"]
            env = {"TRUSTED_CUSTOM_HOSTS": PLAIN[0], "NODE_ENV": "production"}
            return Process("portkey", command, SERVER_CORE, self.folder, env).wait_for_port(*PORTKEY)

        return self.started("portkey", start)

    def litellm(self):
        return self.started("litellm", lambda: self._litellm("litellm", LITELLM, PLAIN, {}))

    def litellm_cached(self):
        """With its cache in memory."""
        kept = {"cache": True, "cache_params": {"type": "local", "ttl": 3600}}
        return self.started("litellm-cached", lambda: self._litellm("litellm-cached", LITELLM_CACHED, PLAIN, kept))

    def litellm_streams(self):
        return self.started("litellm-streams", lambda: self._litellm("litellm-streams", LITELLM_STREAMS, STREAMS, {}))

    def _litellm(self, name, where, upstream, settings):
        """One worker, no keys, no line a request."""
        config = self.folder / f"{name}.yaml"
        config.write_text(json.dumps({
            "model_list": [{
                "model_name": questions.MODEL,
                "litellm_params": {
                    "model": f"openai/{questions.MODEL}",
                    "api_base": f"http://{upstream[0]}:{upstream[1]}/v1",
                    "api_key": "bench",
                },
            }],
            "litellm_settings": settings,
            "general_settings": {"dangerously_permit_weak_or_unset_master_key": True},
        }))
        command = [
            peers.litellm(), "--config", config, "--host", where[0], "--port", where[1], "--num_workers", "1",
            "--telemetry", "False", "--log_config", HERE / "conf" / "quiet-log.json",
        ]
        env = {"LITELLM_LOCAL_MODEL_COST_MAP": "True"}
        return Process(name, command, SERVER_CORE, self.folder, env).wait_for_port(*where, seconds=SLOW_START)
