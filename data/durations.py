"""How long the newest movies of each video model took to render."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.durations import RenderSample
from data.database import Transaction

_NEXT_MODEL = "SELECT MIN(video_model) FROM jobs WHERE state = 'completed' AND video_model > :after"
"""Steps from model to model over the index: DISTINCT would scan every movie."""

_NEWEST = """
SELECT duration_seconds, took_ms FROM jobs
WHERE state = 'completed' AND video_model = :video_model AND took_ms IS NOT NULL ORDER BY id DESC LIMIT :limit
"""


def render_samples(tx: Transaction, limit: int) -> Mapping[str, Sequence[RenderSample]]:
    """Return up to `limit` samples of each video model, the newest first.

    A sample counts from the submission to the poll that found the movie, so it is slightly too long. Movies whose
    duration is not known well enough have none.
    """
    return {model: _newest(tx, model, limit) for model in _models(tx)}


def _models(tx: Transaction) -> list[str]:
    models: list[str] = []
    while True:
        row = tx.fetch_one(_NEXT_MODEL, {"after": models[-1] if models else ""})
        if row is None or row[0] is None:
            return models
        models.append(row[0])


def _newest(tx: Transaction, video_model: str, limit: int) -> list[RenderSample]:
    rows = tx.fetch_all(_NEWEST, {"video_model": video_model, "limit": limit})
    return [RenderSample(row["duration_seconds"], row["took_ms"] / 1000) for row in rows]
