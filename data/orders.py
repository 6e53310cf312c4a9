"""From the command to the queue: the hold and the job, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.domain.credits import Limits, Shortfall
from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, Job, JobState
from bot.domain.order import OrderPlaced, OrderRejected
from bot.domain.preferences import Preferences
from bot.domain.quota import Balance, Block
from bot.domain.quote import Quote, QuoteUnavailable
from data import breakers, jobs, ledger, outbox, preferences, quotas, quotes
from data.database import Statement, Transaction
from data.store_part import StorePart

NoJob = TypeVar("NoJob")


class _NotReserved(Exception):
    """A job was not reserved. Raised inside the transaction, so that nothing of it stays."""

    def __init__(self, outcome: OrderRejected) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


class IntakeStore(StorePart):
    """New jobs. Keeps the Protocol `Intake` of bot/worker/interfaces.py."""

    async def create_quote(
        self, offer: Quote, role_ids: Sequence[int], defaults: Limits
    ) -> Balance | Shortfall | Block:
        """Write an offer that fits the member's credits, and return what they have; or say what stands in the way."""

        def work(tx: Transaction) -> Balance | Shortfall | Block:
            blocked = quotas.active_block(tx, offer.guild_id, offer.member_id, offer.created_at)
            if blocked is not None:
                return blocked
            limits, source = quotas.resolve_limits(tx, offer.guild_id, offer.member_id, role_ids, defaults)
            account = ledger.Account.at(offer.guild_id, offer.member_id, offer.created_at)
            shortfall = ledger.shortfall(tx, account, offer.price, limits)
            if shortfall.available < offer.price:
                return shortfall
            quotes.insert(tx, offer)
            return ledger.balance(tx, account, limits, source)

        return await self._database.write(work)

    async def save_quote(self, offer: Quote) -> None:
        """Write an offer whether or not it fits: what is asked for is looked at again when it is taken."""
        await self._database.write(lambda tx: quotes.insert(tx, offer))

    async def get_quote(self, offer_id: str, member_id: int) -> Quote | None:
        """The offer with this id, if it was made to this member."""
        return await self._database.read(lambda tx: quotes.find(tx, offer_id, member_id))

    async def cancel_quote(self, offer_id: str, member_id: int, now: int) -> bool:
        """Its member cancels or changes an offer. False: there is a job of it, or it was not theirs."""
        return await self._database.write(lambda tx: quotes.cancel(tx, offer_id, member_id, now))

    async def why_stale(self, offer_id: str, member_id: int, now: int) -> QuoteUnavailable | None:
        """Why an offer can't be taken any more; None: it can."""
        return await self._database.read(lambda tx: quotes.unavailability(tx, offer_id, member_id, now))

    async def create_job(
        self,
        member_id: int,
        make: Callable[[Preferences], Job | NoJob],
        role_ids: Sequence[int],
        defaults: Limits,
        offer_id: str | None = None,
        *,
        changed: bool = False,
    ) -> OrderPlaced | OrderRejected | NoJob | None:
        """Hold the credits for a job and write it, and say how many wait in front of it; or what stood in the way.

        `make` makes the job of what is remembered of the member; where it makes anything else, that is returned, and
        nothing is written.

        The limits in force are read in the same transaction, and the offer that the job is made of, if it is made of
        one (as it stands, or `changed` by its form), is taken in it. None: this interaction has a job already, and
        nothing was held.
        """

        def work(tx: Transaction) -> OrderPlaced | OrderRejected | NoJob | None:
            remembered = preferences.find(tx, member_id)
            job = make(remembered)
            if not isinstance(job, Job):
                return job
            assert job.member_id == member_id
            blocked = quotas.active_block(tx, job.guild_id, member_id, job.created_at)
            if blocked is not None:
                return OrderRejected(job, blocked)
            in_force = quotas.effective_limits(tx, job.guild_id, member_id)
            limits, _ = in_force.limits(role_ids, defaults)
            with_limits = tuple(role_id for role_id in role_ids if role_id in in_force.roles)
            if with_limits:  # remembered with the job, for when the member is not at hand
                job = replace(job, role_ids=with_limits)
            if not jobs.insert(tx, job):
                return None
            preferences.remember(tx, member_id, remembered, job.request)
            account = ledger.Account.at(job.guild_id, member_id, job.created_at)
            try:
                if offer_id is not None:
                    quotes.accept(tx, offer_id, member_id, job.id, job.created_at, changed=changed)
                ledger.hold(tx, job.id, account, job.price, limits, job.created_at)
            except ledger.InsufficientCredits as refused:
                raise _NotReserved(OrderRejected(job, refused.shortfall)) from refused
            except quotes.QuoteUnavailableError as refused:
                raise _NotReserved(OrderRejected(job, refused.stale)) from refused
            return OrderPlaced(job, jobs.queue_position(tx, job.id), breakers.read(tx).shown_outage)

        try:
            return await self._database.write(work)
        except _NotReserved as refused:
            return refused.outcome

    async def enqueue(self, job_id: str, card_id: int, now: int) -> bool:
        """Queue a job: Discord accepted the answer. False: it was withdrawn meanwhile."""
        confirming = Statement(
            "UPDATE jobs SET acknowledged_at = :now, next_run_at = :now, card_message_id = :card_id WHERE id = :id AND state = 'queued'",
            {"id": job_id, "card_id": card_id, "now": now},
        )
        return await self._database.write(confirming) == 1

    async def void(self, job_id: str, now: int, *, notify: bool) -> bool:
        """Cancel a job whose member was never answered, and give the credits back. False: it is in the queue already.

        `tell` owes the member a word about it: for where the answer may have been seen all the same.
        """

        def work(tx: Transaction) -> bool:
            row = tx.fetch_one("SELECT acknowledged_at FROM jobs WHERE id = :id", {"id": job_id})
            if row is None or row["acknowledged_at"] is not None:
                return False
            return cancel(tx, job_id, EndReason.RESPONSE_FAILED, now, notify=notify)

        return await self._database.write(work)

    async def void_unacknowledged(self, before: int | None, now: int) -> Sequence[str]:
        """Cancel every job that was reserved before this moment and never answered: its process died in between.

        None: whenever it was reserved.
        """

        def work(tx: Transaction) -> list[str]:
            rows = tx.fetch_all(
                "SELECT id FROM jobs WHERE state = 'queued' AND next_run_at IS NULL AND acknowledged_at IS NULL"
                " AND (CAST(:before AS BIGINT) IS NULL OR created_at < :before OR created_at > :ahead)",
                # ahead: the clock was set back since
                {"before": before, "ahead": None if before is None else 2 * now - before},
            )
            return [row["id"] for row in rows if cancel(tx, row["id"], EndReason.RESPONSE_FAILED, now, notify=True)]

        return await self._database.write(work)


def cancel(tx: Transaction, job_id: str, reason: EndReason, now: int, *, notify: bool) -> bool:
    """Cancel a job that waits, and give its credits back. False: it waits no longer."""
    changes = {"end_reason": reason.value, "finished_at": now, "next_run_at": None}
    if jobs.transition(tx, job_id, JobState.CANCELLED, changes) is None:
        return False
    ledger.release(tx, job_id, now, upstream_charged=False)
    if notify:
        outbox.enqueue(tx, job_id, NotificationType.CANCELLED, now)
    return True
