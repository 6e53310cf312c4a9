"""Ends pitches whose message is gone, and does what is due for the others.

cogs/pitches.py and cogs/pitches.py make and change them: one press, one transaction, one outcome.
"""

from __future__ import annotations

from typing import Final

import structlog

from bot.core.clock import Clock
from bot.domain.pitches import Pitch
from bot.services.orders import ACK_TIMEOUT_MS
from data import pitch_ends, pitches, pledging
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

_BATCH: Final = 200
"""Pitches of one run. The next one goes on with the others."""


class PitchService:
    """Ends pitches, or lets them go on."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def end_gone(self, pitch: Pitch) -> None:
        """End a pitch whose message Discord no longer has, and return every pledge."""
        await self._database.write(pitch_ends.end_gone, pitch.id, pitch.message_id)

    async def end_in_channel(self, guild_id: int, channel_id: int) -> None:
        """End the pitches of a deleted channel and of its threads.

        Raises:
            StorageError: The database fails. The daily check ends the rest.
        """
        for pitch_id in await self._database.read(pitches.open_in, guild_id, channel_id):
            await self._database.write(pitch_ends.end_gone, pitch_id, None)

    async def withdraw_unposted(self, *, only_instance: bool = False) -> None:
        """Withdraw pitches whose process died before it posted them.

        Nobody has seen them, and they count as their member's open ones. `only_instance`: no other process runs, and
        this one makes no pitches yet, so none is still being posted.
        """
        before = None if only_instance else self._clock.now() - ACK_TIMEOUT_MS
        for pitch_id in await self._database.read(pitches.unposted, before, _BATCH):
            await self._database.write(pitch_ends.withdraw_unposted, pitch_id)

    async def run_due(self) -> int:
        """Do what is due for each pitch; return how many went on.

        Their end, a month's end, and another try to fund those that wait. A pitch that fails holds no other up.

        Raises:
            StorageError: The due pitches can't be read.
        """
        went_on = 0
        for pitch_id in await self._database.read(pitches.due, _BATCH):
            try:
                went_on += await self._database.write(pledging.run_due, pitch_id) is not None
            except Exception:  # noqa: BLE001 (the next run tries this one again)
                _log.exception("pitch_failed", pitch_id=pitch_id)
        return went_on
