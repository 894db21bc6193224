"""The programs that are measured, and the origin behind them: how each is configured and started."""

import shutil
from pathlib import Path

from bench import gateway
from bench.process import LOAD_CORE, SERVER_CORE, Process, Running

HERE = Path(__file__).resolve().parent.parent
ORIGIN = ("127.0.9.100", 8090)
REDIS = ("127.0.9.101", 6379)
HOST = "bench.test"


class Programs(Running):
    """Starts each program when it is first asked for; ends all on leaving."""

    def __init__(self, folder, java, jvm_options):
        super().__init__()
        self._folder = Path(folder)
        self._java = java
        self._jvm_options = jvm_options

    def __enter__(self):
        self.origin()
        return self

    def origin(self):
        """nginx with files on tmpfs, beside the load: what it costs is nobody's."""
        site = self._folder / "site"
        if not site.exists():
            site.mkdir()
            (site / "1k").write_bytes(b"x" * 1024)
            (site / "100k").write_bytes(b"x" * 102400)
        return self.started("origin", lambda: self._nginx("origin", ORIGIN, LOAD_CORE))

    def nginx(self):
        return self.started("nginx", lambda: self._nginx("nginx", ("127.0.9.2", 8080), SERVER_CORE))

    def _nginx(self, name, where, core):
        prefix = self._folder / name
        (prefix / "cache").mkdir(parents=True)
        config = prefix / "nginx.conf"
        text = (HERE / "conf" / f"{name}.conf").read_text()
        config.write_text(text.replace("@FOLDER@", str(self._folder)).replace("@PREFIX@", str(prefix)))
        command = [shutil.which("nginx"), "-p", prefix, "-c", config, "-e", prefix / "error.log"]
        return Process(name, command, core, self._folder).wait_for_port(*where)

    def varnish(self):
        def start():
            where = ("127.0.9.3", 8080)
            command = [
                shutil.which("varnishd"), "-F", "-j", "none", "-n", self._folder / "varnish",
                "-a", f"{where[0]}:{where[1]}", "-f", HERE / "conf" / "varnish.vcl", "-s", "malloc,256m",
            ]
            return Process("varnish", command, SERVER_CORE, self._folder).wait_for_port(*where)

        return self.started("varnish", start)

    def bare(self, body_bytes=1024):
        name = f"bare-{body_bytes}"
        where = ("127.0.9.4", 8080 if body_bytes == 1024 else 8081)
        classpath = f"{HERE}/target/classes:{(HERE / 'target' / 'classpath').read_text()}"
        command = [
            self._java, *self._jvm_options, "-cp", classpath,
            "io.warmgate.bench.http.BareServer", where[0], where[1], body_bytes,
        ]
        return self.started(
            name, lambda: Process(name, command, SERVER_CORE, self._folder).wait_for_port(*where)
        )

    def warmgate(self, form=gateway.PLAIN):
        """The packaged runtime."""

        def start():
            if form.shared:
                self.redis()
            root = self._folder / form.name
            config = gateway.config(HERE / "gateway.json", form, REDIS)
            env = gateway.mount(root, form.address, config)
            jar = HERE.parent.parent / "gateway-runtime" / "server" / "target" / "warmgate-server.jar"
            command = [self._java, *self._jvm_options, "-jar", jar]
            return Process(form.name, command, SERVER_CORE, self._folder, env).wait_for_port(form.address, 8080)

        return self.started(form.name, start)

    def redis(self):
        return self.started("redis", self._start_redis)

    def restart_redis(self):
        """Ends it with all it has, and starts an empty one."""
        self.end_redis()
        return self.redis()

    def end_redis(self):
        self.end("redis")

    def _start_redis(self):
        command = [shutil.which("redis-server"), "--bind", REDIS[0], "--port", REDIS[1], "--save", ""]
        return Process("redis", command, LOAD_CORE, self._folder).wait_for_port(*REDIS)
