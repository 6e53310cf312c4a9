"""Pending audit entries in any number, written with bulk SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg

from bot.domain.quota import AuditAction
from data.row_id import generate_row_id
from tests.helpers.clock import START
from tests.helpers.ledger_checks import Place

_ENTRY = (
    "INSERT INTO audit_log (id, created_at, guild_id, actor_id, action, subject_id, amount, reason, next_attempt_at)"
    " VALUES (?, ?, ?, 9, ?, 8, ?, '', ?)"
)
_CHANNEL = (
    "INSERT INTO guild_settings (guild_id, staff_channel_id) VALUES (?, ?)"
    " ON CONFLICT (guild_id) DO UPDATE SET staff_channel_id = excluded.staff_channel_id"
)


def write(path: Place, guild_id: int, count: int, *, channel_id: int, due_at: int = START) -> None:
    """Give a server a staff channel and `count` pending entries.

    Each is a new limit of one member, from 0 up.
    """
    rows = (
        (generate_row_id(due_at), due_at, guild_id, AuditAction.SET_MEMBER_LIMIT.value, number, due_at)
        for number in range(count)
    )
    if isinstance(path, str):
        with psycopg.connect(path) as server:
            server.execute(_CHANNEL.replace("?", "%s"), (guild_id, channel_id))
            server.cursor().executemany(_ENTRY.replace("?", "%s"), rows)
        return
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_CHANNEL, (guild_id, channel_id))
        connection.executemany(_ENTRY, rows)
