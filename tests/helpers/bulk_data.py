"""Consistent databases of any size, written with bulk SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.helpers import migrated_file

GUILD, OTHER = 1, 2
MONTH = "2026-11"
START = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp() * 1000)
END = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp() * 1000)

_STATES = ("completed",) * 7 + ("failed", "failed", "rendering")
_MODELS = ("LUMA", "KLINGIMGTOVIDPRO", "VEOI2V")
_REASONS = ("upstream_failed", "request_rejected")
_MEMBERS = 200

_JOB = (
    "INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,"
    " video_model, image_model, aspect_ratio, price_credits, state, created_at, finished_at, next_run_at,"
    " samsar_request_id, end_reason)"
    " VALUES (?, ?, ?, 5, ?, ?, ?, ?, ?, 'FLUX1.1PRO', '16:9', ?, ?, ?, ?, ?, ?, ?)"
)
_ROW = (
    "INSERT INTO ledger_entries"
    " (id, created_at, entry_type, guild_id, member_id, month, allowance, extra, upstream_charge, job_id, hold_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)"
)
_BOOKED = """
INSERT INTO balances (scope, guild_id, member_id, month, used, held)
SELECT :scope, {guild}, {member}, month,
    SUM(CASE entry_type WHEN 'capture' THEN allowance ELSE {upstream_charge} END),
    SUM(CASE entry_type WHEN 'hold' THEN allowance ELSE -allowance END)
FROM ledger_entries GROUP BY 2, 3, 4
"""


@dataclass(frozen=True)
class SampleMovie:
    number: int
    guild: int
    member: int
    credits: int
    seconds: int
    model: str
    state: str
    reason: str | None
    at: int
    ended: int

    @property
    def upstream_charge(self) -> int:
        return self.credits if self.reason == "upstream_failed" else 0


def generate_month(count: int, guilds: tuple[int, ...] = (GUILD,)) -> list[SampleMovie]:
    step = (END - START) // count
    return [_movie(number, guilds[number % len(guilds)], START + number * step) for number in range(count)]


def write(path: Path, movies: list[SampleMovie], prompt: str = "a red balloon over the sea, number {}") -> None:
    if not path.exists():
        migrated_file.create(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(_JOB, (_job(movie, prompt) for movie in movies))
        connection.executemany(_ROW, (row for movie in movies for row in _rows(movie)))
        for scope, guild, member, upstream_charge in (
            ("member", "guild_id", "member_id", "0"),
            ("server", "guild_id", "0", "0"),
            ("plan", "0", "0", "upstream_charge"),
        ):
            connection.execute(
                _BOOKED.format(guild=guild, member=member, upstream_charge=upstream_charge), {"scope": scope}
            )


def job_id(movie: SampleMovie) -> str:
    return f"{movie.number:013}"


def _movie(number: int, guild: int, at: int) -> SampleMovie:
    state = _STATES[number * 7 % len(_STATES)]
    seconds = 5 + number % 40
    model = _MODELS[number % len(_MODELS)]
    reason = _REASONS[number // 10 % 2] if state == "failed" else None
    per_second = 60 if model == "VEOI2V" else 10
    member = 100 + number * number % _MEMBERS
    return SampleMovie(number, guild, member, seconds * per_second, seconds, model, state, reason, at, at + 300_000)


def _job(movie: SampleMovie, prompt: str) -> tuple[object, ...]:
    ended = movie.ended if movie.state != "rendering" else None
    due = None if ended else movie.ended
    return (
        job_id(movie),
        movie.number + 1,
        movie.guild,
        movie.member,
        f"member {movie.member}",
        prompt.format(movie.number),
        movie.seconds,
        movie.model,
        movie.credits,
        movie.state,
        movie.at,
        ended,
        due,
        f"request-{movie.number}",
        movie.reason,
    )


def _rows(movie: SampleMovie) -> Iterator[tuple[object, ...]]:
    whose = (movie.guild, movie.member, MONTH, movie.credits)
    hold = f"{movie.at:013}-{movie.number:010}h"
    yield (hold, movie.at, "hold", *whose, 0, job_id(movie), None)
    if movie.state != "rendering":
        kind = "capture" if movie.state == "completed" else "release"
        entry = f"{movie.ended:013}-{movie.number:010}r"
        yield (entry, movie.ended, kind, *whose, movie.upstream_charge, job_id(movie), hold)
