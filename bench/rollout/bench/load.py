"""An open-loop load: a request is due at a fixed rate, whatever became of those before; who waits, waits since it was due."""

import array
import asyncio
import collections
import random
import time
from dataclasses import dataclass, field

from bench.answer import take
from bench.keys import Zipf, path_of
from bench.origin import RELEASES

TIMEOUT_SECONDS = 10
MAX_CONNECTIONS = 512
MAX_TOLD = 20
NOBODY = -1


@dataclass
class Journal:
    """What became of each request, in the order of the answers. Times are monotonic seconds."""

    due: array.array = field(default_factory=lambda: array.array("d"))
    sent: array.array = field(default_factory=lambda: array.array("d"))
    done: array.array = field(default_factory=lambda: array.array("d"))
    key: array.array = field(default_factory=lambda: array.array("q"))  # above `keys`: asked for once
    maker: array.array = field(default_factory=lambda: array.array("b"))  # index of RELEASES; NOBODY: failed
    number: array.array = field(default_factory=lambda: array.array("q"))  # of the answer, at its maker
    hit: array.array = field(default_factory=lambda: array.array("b"))
    age: array.array = field(default_factory=lambda: array.array("l"))
    failures: list = field(default_factory=list)  # the first few, in words

    def add(self, asked, done, maker, number, hit, age):
        self.due.append(asked.due)
        self.sent.append(asked.sent or done)
        self.done.append(done)
        self.key.append(asked.key)
        self.maker.append(maker)
        self.number.append(number)
        self.hit.append(hit)
        self.age.append(age)

    def fail(self, asked, done, why):
        if len(self.failures) < MAX_TOLD:
            self.failures.append(f"{asked.path} at {done:.3f}: {why}")
        self.add(asked, done, NOBODY, 0, False, -1)


@dataclass
class _Asked:
    due: float
    key: int
    path: str
    sent: float = 0.0


@dataclass(frozen=True)
class Load:
    """What is asked of whom."""

    address: str
    port: int
    host: str
    prefix: str
    rate: int
    keys: int
    new_percent: float  # of the requests: for what nobody asked for before
    connections: int
    seed: int


def run(orders, load):
    """A worker: asks from the start; `stop` gives the journal once every request is answered."""
    asyncio.run(_Clients(load).run(orders))


class _Clients:
    def __init__(self, load):
        self._load = load
        self._zipf = Zipf(load.keys)
        self._random = random.Random(load.seed)
        self._idle = collections.deque()
        self._waiting = collections.deque()
        self._asking = set()
        self._connections = 0
        self._news = load.keys
        self._going = True
        self.journal = Journal()

    async def run(self, orders):
        self._loop = asyncio.get_running_loop()
        stopped = self._loop.create_future()

        def obey():
            try:
                orders.recv()
                stopped.set_result(None)
            except EOFError as gone:
                stopped.set_exception(gone)
            self._loop.remove_reader(orders.fileno())

        self._loop.add_reader(orders.fileno(), obey)
        for _ in range(self._load.connections):
            await self._connect()
        self._start = time.monotonic()
        self._count = 0
        self._ask_what_is_due()
        self._give_up_on_the_late()
        await stopped
        self._going = False
        while self._asking or self._waiting:
            await asyncio.sleep(0.01)
        orders.send(self.journal)

    def _ask_what_is_due(self):
        if not self._going:
            return
        now = time.monotonic()
        while (due := self._start + self._count / self._load.rate) <= now:
            self._count += 1
            self._ask(self._next(due))
        self._loop.call_at(due, self._ask_what_is_due)

    def _next(self, due):
        if self._random.random() * 100 < self._load.new_percent:
            self._news += 1
            return _Asked(due, self._news, path_of(self._load.prefix, self._news))
        key = self._zipf.draw(self._random)
        return _Asked(due, key, path_of(self._load.prefix, key))

    def _ask(self, asked):
        while self._idle:
            connection = self._idle.popleft()
            if connection.ask(asked):
                self._asking.add(connection)
                return
        self._waiting.append(asked)
        if self._connections < MAX_CONNECTIONS:
            self._loop.create_task(self._connect())

    async def _connect(self):
        self._connections += 1
        try:
            await self._loop.create_connection(lambda: _Connection(self, self._load.host), self._load.address, self._load.port)
        except OSError as refused:
            self._connections -= 1
            if self._waiting:
                self.journal.fail(self._waiting.popleft(), time.monotonic(), f"no connection: {refused}")

    def free(self, connection):
        """It may be asked something."""
        self._asking.discard(connection)
        if not self._waiting:
            self._idle.append(connection)
        elif connection.ask(self._waiting[0]):
            self._waiting.popleft()
            self._asking.add(connection)

    def closed(self, connection):
        self._connections -= 1
        self._asking.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)
        if self._going and self._connections < self._load.connections:
            self._loop.create_task(self._connect())

    def _give_up_on_the_late(self):
        now = time.monotonic()
        while self._waiting and now - self._waiting[0].due > TIMEOUT_SECONDS:
            self.journal.fail(self._waiting.popleft(), now, "no connection was free in time")
        for connection in [any for any in self._asking if now - any.asked.sent > TIMEOUT_SECONDS]:
            connection.give_up()
        self._loop.call_later(0.5, self._give_up_on_the_late)


class _Connection(asyncio.Protocol):
    """Kept as long as the gateway keeps it; one request at a time, and none is asked twice."""

    def __init__(self, clients, host):
        self.asked = None
        self._clients = clients
        self._host = host
        self._received = bytearray()

    def connection_made(self, transport):
        self._transport = transport
        self._clients.free(self)

    def ask(self, asked):
        """Whether it could be asked: not where it is closed already, and nothing was sent."""
        if self._transport.is_closing():
            return False
        self.asked = asked
        asked.sent = time.monotonic()
        self._transport.write(f"GET {asked.path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())
        return True

    def data_received(self, data):
        self._received += data
        try:
            answer = take(self._received)
        except ValueError as nonsense:
            self._lost(f"no HTTP: {nonsense}")
            return
        if answer is None or self.asked is None:
            return
        asked, self.asked = self.asked, None
        _note(self._clients.journal, asked, time.monotonic(), answer)
        if answer.closes:
            self._transport.close()
        else:
            self._clients.free(self)

    def connection_lost(self, why):
        if self.asked is not None:
            self._lost(f"closed before an answer ({why})")
        self._clients.closed(self)

    def give_up(self):
        self._lost(f"no answer in {TIMEOUT_SECONDS} s")

    def _lost(self, why):
        asked, self.asked = self.asked, None
        if asked is not None:
            self._clients.journal.fail(asked, time.monotonic(), why)
        self._transport.abort()


def _note(journal, asked, done, answer):
    release, path, number = answer.made_by()
    if answer.status != 200 or release not in RELEASES or path != asked.path:
        journal.fail(asked, done, f"not its answer: {answer.head.decode('latin-1')!r} {answer.body[:80]!r}")
        return
    journal.add(asked, done, RELEASES.index(release), number, answer.hit, answer.age)
