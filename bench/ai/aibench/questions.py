"""What is asked and what the model answers: about a kilobyte each."""

import json

MODEL = "gpt-4o-mini"
SYSTEM = "You are the help desk of a library. Answer in plain words, name the shelf, and keep to what the catalogue says. "
QUESTION = "Where do I find books on bridges, and how long may I keep them? " * 12
ANSWER = "Books on bridges stand on the second floor, shelf 624. You may keep them for four weeks. " * 8

PLAIN = {
    "model": MODEL,
    "max_tokens": 256,
    "messages": [{"role": "system", "content": SYSTEM}, {"role": "user", "content": QUESTION}],
}
STREAMED = PLAIN | {"stream": True}
ANTHROPIC = {"model": MODEL, "max_tokens": 256, "system": SYSTEM, "messages": [{"role": "user", "content": QUESTION}]}

REPLY = json.dumps({
    "id": "chatcmpl-bench",
    "object": "chat.completion",
    "created": 1700000000,
    "model": MODEL,
    "choices": [{"index": 0, "message": {"role": "assistant", "content": ANSWER}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 190, "completion_tokens": 160, "total_tokens": 350},
})


def text_of_plain(body):
    return json.loads(body)["choices"][0]["message"]["content"]


def text_of_anthropic(body):
    return json.loads(body)["content"][0]["text"]


def text_of_stream(body):
    """Of a whole stream of OpenAI's; raises where it did not end as it should."""
    events = [line[len("data: "):] for line in body.splitlines() if line.startswith("data: ")]
    if events[-1] != "[DONE]":
        raise ValueError(f"the stream ends with {events[-1]}")
    choices = [choice for event in events[:-1] for choice in json.loads(event)["choices"]]
    return "".join(choice["delta"].get("content") or "" for choice in choices)


def bytes_of(question):
    return json.dumps(question, separators=(",", ":")).encode()
