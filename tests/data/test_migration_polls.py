"""The file of a bot that kept no times of polls: movies made before still say what is usual."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.durations import RenderSample
from data.database import Database
from data.migrations_runner import load_migrations, migrate
from data.store import JobStore
from tests.helpers.store_harness import NOW

_JOB = """
INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, prompt, seconds, video_model, image_model,
                  aspect_ratio, credits, state, created_at, submitted_at, finished_at, member_name)
VALUES (?, ?, 10, 20, 1, 'a cat', 10, 'LUMA', 'FLUX1.1PRO', '16:9', 100, ?, ?, ?, ?, '')
"""


async def test_movies_made_before_count_as_they_were(tmp_path: Path) -> None:
    """Those that were not made, or whose start is not known, never did."""
    path = tmp_path / "movies.db"
    migrate(path, load_migrations()[:8])
    with closing(sqlite3.connect(path)) as connection, connection:
        for number, (state, submitted_at, finished_at) in enumerate(
            [
                ("completed", NOW, NOW + 90_000),
                ("completed", NOW, NOW + 200_000),
                ("completed", None, NOW),
                ("failed", NOW, NOW + 5_000),
                ("rendering", NOW, None),
            ]
        ):
            connection.execute(_JOB, (f"{number:013}", number, state, NOW, submitted_at, finished_at))
    migrate(path, backup=False)
    database = await Database.open(path)
    try:
        assert await JobStore(database).render_samples(10) == {"LUMA": [RenderSample(10, 200), RenderSample(10, 90)]}
        rendering = await JobStore(database).job(f"{4:013}")
        assert rendering is not None
        assert (rendering.called_back_at, rendering.last_pending_at, rendering.took_ms) == (None, None, None)
    finally:
        await database.close()
