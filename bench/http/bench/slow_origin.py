"""An origin that takes its time, and counts."""

import asyncio
import threading

from bench.programs import ORIGIN

DELAY_MILLIS = 300
PORT = 8091


class SlowOrigin:
    """Answers 1 KiB after a while: kept for an hour, or, where the query asks, not at all."""

    def __init__(self, delay_millis=DELAY_MILLIS):
        self.answered = 0
        self.at_once = 0
        self.most_at_once = 0
        self._delay = delay_millis / 1000
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self):
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._serve, ORIGIN[0], PORT, backlog=1024), self._loop
        ).result()
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self):
        self._server.close()
        serving = asyncio.all_tasks() - {asyncio.current_task()}
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def _serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.answered += 1
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
                await asyncio.sleep(self._delay)
                self.at_once -= 1
                kept = b"no-store" if b"?no-store" in head.split(b"\r\n", 1)[0] else b"max-age=3600"
                writer.write(
                    b"HTTP/1.1 200 OK\r\nCache-Control: " + kept + b"\r\nContent-Length: 1024\r\n\r\n" + b"x" * 1024
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()
