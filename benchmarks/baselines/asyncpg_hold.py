"""A reservation as one statement on PostgreSQL, through asyncpg.

A function in the database does all that a reservation does: it asks whether the member may order, writes the job, holds
the credits in each scope and writes the ledger entry. The plan's row, for which all orders wait, is locked last. One
round trip, prepared on each connection, and the commit is the statement's own.
"""

from __future__ import annotations

from typing import Final

import asyncpg

from bot.domain.jobs import Job
from data.ledger import Account

_CREATE: Final = """
CREATE FUNCTION place_order(
    job_id text, interaction bigint, guild bigint, channel bigint, member bigint, name text, prompt text,
    duration integer, video_model text, image_model text, ratio text, price bigint, moment bigint, in_month text,
    entry_id text, member_limit bigint, plan_limit bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    granted_limit bigint;
BEGIN
    IF EXISTS (SELECT 1 FROM key_value WHERE key = 'orders:paused_at')
        OR EXISTS (SELECT 1 FROM server_policies AS p WHERE p.guild_id = guild AND p.blocked_at IS NOT NULL)
        OR EXISTS (SELECT 1 FROM member_blocks AS b WHERE b.guild_id IN (guild, 0) AND b.member_id = member
            AND (b.expires_at IS NULL OR b.expires_at > moment))
    THEN RAISE EXCEPTION 'refused'; END IF;
    SELECT MIN(q.credits) INTO granted_limit FROM quota_limits AS q WHERE q.guild_id = guild
        AND (q.scope IN ('default', 'server') OR q.scope = 'member' AND q.subject_id = member);
    INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,
        video_model, image_model, aspect_ratio, price_credits, state, created_at)
    VALUES (job_id, interaction, guild, channel, member, name, prompt, duration, video_model, image_model, ratio,
        price, 'reserved', moment);
    INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, job_id)
    VALUES (entry_id, moment, 'hold', guild, member, in_month, price, job_id);
    UPDATE balances SET held = held + price WHERE scope = 'member' AND guild_id = guild AND member_id = member
        AND month = in_month AND used + held + price <= COALESCE(granted_limit, member_limit);
    IF NOT FOUND THEN RAISE EXCEPTION 'refused'; END IF;
    UPDATE balances SET held = held + price WHERE scope = 'server' AND guild_id = guild AND member_id = 0
        AND month = in_month;
    IF NOT FOUND THEN RAISE EXCEPTION 'refused'; END IF;
    UPDATE balances SET held = held + price WHERE scope = 'plan' AND guild_id = 0 AND member_id = 0
        AND month = in_month AND used + held + price <= plan_limit;
    IF NOT FOUND THEN RAISE EXCEPTION 'refused'; END IF;
    RETURN (SELECT COUNT(*) FROM jobs AS j WHERE j.state = 'queued' AND j.id < job_id);
END $$
"""

_PLACE: Final = f"SELECT place_order({', '.join(f'${number}' for number in range(1, 18))})"


async def open_pool(url: str, connections: int) -> asyncpg.Pool:
    """Open a pool on a database with the bot's schema, and make the function."""
    pool = await asyncpg.create_pool(url, min_size=connections, max_size=connections)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("DROP FUNCTION IF EXISTS place_order")
        await connection.execute(_CREATE)
    return pool


async def place(pool: asyncpg.Pool, job: Job, limit: int) -> int:
    """Reserve a job; return its place in the queue."""
    request, account = job.request, Account.at(job.guild_id, job.member_id, job.created_at)
    position: int = await pool.fetchval(
        _PLACE,
        *(job.id, job.interaction_id, job.guild_id, job.channel_id, job.member_id, job.member_name),
        *(
            request.prompt,
            request.duration_seconds,
            request.video_model,
            request.image_model,
            request.aspect_ratio.value,
        ),
        *(job.price, job.created_at, account.month, f"ledger-{job.id}", limit, limit),
    )
    return position
