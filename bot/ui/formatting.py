"""Formats amounts, durations, times and other parts of messages."""

from __future__ import annotations

import discord

from bot.domain.delivery import PostedMessage
from bot.domain.job import Job
from bot.locales.texts import Texts

BRAND = discord.Colour(0xE8B04B)
STAR = discord.Colour(0xF7D154)
SUCCESS = discord.Colour(0x3BA55D)
ERROR = discord.Colour(0xD9534F)
NEUTRAL = discord.Colour(0x8A8F98)
WARNING = discord.Colour(0xD98E3F)

_CELLS = 10
_ROUNDS_TO_A_MINUTE = 55


def rough_minutes(seconds: float) -> int:
    """Round seconds to minutes, above half an hour to five.

    0 where seconds say it better.
    """
    if seconds < _ROUNDS_TO_A_MINUTE:
        return 0
    return round(seconds / 60) if seconds < 30 * 60 else 5 * round(seconds / 300)


def format_timestamp(ms: int, style: str = "R") -> str:
    """Format UTC epoch milliseconds as a Discord timestamp.

    Discord shows it in each reader's time zone.
    """
    return f"<t:{ms // 1000}:{style}>"


def draw_bar(part: int, whole: int) -> tuple[str, int]:
    """Draw a bar of ten cells, and return it with its percentage."""
    percent = 0 if whole <= 0 else min(100, max(0, 100 * part // whole))
    full = percent * _CELLS // 100
    return f"`{'█' * full}{'░' * (_CELLS - full)}`", percent


def job_footer(job: Job) -> str:
    """Build the footer text that identifies a job's messages."""
    return f"ID {job.id}"


def is_footer_of(job: Job, footer: str | None) -> bool:
    """Return whether a footer identifies this job, in any language.

    Older messages have another word before the id.
    """
    return job.id in (footer or "").split()


def channel_url(guild_id: int | None, channel_id: int) -> str:
    """Return the address of a channel.

    None as the server: it is a direct message's.
    """
    return f"https://discord.com/channels/{'@me' if guild_id is None else guild_id}/{channel_id}"


def message_url(guild_id: int | None, message: PostedMessage) -> str:
    """Return the address of a message.

    None as the server: it is a direct message.
    """
    return f"{channel_url(guild_id, message.channel_id)}/{message.message_id}"


def mention(member_id: int) -> str:
    """Mention a member."""
    return f"<@{member_id}>"


def mention_if_known(texts: Texts, member_id: int) -> str:
    """Mention a member, unless they have erased their data."""
    return mention(member_id) if member_id > 0 else texts("privacy-unnamed")
