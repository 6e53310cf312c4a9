"""The circuit breaker of the submissions, as the workers and the publisher ask for it."""

from __future__ import annotations

from bot.domain.breaker import Breaker, Outage
from data import breakers
from data.database import Transaction
from data.store_part import StorePart


class BreakerStore(StorePart):
    """Keeps the Protocol `BreakerStore` of bot/worker/interfaces.py. What a submission changes is in data/submissions.py."""

    async def breaker(self) -> Breaker:
        """Read the circuit breaker's record."""
        return await self._database.read(breakers.read)

    async def outage(self) -> Outage | None:
        """Return the outage that members read of."""
        return (await self.breaker()).shown_outage

    async def take_probe(self, now: int) -> bool:
        """Take the probe where it is due. Only one caller gets it, until its lease ends."""

        def work(tx: Transaction) -> bool:
            breaker = breakers.lock(tx)
            if not breaker.probe_is_due(now):
                return False
            breakers.write(tx, breaker.probing(now))
            return True

        return (await self.breaker()).probe_is_due(now) and await self._database.write(work)

    async def probe_answered(self) -> None:
        """Half-open the breaker: the API answered the probe."""

        def work(tx: Transaction) -> None:
            breakers.change(tx, lambda breaker: breaker.probe_answered())

        await self._database.write(work)

    async def probe_failed(self, outage: Outage, now: int, retry_after_ms: int | None) -> None:
        """Keep the breaker open for a longer pause."""

        def work(tx: Transaction) -> None:
            breakers.change(tx, lambda breaker: breaker.probe_failed(outage, now, retry_after_ms))

        await self._database.write(work)

    async def release_probe(self, now: int) -> None:
        """Leave a probe that was not made to the next process."""

        def work(tx: Transaction) -> None:
            breakers.change(tx, lambda breaker: breaker.probe_released(now))

        await self._database.write(work)

    async def take_report(self) -> Breaker | None:
        """Return the breaker where the log does not say yet that it opened or closed. Only one caller gets it."""

        def work(tx: Transaction) -> Breaker | None:
            return breakers.take_report(tx)

        return await self._database.write(work)
