"""Which movies and pitches someone who presses or reads may see: bot/domain/visibility.py, asked of an interaction."""

from __future__ import annotations

from bot.domain.delivery import WITH_MOVIE
from bot.domain.movie_list import MovieItem
from bot.domain.pitch import Pitch
from bot.ui import job_messages
from cogs.checks import Interaction, may_see
from data import pitches, pledges
from data.database import Database


def sees(interaction: Interaction, item: MovieItem, *, by_card: bool = False) -> bool:
    """Return whether the member, for whom a movie was read, may see it.

    A message of the bot that they clicked counts: where it has the movie, or, `by_card`, is about it. A movie that went
    by DM is shown to no one else.
    """
    job, message, is_own = item.job, interaction.message, item.is_own(interaction.user.id)
    is_there = False
    if message is not None and not message.flags.ephemeral and message.author == interaction.client.user:
        has_movie = any(job_messages.is_notification(job, message, each) for each in WITH_MOVIE)
        is_there = has_movie or (by_card and job_messages.is_about(job, message))
    if item.is_private and not is_own and not is_there:
        return False
    return may_see(interaction, job.guild_id, job.channel_id, is_own=is_own, is_there=is_there)


async def find_pitch(interaction: Interaction, database: Database, pitch_id: str) -> Pitch | None:
    """Return a pitch of this server if the member may see it."""
    pitch = await database.read(pitches.find, pitch_id)
    if pitch is None or pitch.guild_id != interaction.guild_id:
        return None
    is_own = await database.read(pledges.is_own, pitch, interaction.user.id)
    return pitch if may_see(interaction, pitch.guild_id, pitch.channel_id, is_own=is_own) else None
