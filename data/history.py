"""How long movies took: the newest of each video model, so that the engine knows what is usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.durations import RenderSample
from data.database import Transaction
from data.store_part import StorePart

_NEXT_MODEL = "SELECT MIN(video_model) FROM jobs WHERE state = 'completed' AND video_model > :after"
"""Steps from model to model over the index, for DISTINCT would walk over every movie."""

_NEWEST = """
SELECT duration_seconds, took_ms FROM jobs
WHERE state = 'completed' AND video_model = :video_model AND took_ms IS NOT NULL ORDER BY id DESC LIMIT :most
"""


class HistoryStore(StorePart):
    """The movies that were made. Keeps the Protocol `Past` of bot/worker/interfaces.py."""

    async def render_samples(self, limit: int) -> Mapping[str, Sequence[RenderSample]]:
        """The newest `most` movies of each video model, the newest first, whose time is known well enough.

        It counts from the submission to the poll that found the movie, which is a little late.
        """
        return await self._database.read_long(lambda tx: {model: _newest(tx, model, limit) for model in _models(tx)})


def _models(tx: Transaction) -> list[str]:
    models: list[str] = []
    while (row := tx.fetch_one(_NEXT_MODEL, {"after": models[-1] if models else ""})) is not None and row[
        0
    ] is not None:
        models.append(row[0])
    return models


def _newest(tx: Transaction, video_model: str, limit: int) -> list[RenderSample]:
    rows = tx.fetch_all(_NEWEST, {"video_model": video_model, "most": limit})
    return [RenderSample(row["duration_seconds"], row["took_ms"] / 1000) for row in rows]
