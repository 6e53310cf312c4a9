"""Everything that is stored about one member, as they may have it.

Other people's ids are left out. So are the secrets of callbacks, and what is only remembered as a hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from data import erasure
from data.database import Transaction, Value

Records = dict[str, list[dict[str, Value]]]
"""Rows by their name in the export; each row by column."""

_OWN_JOBS: Final = "job_id IN (SELECT id FROM jobs WHERE member_id = :member_id)"

_INTERACTION: Final = "CASE WHEN interaction_id > 0 THEN interaction_id END AS interaction_id"
"""Cleared ones are 0 or negative; see data/retention.py."""

_QUERIES: Final = {
    "movies": f"""
        SELECT id, state, created_at, submitted_at, finished_at, guild_id AS server_id, channel_id, member_name, prompt,
            duration_seconds, video_model, image_model, aspect_ratio, spoken_language, subtitles, tone, price_credits,
            charged_credits, movie_url, samsar_request_id AS request_id, unverified_request_id, end_reason,
            upstream_message, approval, decline_reason, delivery_target, role_ids, member_language, server_language,
            card_message_id AS message_id, {_INTERACTION},
            continues_id AS continued_movie_id
        FROM jobs WHERE member_id = :member_id ORDER BY id""",
    "messages": f"""
        SELECT job_id AS movie_id, type, status, created_at, sent_at, channel_id, message_id
        FROM outbox WHERE {_OWN_JOBS} ORDER BY job_id, type""",
    "late_answers": f"""
        SELECT job_id AS movie_id, received_at, request_id FROM late_callbacks WHERE {_OWN_JOBS} ORDER BY job_id""",
    "followed_movies": "SELECT job_id AS movie_id FROM followers WHERE member_id = :member_id ORDER BY job_id",
    "stars": f"""
        SELECT job_id AS movie_id, guild_id AS server_id, given, created_at, {_INTERACTION} FROM stars
        WHERE member_id = :member_id ORDER BY job_id""",
    "quotes": """
        SELECT id, created_at, cancelled_at, guild_id AS server_id, channel_id, prompt, own_prompt, base_prompt,
            improvement, style, duration_seconds, video_model, image_model, aspect_ratio, spoken_language, subtitles,
            tone, price_credits, accepted_job_id AS movie_id, continues_id AS continued_movie_id
        FROM quotes WHERE member_id = :member_id ORDER BY id""",
    "preferences": """
        SELECT duration_seconds, video_model, image_model, aspect_ratio, spoken_language, subtitles, tone,
            delivery_target, unlisted
        FROM member_preferences WHERE member_id = :member_id""",
    "balances": """
        SELECT scope, guild_id AS server_id, month, granted, used, held FROM balances
        WHERE scope IN ('member', 'extra') AND member_id = :member_id ORDER BY guild_id, scope, month""",
    "credits": """
        SELECT id, created_at, entry_type, guild_id AS server_id, month, allowance, extra, released_allowance,
            released_extra, upstream_charge, job_id AS movie_id, reason,
            CASE WHEN member_id = :member_id THEN 1 ELSE 0 END AS is_yours,
            CASE WHEN actor_id = :member_id THEN 1 ELSE 0 END AS by_you
        FROM ledger_entries
        WHERE member_id = :member_id OR actor_id = :member_id AND entry_type IN ('grant', 'adjust') ORDER BY id""",
    "limits": """
        SELECT guild_id AS server_id, credits FROM quota_limits
        WHERE scope = 'member' AND subject_id = :member_id ORDER BY guild_id""",
    "blocks": """
        SELECT guild_id AS server_id, expires_at, reason, is_timeout FROM member_blocks
        WHERE member_id = :member_id ORDER BY guild_id""",
    "credit_requests": """
        SELECT id, created_at, guild_id AS server_id, channel_id, credits, price_credits, state, decided_at, notice,
            CASE WHEN member_id = :member_id THEN 1 ELSE 0 END AS is_yours,
            CASE WHEN decided_by = :member_id THEN 1 ELSE 0 END AS by_you
        FROM credit_requests WHERE member_id = :member_id OR decided_by = :member_id ORDER BY id""",
    "gifts": """
        SELECT id, created_at, guild_id AS server_id, channel_id, credits, notice,
            CASE WHEN giver_id = :member_id THEN 1 ELSE 0 END AS by_you,
            CASE WHEN recipient_id = :member_id THEN 1 ELSE 0 END AS to_you
        FROM gifts WHERE giver_id = :member_id OR recipient_id = :member_id ORDER BY id""",
    "movie_reports": f"""
        SELECT job_id AS movie_id, created_at, guild_id AS server_id, reason, {_INTERACTION} FROM movie_reports
        WHERE member_id = :member_id ORDER BY created_at, job_id""",
    "report_decisions": """
        SELECT job_id AS movie_id, state, decided_at, guild_id AS server_id,
            CASE WHEN decided_by = :member_id THEN 1 ELSE 0 END AS decided_by_you,
            CASE WHEN blocked_by = :member_id THEN 1 ELSE 0 END AS blocked_by_you
        FROM reported_movies WHERE decided_by = :member_id OR blocked_by = :member_id ORDER BY job_id""",
    "pitches": f"""
        SELECT id, state, created_at, ends_at, ended_at, end_reason, guild_id AS server_id, channel_id, message_id,
            member_name, prompt, duration_seconds, video_model, image_model, aspect_ratio, spoken_language,
            subtitles, tone, price_credits, member_language, server_language, {_INTERACTION},
            continues_id AS continued_movie_id, parent_channel_id, age_restricted
        FROM pitches WHERE member_id = :member_id ORDER BY id""",
    "pledges": f"""
        SELECT pitch_id, state, created_at, ended_at, guild_id AS server_id, month, allowance, extra, spent,
            member_language, {_INTERACTION}
        FROM pledges WHERE member_id = :member_id ORDER BY pitch_id""",
    "pitch_votes": "SELECT pitch_id FROM pitch_votes WHERE member_id = :member_id ORDER BY pitch_id",
    "pitch_messages": """
        SELECT pitch_id, kind, credits, reason, status, created_at FROM pitch_notices
        WHERE member_id = :member_id ORDER BY pitch_id, kind""",
    "waived_failures": """
        SELECT guild_id AS server_id, waived_at FROM failure_waivers
        WHERE member_id = :member_id ORDER BY guild_id""",
    "log": """
        SELECT id, created_at, guild_id AS server_id, action, amount, duration_hours, job_id AS movie_id, reason_code,
            reason, interaction_id, CASE WHEN subject_id = :member_id THEN 1 ELSE 0 END AS about_you,
            CASE WHEN actor_id = :member_id THEN 1 ELSE 0 END AS by_you
        FROM audit_log WHERE subject_id = :member_id OR actor_id = :member_id ORDER BY id""",
    "requested_erasure": "SELECT id, requested_at, deletes_messages FROM erasure_requests WHERE member_id = :member_id",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """How much is stored about a member.

    `bonus` are credits that an erasure takes. `requested`: one is under way.
    """

    movies: int
    bonus: int
    open_work: erasure.OpenWork
    requested: bool
    known: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is stored."""
        return not self.known


def read(tx: Transaction, member_id: int) -> Records:
    """Read everything that is stored about a member."""
    return {
        name: [dict(zip(row.keys(), row, strict=True)) for row in tx.fetch_all(sql, {"member_id": member_id})]
        for name, sql in _QUERIES.items()
    }


def overview(tx: Transaction, member_id: int) -> Overview:
    """Count what is stored about a member."""
    whose = {"member_id": member_id}
    row = tx.fetch_one(
        "SELECT (SELECT COUNT(*) FROM jobs WHERE member_id = :member_id) AS movies,"
        " (SELECT CAST(COALESCE(SUM(granted - used - held), 0) AS BIGINT) FROM balances"
        " WHERE scope = 'extra' AND member_id = :member_id) AS bonus",
        whose,
    )
    assert row is not None
    return Overview(
        row["movies"],
        row["bonus"],
        erasure.open_work(tx, member_id),
        requested=erasure.find_request(tx, member_id) is not None,
        known=any(tx.fetch_one(sql, whose) for sql in _QUERIES.values()),
    )
