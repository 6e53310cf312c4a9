"""Pitches: members propose a movie, pay for it together, and get it.

    pitch ──► post its message ──► record_message
          └─► its process dies  ──► withdraw_unposted
    chip_in | take_back | vote | withdraw | remove: one press, one transaction, one outcome
    end_gone | end_in_channel: its message or channel was deleted
    run_due: what a worker does at a pitch's end, at a month's end, and while one waits for the plan

A member's press that was handled before (Discord can send one to two processes) gives None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits, Shortfall
from bot.domain.numbered_page import NumberedPage
from bot.domain.order import InvalidDraft, Order, OrderContext
from bot.domain.pitch import (
    UNKNOWN_RIGHTS,
    Ended,
    Funded,
    MakerRights,
    Pitch,
    Pitched,
    PitchSort,
    Pledge,
    Pledged,
    PledgeOutcome,
    Refused,
    Waiting,
)
from bot.domain.prompt_refusal import PromptRefusal
from bot.domain.quota import AuditContext, Block
from bot.domain.risk import Refusal
from bot.services.orders import ACK_TIMEOUT_MS
from bot.services.refused_prompts import RefusedPrompts
from data import pitch_ends, pitch_funding, pitch_messages, pitches, pledges, pledging
from data.compiled_filters import CompiledFilters, write_checked
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

_BATCH: Final = 200
"""Pitches of one run. The next one goes on with the others."""


class PitchService:
    """Makes, changes and ends pitches. `catalogue` and `limits` are the operator's.

    `allowed_servers` (empty: all) are those whose pitches may still be funded.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        catalogue: Catalogue,
        limits: Limits,
        filters: CompiledFilters,
        refused_prompts: RefusedPrompts,
        *,
        allowed_servers: frozenset[int] = frozenset(),
    ) -> None:
        self._database = database
        self._clock = clock
        self._catalogue = catalogue
        self._limits = limits
        self._filters = filters
        self._refused_prompts = refused_prompts
        self._allowed_servers = allowed_servers

    async def pitch(self, order: Order) -> Pitched | InvalidDraft | PromptRefusal | Shortfall | Refused | None:
        """Make a pitch of an order, at today's price; nothing is held.

        Shortfall: no month's budget can pay for it. Refused: the member has too many open ones.
        """
        made = await write_checked(self._database, self._filters, pledging.pitch, order, self._catalogue, self._limits)
        self._refused_prompts.count(made, order.context)
        return made

    async def record_message(self, pitch: Pitch, message_id: int) -> bool:
        """Record a pitch's message, once Discord accepted it.

        Return False where it has one already: the newer one is superfluous. Send it with `pitch.nonce`.
        """
        return await self._database.write(pitch_messages.record, pitch.id, message_id)

    async def find(self, pitch_id: str, guild_id: int) -> Pitch | None:
        """Return a pitch of a server as it is now."""
        pitch = await self._database.read(pitches.find, pitch_id)
        return pitch if pitch is not None and pitch.guild_id == guild_id else None

    async def is_own(self, pitch: Pitch, member_id: int) -> bool:
        """Return whether a member made a pitch, or pays for it."""
        if pitch.member_id == member_id:
            return True
        pledge = await self._database.read(pledges.find, pitch.id, member_id)
        return pledge is not None and pledge.state.is_paying

    async def channels(self, guild_id: int) -> list[int]:
        """Return the channels of a server's open pitches."""
        return await self._database.read(pitches.channels, guild_id)

    async def page(
        self, guild_id: int, reader_id: int, channels: Sequence[int], sort: PitchSort, number: int, size: int
    ) -> NumberedPage[Pitch]:
        """Return a page of a server's open pitches in these channels, and of those that are the reader's."""
        return await self._database.read(pitches.page, guild_id, reader_id, channels, sort, number, size)

    async def open_of(self, guild_id: int, member_id: int) -> list[Pitch]:
        """Return a member's own open pitches in a server."""
        return await self._database.read(pitches.open_of, guild_id, member_id)

    async def pledged_to(self, guild_id: int, member_id: int) -> frozenset[str]:
        """Return the ids of the open pitches in a server that a member has pledged to."""
        return await self._database.read(pledges.pledged_to, guild_id, member_id)

    async def own_pledge(self, pitch_id: str, member_id: int) -> Pledge | None:
        """Return what a member holds for an open pitch."""
        return await self._database.read(pledging.own_pledge, pitch_id, member_id)

    async def chip_in(
        self,
        context: OrderContext,
        pitch_id: str,
        amount: int | None,
        *,
        limit: int | None = None,
        maker: MakerRights = UNKNOWN_RIGHTS,
    ) -> PledgeOutcome | None:
        """Add to a member's pledge.

        None is the rest: exactly what is missing at that moment, but no more than `limit`, which its button showed.
        Refused with TOO_MUCH says what is missing; Shortfall what the member has. Never a part of an amount. `maker` is
        what Discord says now of the member who made the pitch: without it, staff may have to approve the movie.

        Raises:
            ValueError: The amount is not positive.
        """
        outcome = await write_checked(
            self._database,
            self._filters,
            pledging.chip_in,
            context,
            pitch_id,
            amount,
            self._catalogue,
            self._limits,
            limit=limit,
            maker=maker,
        )
        self._follow_up(pitch_id, outcome)
        return outcome

    async def take_back(
        self, context: OrderContext, pitch_id: str, amount: int | None = None
    ) -> Pledged | Refused | None:
        """Return a member's pledge or a part of it to its sources.

        Raises:
            ValueError: The amount is not positive.
        """
        outcome = await self._database.write(pledging.take_back, context, pitch_id, amount)
        self._follow_up(pitch_id, outcome)
        return outcome

    async def vote(self, guild_id: int, member_id: int, pitch_id: str) -> Pitch | Refused | Refusal | Block:
        """Vote for a pitch, once a member. Votes only sort."""
        outcome = await self._database.write(pledging.vote, pitch_id, guild_id, member_id)
        self._follow_up(pitch_id, outcome)
        return outcome

    async def withdraw(self, guild_id: int, member_id: int, pitch_id: str) -> Ended | Refused:
        """End a pitch for its member, and return every pledge."""
        outcome = await self._database.write(pitch_ends.withdraw, pitch_id, guild_id, member_id)
        self._follow_up(pitch_id, outcome)
        return outcome

    async def remove(self, by: AuditContext, pitch_id: str) -> Ended | Refused:
        """End a pitch for a server's staff, and return every pledge.

        Raises:
            DuplicateInteraction: The interaction has removed it already.
        """
        outcome = await self._database.write(pitch_ends.remove, pitch_id, by=by)
        self._follow_up(pitch_id, outcome)
        return outcome

    async def end_gone(self, pitch: Pitch) -> None:
        """End a pitch whose message Discord no longer has, and return every pledge."""
        outcome = await self._database.write(pitch_ends.end_gone, pitch.id, pitch.message_id)
        self._follow_up(pitch.id, outcome)

    async def end_in_channel(self, guild_id: int, channel_id: int) -> None:
        """End the pitches of a deleted channel and of its threads.

        Raises:
            StorageError: The database fails. The daily check ends the rest.
        """
        for pitch_id in await self._database.read(pitches.open_in, guild_id, channel_id):
            outcome = await self._database.write(pitch_ends.end_gone, pitch_id, None)
            self._follow_up(pitch_id, outcome)

    async def withdraw_unposted(self, *, only_instance: bool = False) -> None:
        """Withdraw pitches whose process died before it posted them.

        Nobody has seen them, and they count as their member's open ones. `only_instance`: no other process runs, and
        this one makes no pitches yet, so none is still being posted.
        """
        before = None if only_instance else self._clock.now() - ACK_TIMEOUT_MS
        for pitch_id in await self._database.read(pitch_messages.unposted, before, _BATCH):
            outcome = await self._database.write(pitch_ends.withdraw_unposted, pitch_id)
            self._follow_up(pitch_id, outcome)

    async def run_due(self) -> int:
        """Do what is due for each pitch; return how many went on.

        Their end, a month's end, and another try to fund those that wait. A pitch that fails holds no other up.

        Raises:
            StorageError: The due pitches can't be read.
        """
        went_on = 0
        for pitch_id in await self._database.read(pitches.due, _BATCH):
            try:
                outcome = await write_checked(
                    self._database,
                    self._filters,
                    pitch_funding.run_due,
                    pitch_id,
                    self._catalogue,
                    self._limits,
                    self._allowed_servers,
                )
            except Exception:  # noqa: BLE001 (the next run tries this one again)
                _log.exception("pitch_failed", pitch_id=pitch_id)
                continue
            self._follow_up(pitch_id, outcome)
            went_on += outcome is not None
        return went_on

    def _follow_up(self, pitch_id: str, outcome: object) -> None:
        """Log how a pitch went on."""
        match outcome:
            case Funded(job=job):
                _log.info("pitch_funded", pitch_id=pitch_id, job_id=job.id)
            case Ended(pitch):
                _log.info("pitch_ended", pitch_id=pitch_id, reason=pitch.end_reason)
            case Waiting(pitch):
                _log.info("pitch_waits", pitch_id=pitch_id, reason=pitch.waits_for)
            case _:
                pass
