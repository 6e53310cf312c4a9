"""Formats amounts, durations, times and other parts of messages."""

from __future__ import annotations

import discord

from bot.domain.job import Job
from bot.domain.quota import Block

BRAND = discord.Colour(0xE8B04B)
SUCCESS = discord.Colour(0x3BA55D)
ERROR = discord.Colour(0xD9534F)
NEUTRAL = discord.Colour(0x8A8F98)
WARNING = discord.Colour(0xD98E3F)

_CELLS = 10
_ROUNDS_TO_A_MINUTE = 55


def format_credits(amount: int) -> str:
    """Format credits, such as "1 credit" or "600 credits"."""
    return f"{amount:,} credit" if amount == 1 else f"{amount:,} credits"


def format_duration(seconds: int) -> str:
    """Format seconds exactly, such as "1 min 30 s"."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def format_rough_duration(seconds: float) -> str:
    """Format seconds roughly.

    Such as "20 s", "3 min" or "1 h 10 min".
    """
    minutes = rough_minutes(seconds)
    if not minutes:
        return f"{max(5, 5 * round(seconds / 5))} s"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def rough_minutes(seconds: float) -> int:
    """Round seconds to minutes, above half an hour to five.

    0 where seconds say it better.
    """
    if seconds < _ROUNDS_TO_A_MINUTE:
        return 0
    return round(seconds / 60) if seconds < 30 * 60 else 5 * round(seconds / 300)


def format_movies(amount: int) -> str:
    """Format a number of movies, such as "1 movie" or "3 movies"."""
    return "1 movie" if amount == 1 else f"{amount:,} movies"


def format_timestamp(ms: int, style: str = "R") -> str:
    """Format UTC epoch milliseconds as a Discord timestamp.

    Discord shows it in each reader's time zone.
    """
    return f"<t:{ms // 1000}:{style}>"


def progress_bar(part: int, whole: int) -> str:
    """Draw a bar of ten cells and a percentage.

    The percentage is for screen readers.
    """
    bar, percent = draw_bar(part, whole)
    return f"{bar} {percent}%"


def draw_bar(part: int, whole: int) -> tuple[str, int]:
    """Draw a bar of ten cells, and return it with its percentage."""
    percent = 0 if whole <= 0 else min(100, max(0, 100 * part // whole))
    full = percent * _CELLS // 100
    return f"`{'█' * full}{'░' * (_CELLS - full)}`", percent


def format_block_end(block: Block) -> str:
    """Say until when a member is blocked."""
    return "until it is lifted" if block.until is None else f"until {format_timestamp(block.until, 'f')}"


def job_footer(job: Job) -> str:
    """Build the footer text that identifies a job's messages."""
    return f"ID {job.id}"


def is_footer_of(job: Job, footer: str | None) -> bool:
    """Return whether a footer identifies this job, in any language.

    Older messages have another word before the id.
    """
    return job.id in (footer or "").split()


def mention(member_id: int) -> str:
    """Mention a member."""
    return f"<@{member_id}>"
