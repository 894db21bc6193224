"""An HTTP/1.1 answer out of the bytes of a connection (RFC 9112), as much of it as the load needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    status: int
    hit: bool
    age: int  # seconds; -1: it says none
    closes: bool  # no request after this one
    body: bytes
    head: bytes

    def made_by(self):
        """Release, path and number, as an origin writes them; empty where it is nothing of the kind."""
        words = self.body.split(b" ", 3)
        if len(words) != 4 or not words[2].isdigit():
            return "", "", 0
        return words[0].decode("latin-1"), words[1].decode("latin-1"), int(words[2])


def take(received):
    """Takes an answer off the front of a bytearray; None as long as it is not all there."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(received[: end + 2])
    lower = head.lower()
    if b"\r\ntransfer-encoding:" in lower:
        body, length = _chunks(received, end + 4)
    else:
        length = end + 4 + int(_field(lower, b"content-length") or 0)
        body = bytes(received[end + 4 : length]) if len(received) >= length else None
    if body is None:
        return None
    del received[:length]
    return Answer(
        status=int(head[9:12]),
        hit=b"; hit" in _field(lower, b"cache-status"),
        age=int(_field(lower, b"age") or -1),
        closes=b"close" in _field(lower, b"connection"),
        body=body,
        head=head,
    )


def _field(head, name):
    """Its value; empty where it is missing."""
    start = head.find(b"\r\n" + name + b":")
    if start < 0:
        return b""
    start += len(name) + 3
    return head[start : head.index(b"\r\n", start)].strip()


def _chunks(received, at):
    """The body of a chunked answer without trailers (section 7.1) and where it ends; None before that."""
    body = b""
    while True:
        line = received.find(b"\r\n", at)
        if line < 0:
            return None, 0
        size = int(received[at:line].split(b";")[0], 16)
        at = line + 2 + size + 2
        if len(received) < at:
            return None, 0
        if size == 0:
            return body, at
        body += received[line + 2 : at - 2]
