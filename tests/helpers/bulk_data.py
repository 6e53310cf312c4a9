"""Consistent databases of any size, written with bulk SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.helpers import migrated_file

GUILD, OTHER = 1, 2
START = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp() * 1000)

_STATES = ("completed",) * 7 + ("failed", "failed", "rendering")
_ENTRIES = {"completed": "capture", "failed": "release"}

_JOB = """
INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,
    video_model, image_model, aspect_ratio, price_credits, state, created_at, finished_at, next_run_at,
    samsar_request_id)
VALUES (:id, :number + 1, :guild, 5, :member, 'ada', 'a red balloon', 5, 'LUMA', 'FLUX1.1PRO', '16:9', :credits,
    :state, :at, CASE WHEN :end IS NOT NULL THEN :at + 1 END, CASE WHEN :end IS NULL THEN :at + 1 END,
    'request-' || :id)
"""
_HOLD = """
INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, job_id)
VALUES (:id || 'h', :at, 'hold', :guild, :member, '2026-11', :credits, :id)
"""
_END = """
INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, upstream_charge, job_id,
    hold_id)
SELECT :id || 'r', :at + 1, :end, :guild, :member, '2026-11', :credits, :charge, :id, :id || 'h'
WHERE :end IS NOT NULL
"""
_BOOKED = """
INSERT INTO balances (scope, guild_id, member_id, month, used, held)
SELECT '{scope}', {guild}, {member}, month,
    SUM(CASE entry_type WHEN 'capture' THEN allowance ELSE {charge} END),
    SUM(CASE entry_type WHEN 'hold' THEN allowance ELSE -allowance END)
FROM ledger_entries GROUP BY 2, 3, 4
"""
_SCOPES = {
    "member": {"guild": "guild_id", "member": "member_id", "charge": "0"},
    "server": {"guild": "guild_id", "member": "0", "charge": "0"},
    "plan": {"guild": "0", "member": "0", "charge": "upstream_charge"},
}


@dataclass(frozen=True)
class SampleMovie:
    number: int
    guild: int

    @property
    def state(self) -> str:
        return _STATES[self.number * 7 % len(_STATES)]

    @property
    def member(self) -> int:
        return 100 + self.number * self.number % 200

    @property
    def credits(self) -> int:
        return 10 * (5 + self.number % 40)


def generate_month(count: int, guilds: tuple[int, ...] = (GUILD,)) -> list[SampleMovie]:
    return [SampleMovie(number, guilds[number % len(guilds)]) for number in range(count)]


def write(path: Path, movies: list[SampleMovie]) -> None:
    migrated_file.create(path)
    rows = [_row(movie) for movie in movies]
    with closing(sqlite3.connect(path)) as connection, connection:
        for sql in (_JOB, _HOLD, _END):
            connection.executemany(sql, rows)
        for scope, columns in _SCOPES.items():
            connection.execute(_BOOKED.format(scope=scope, **columns))


def job_id(movie: SampleMovie) -> str:
    return f"{movie.number:013}"


def _row(movie: SampleMovie) -> dict[str, object]:
    return {
        "id": job_id(movie),
        "number": movie.number,
        "guild": movie.guild,
        "member": movie.member,
        "credits": movie.credits,
        "state": movie.state,
        "at": START + movie.number * 1000,
        "end": _ENTRIES.get(movie.state),
        "charge": movie.credits if movie.state == "failed" and movie.number % 20 < 10 else 0,
    }
