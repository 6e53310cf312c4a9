"""Callbacks of the API.

Each makes its job due for a status poll.
"""

from __future__ import annotations

import structlog

from data import callbacks
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)


class CallbackService:
    """Records callbacks. What they say is not trusted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, token_hash: str, request_id: str | None) -> None:
        """Make the job with this callback token due for a poll."""
        await self._database.write(callbacks.record_callback, token_hash, request_id)
        late = await self._database.write(callbacks.record_late_callback, token_hash, request_id)
        if late is not None:  # the job failed without the API's report: there may be a movie
            _log.warning("callback_after_end", job_id=late, request_id=request_id)
