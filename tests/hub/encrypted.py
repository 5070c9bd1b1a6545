"""A web server with a certificate before the hub, as nginx or Caddy stands there."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from certipy import Certipy


@contextmanager
def encrypted(port: int, behind: int, certificates: Path) -> Iterator[None]:
    """Hand on what arrives encrypted at `port` of this computer to the server at the port `behind`."""
    store = Certipy(store_dir=str(certificates))
    store.create_ca("authority")
    issued = store.create_signed_pair("hub", "authority")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(issued["files"]["cert"], issued["files"]["key"])
    loop = asyncio.new_event_loop()

    async def hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", behind)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))

    # In a thread of its own: the browser's tests have a loop in theirs.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    started = asyncio.start_server(hand_on, "127.0.0.1", port, ssl=context)
    asyncio.run_coroutine_threadsafe(started, loop).result(10)
    yield
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, ssl.SSLError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
