"""Rows of the stars table: stars that members give finished movies.

A star that was taken back keeps its row, which tells that a press was counted. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.errors import DuplicateInteraction
from bot.domain.delivery import NotificationType, Venue
from bot.domain.job import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.refusal import Refused
from data import jobs, outbox, preferences, server_setup
from data.database import Transaction


@dataclass(frozen=True, slots=True)
class Starred:
    """A member's star, and how many a movie has now.

    `posted`: it has just reached the server's threshold, and will be posted in the gallery.
    """

    given: bool
    stars: int
    posted: bool = False


_TOGGLE: Final = """
INSERT INTO stars (job_id, member_id, guild_id, given, created_at, interaction_id)
VALUES (:job_id, :member_id, :guild_id, 1, :now, :interaction_id)
ON CONFLICT (job_id, member_id) DO UPDATE SET given = 1 - stars.given, created_at = :now,
    interaction_id = :interaction_id WHERE stars.interaction_id < :interaction_id
RETURNING given
"""


def toggle(
    tx: Transaction, job_id: str, member_id: int, *, interaction_id: int, may_post: bool = True
) -> Starred | Refused:
    """Give a movie a star, or take it back.

    At the server's threshold, the movie goes to the gallery, once. Without `may_post`, its star only counts.

    Raises:
        DuplicateInteraction: The interaction, or a later one of the member's, was counted already.
    """
    preferences.lock(tx, member_id)  # their data may be erased at the same time
    job = jobs.lock(tx, job_id)
    if job.member_id == member_id:
        return Refused("stars-own")
    if job.state is not JobState.COMPLETED or job.removed_at is not None or not job.request.prompt:
        return Refused("stars-gone")
    press = {"job_id": job_id, "member_id": member_id, "guild_id": job.guild_id, "now": tx.now}
    row = tx.fetch_one(_TOGGLE, {**press, "interaction_id": interaction_id})
    if row is None:
        raise DuplicateInteraction
    stars = count(tx, job_id)
    given = bool(row["given"])
    return Starred(given, stars, posted=given and may_post and _reaches_gallery(tx, job, stars))


def count(tx: Transaction, job_id: str) -> int:
    """Count a movie's stars."""
    row = tx.fetch_one("SELECT COUNT(*) FROM stars WHERE job_id = :job_id AND given = 1", {"job_id": job_id})
    assert row is not None
    return row[0]


def _reaches_gallery(tx: Transaction, job: Job, stars: int) -> bool:
    """Queue a movie for the gallery.

    Return False where it doesn't go there.
    """
    setup = server_setup.get(tx, job.guild_id)
    if setup.gallery is None or setup.gallery_stars is None or stars < setup.gallery_stars:
        return False
    if job.delivery_target is not DeliveryTarget.CHANNEL or preferences.get(tx, job.member_id).unlisted:
        return False
    posted = tx.fetch_one(
        "SELECT 1 FROM outbox WHERE job_id = :job_id AND (type = :starred OR venue IN (:gallery, :forum))",
        {
            "job_id": job.id,
            "starred": NotificationType.STARRED.value,
            "gallery": Venue.GALLERY.value,
            "forum": Venue.FORUM.value,
        },
    )
    if posted is not None:
        return False
    outbox.enqueue(tx, job.id, NotificationType.STARRED)
    return True
