"""Notices to followers who can't be mentioned where a movie was posted.

Who also paid for the movie gets a notice about the pitch instead, which says their share.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.job import Job
from bot.domain.message import MessageKind
from bot.domain.pitch import PledgeState
from data import messages, pledges
from data.database import Transaction


def followers(tx: Transaction, job_id: str) -> tuple[int, ...]:
    """Return who is mentioned besides the member when a movie is done."""
    rows = tx.fetch_all("SELECT member_id FROM followers WHERE job_id = :job_id ORDER BY member_id", {"job_id": job_id})
    return tuple(row["member_id"] for row in rows)


def announce(tx: Transaction, job: Job, member_ids: Collection[int]) -> None:
    """Tell followers of a finished movie by DM, once each. Not who follows it no more, or whose data is erased."""
    # locked: who stops following it, or whose data is erased, takes back what is written here
    rows = tx.fetch_all(
        f"SELECT member_id FROM followers WHERE job_id = :job_id ORDER BY member_id{tx.for_update}", {"job_id": job.id}
    )
    left = {row["member_id"] for row in rows}
    for member_id in sorted(member_ids):
        pledge = None if job.pitch_id is None else pledges.find(tx, job.pitch_id, member_id)
        if pledge is not None and pledge.state is PledgeState.SPENT:
            made = (pledge.pitch_id, member_id, job.guild_id)
            messages.announce(tx, MessageKind.MADE, *made, credits=pledge.spent, once=True)
        elif member_id in left:
            messages.announce(tx, MessageKind.FOLLOWED, job.id, member_id, job.guild_id, once=True)
