"""The cases of plain questions: who is asked what."""

from dataclasses import dataclass, field

from aibench import questions, servers


@dataclass(frozen=True)
class Contender:
    """`start` takes the Servers and returns the process. `question` is posted to `where` and `path`; `text_of` reads the answer."""

    name: str
    where: tuple
    start: object
    path: str = "/v1/chat/completions"
    fields: dict = field(default_factory=dict)
    question: dict = field(default_factory=lambda: questions.PLAIN)
    text_of: object = questions.text_of_plain
    warm_seconds: int = 10


@dataclass(frozen=True)
class Case:
    """`floor`: nginx in the gateway's place, asked at the same rate. `added_to`: the contender whose latency at that
    rate is taken off of both; None: nothing is."""

    name: str
    what: str
    contenders: list
    from_cache: bool
    floor: Contender
    added_to: Contender | None
    most_p99_micros: int = 1000
    note: str = ""


def portkey_fields(upstream):
    return {"x-portkey-provider": "openai", "x-portkey-custom-host": f"http://{upstream[0]}:{upstream[1]}/v1"}


DIRECT = Contender("directly", servers.PLAIN, lambda s: s.plain())
WARMGATE = Contender("warmgate", servers.WARMGATE, lambda s: s.warmgate(), path="/passed/v1/chat/completions")
TRANSLATED = Contender(
    "warmgate, asked as Anthropic", servers.WARMGATE, lambda s: s.warmgate(), path="/passed/v1/messages",
    question=questions.ANTHROPIC, text_of=questions.text_of_anthropic, fields={"anthropic-version": "2023-06-01"},
)
PORTKEY = Contender("portkey", servers.PORTKEY, lambda s: s.portkey(), fields=portkey_fields(servers.PLAIN))
LITELLM = Contender("litellm", servers.LITELLM, lambda s: s.litellm(), warm_seconds=5)

KEPT = Contender("warmgate", servers.WARMGATE, lambda s: s.warmgate(), path="/kept/v1/chat/completions")
KEPT_STREAMED = Contender(
    "warmgate, as a stream", servers.WARMGATE, lambda s: s.warmgate(), path="/kept/v1/chat/completions",
    question=questions.STREAMED, text_of=questions.text_of_stream,
)
KEPT_TRANSLATED = Contender(
    "warmgate, asked as Anthropic", servers.WARMGATE, lambda s: s.warmgate(), path="/kept/v1/messages",
    question=questions.ANTHROPIC, text_of=questions.text_of_anthropic, fields={"anthropic-version": "2023-06-01"},
)
PASSED_BY_NGINX = Contender("nginx", servers.NGINX, lambda s: s.nginx(), path="/passed/v1/chat/completions")
SAID_BY_NGINX = Contender("nginx", servers.NGINX, lambda s: s.nginx(), path="/kept/v1/chat/completions")
LITELLM_KEPT = Contender("litellm", servers.LITELLM_CACHED, lambda s: s.litellm_cached(), warm_seconds=5)

CASES = [
    Case("pass", "through to the model, nothing kept", [WARMGATE, TRANSLATED, PORTKEY, LITELLM], False, PASSED_BY_NGINX, DIRECT),
    Case("hit", "one answer, kept in memory", [KEPT, KEPT_STREAMED, KEPT_TRANSLATED, LITELLM_KEPT], True,
         SAID_BY_NGINX, None,
         note="Portkey's gateway as npm has it keeps no answers."),
]
