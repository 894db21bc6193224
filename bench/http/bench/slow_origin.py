"""An origin that takes its time, and counts."""

import asyncio
import threading

from bench.programs import ORIGIN

DELAY_MILLIS = 300
PORT = 8091


class SlowOrigin:
    """Answers 1 KiB after 300 ms: kept for an hour, or, where the query asks, not at all."""

    def __init__(self):
        self.answered = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self):
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._serve, ORIGIN[0], PORT, backlog=1024), self._loop
        ).result()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.answered += 1
                await asyncio.sleep(DELAY_MILLIS / 1000)
                kept = b"no-store" if b"?no-store" in head.split(b"\r\n", 1)[0] else b"max-age=3600"
                writer.write(
                    b"HTTP/1.1 200 OK\r\nCache-Control: " + kept + b"\r\nContent-Length: 1024\r\n\r\n" + b"x" * 1024
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
