"""Long reads are limited in number, and none is on the connections that orders and short reads use."""

from __future__ import annotations

import asyncio
import threading

from data.database import LONG_READS, Database, Transaction


async def test_fifty_long_reads_open_few_connections_and_threads(database: Database) -> None:
    """The others wait, and the bot goes on."""
    loop, entered, go = asyncio.get_running_loop(), asyncio.Semaphore(0), threading.Event()
    before = {*threading.enumerate()}

    def look(tx: Transaction) -> int:
        loop.call_soon_threadsafe(entered.release)
        assert go.wait(30)
        return len(tx.fetch_all("SELECT key FROM key_value"))

    reading = [asyncio.create_task(database.read_long(look)) for _ in range(50)]
    for _ in range(LONG_READS):
        await entered.acquire()
    assert len({*threading.enumerate()} - before) == LONG_READS
    await database.write(lambda tx: tx.execute("INSERT INTO key_value (key, value) VALUES ('a', 'b')"))
    assert await database.read(lambda tx: len(tx.fetch_all("SELECT key FROM key_value"))) == 1
    go.set()
    assert await asyncio.gather(*reading) == [1] * 50
