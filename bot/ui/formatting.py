"""Amounts, durations, times, lists, foreign text and links as messages show them.

Text from members and from the API is escaped, and its URLs are checked. Mentions are also switched off for the whole
client (AllowedMentions.none()).
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from bot.domain.credits import Month
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.operations import Operation
from bot.domain.request import MovieRequest
from bot.domain.text import (
    MAX_LIST_LENGTH,
    MAX_NAME_LENGTH,
    clean_name,
    clean_text,
)
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts

_CELLS = 20
_ROUNDS_TO_A_MINUTE = 55

_TITLE_LENGTH: Final = 80
_LEAST_TITLE: Final = 8
"""Characters: "Oh" is no title for "Oh, what a day"."""
_STOP = re.compile(r"(?<=[.!?])\s|[,;:]\s|\s[-–—]\s|[\u3001\u3002\uff0c\uff1b\uff1a]|(?<=[\uff01\uff1f])")
"""What ends a clause, also in Chinese and Japanese."""

_MARKUP = re.compile(r"([\\`*_~|<>\[\]()#@:+\-=!])")
_LIST = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)
_UNSAFE_IN_URL = re.compile(r"[\s<>\"`|\\^{}]|@(?:everyone|here)", re.IGNORECASE)
_LINE_BREAKS = re.compile(r"\s*\n\s*")

MAX_LINES = 12
"""A prompt of 500 characters could have 250 lines, and the card is public."""


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


def format_credits(texts: Texts, amount: int) -> str:
    """Format credits, such as "1 credit" or "1,200 credits"."""
    return texts("units-credits", credits=amount)


def format_price(texts: Texts, credits: int) -> str:
    """Format what something costs, such as "30 credits" or "Free"."""
    return format_credits(texts, credits) if credits else texts("units-free")


def format_monthly_credits(texts: Texts, amount: int) -> str:
    """Format a monthly amount, such as "600 credits a month"."""
    return texts("units-credits-monthly", credits=amount)


def format_rate(texts: Texts, credits_per_second: int) -> str:
    """Format a price, such as "10 credits per second"."""
    return texts("units-credits-per-second", credits=credits_per_second)


def format_number(texts: Texts, number: int) -> str:
    """Format a number, such as "1,200"."""
    from babel import numbers

    return numbers.format_decimal(number, locale=_locale(texts))


def format_month(texts: Texts, month: Month) -> str:
    """Format a month, such as "November 2026"."""
    from babel import dates

    return dates.format_skeleton("yMMMM", date(month.year, month.number, 1), locale=_locale(texts))


def format_day(texts: Texts, month: Month, day: int) -> str:
    """Format a day of a month, such as "November 10"."""
    from babel import dates

    return dates.format_skeleton("MMMMd", date(month.year, month.number, day), locale=_locale(texts))


def format_duration(texts: Texts, seconds: int) -> str:
    """Format seconds exactly, such as "1 min 30 s"."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return texts("units-seconds", seconds=rest)
    return texts("units-minutes-seconds" if rest else "units-minutes", minutes=minutes, seconds=rest)


def format_extent(texts: Texts, request: MovieRequest) -> str:
    """Format how long a movie is; of one that is made of pictures, how many, for they decide that."""
    if request.operation is Operation.PICTURES:
        return texts("pictures-count", pictures=len(request.sources))
    return format_duration(texts, request.duration_seconds)


def format_rough_duration(texts: Texts, seconds: float) -> str:
    """Format seconds roughly.

    Such as "20 s", "3 min" or "1 h 10 min".
    """
    minutes = rough_minutes(seconds)
    if not minutes:
        return texts("units-seconds", seconds=max(5, 5 * round(seconds / 5)))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return texts("units-minutes", minutes=minutes)
    return texts("units-hours-minutes" if rest else "units-hours", hours=hours, minutes=rest)


def progress_bar(texts: Texts, part: int, whole: int) -> str:
    """Draw a bar of twenty cells and a percentage.

    The percentage is for screen readers.
    """
    percent = 0 if whole <= 0 else min(100, max(0, 100 * part // whole))
    full = percent * _CELLS // 100
    return f"`{'█' * full}{'░' * (_CELLS - full)}` {texts('units-percent', percent=percent)}"


def format_list(texts: Texts, items: Sequence[str]) -> str:
    """Join items, such as "Luma, Kling, Veo"; '' for none."""
    if not items:
        return ""
    return functools.reduce(lambda before, item: texts("units-list", items=before, next=item), items)


def _locale(texts: Texts) -> str:
    return texts.language.value.replace("-", "_")


def escape(text: str, limit: int = 1000) -> str:
    """Escape all Markdown, mentions and links in a text.

    The result has at most `limit` characters and ends with … if it was cut. Empty lines are removed. From MAX_LINES on,
    the rest goes on one line.
    """
    clean = _LINE_BREAKS.sub("\n", clean_text(text).replace("\r", " ")).strip()
    *lines, rest = clean.split("\n", MAX_LINES - 1)
    shown = "\n".join([*lines, " ".join(rest.split("\n"))])
    escaped = _LIST.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", shown))
    if len(escaped) <= limit:
        return escaped
    cut = escaped[: limit - 1]
    trailing = len(cut) - len(cut.rstrip("\\"))
    return (cut[:-1] if trailing % 2 else cut) + "…"


def shown_prompt(texts: Texts, prompt: str) -> str:
    """Return the prompt, or that it was deleted.

    Like a prompt, the text is escaped where it is shown.
    """
    return prompt or texts("privacy-prompt-gone")


def quoted(text: str) -> str:
    """Show a text as a quotation, each of its lines."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def quoted_prompt(texts: Texts, prompt: str) -> str:
    """Show a prompt as a quotation, or that it was deleted."""
    return quoted(escape(shown_prompt(texts, prompt)))


def split_title(prompt: str) -> tuple[str, str]:
    """Split a prompt into its title, which is its first clause, and the rest. Both are still to be escaped.

    A clause that is too long for a title is cut between words, where there are any.
    """
    text = " ".join(clean_text(prompt).split())
    stop = _STOP.search(text, _LEAST_TITLE)
    if stop is not None and stop.start() <= _TITLE_LENGTH:
        return text[: stop.start()].removesuffix("."), text[stop.end() :]
    if len(text) <= _TITLE_LENGTH:
        return text, ""
    words = text[:_TITLE_LENGTH].rpartition(" ")[0]
    title = words if len(words) >= _LEAST_TITLE else text[: _TITLE_LENGTH - 1]
    return f"{title}…", text[len(title) :].lstrip()


def titled(prompt: str, limit: int = 300) -> str:
    """Show a prompt as a title in bold, and the rest beneath: up to `limit` characters of it."""
    title, rest = split_title(prompt)
    return join_lines(f"**{escape(title)}**" if title else "", escape_line(rest, limit))


def escape_line(text: str, limit: int) -> str:
    """Escape a text and put it on one line."""
    return escape(" ".join(text.split()), limit)


def escape_name(name: str, limit: int = MAX_NAME_LENGTH) -> str:
    """Escape the display name of a member or a server.

    '' where nothing of it would be visible.
    """
    return escape_line(clean_name(name), limit)


def truncate(text: str, limit: int) -> str:
    """Shorten a text to one line without escaping it.

    For places without Markdown.
    """
    clean = " ".join(clean_text(text).split())
    return clean if len(clean) <= limit else f"{clean[: limit - 1]}…"


def safe_url(url: str) -> str | None:
    """Return the URL if it is safe to post unchanged, else None.

    Safe is http or https, no user before the host, no white space or angle brackets, no @everyone or @here. Limits of
    length depend on the place: see `place`.
    """
    if not url.isprintable() or _UNSAFE_IN_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # http://[
        return None
    plain_host = parts.hostname and "@" not in parts.netloc  # https://bank.example@elsewhere/, http://@everyone
    return url if parts.scheme in ("http", "https") and plain_host else None


def join_lines(*lines: str) -> str:
    """Join the lines that have a text."""
    return "\n".join(filter(None, lines))


def heading(text: str) -> str:
    """Show the title of a message."""
    return f"### {text}"


def page_heading(text: str) -> str:
    """Show the title of a message that has headings of its own."""
    return f"## {text}"


def small(text: str) -> str:
    """Show a text small: what is not decided on. '' stays ''."""
    return "\n".join(f"-# {line}" for line in text.splitlines())


def facts(*shown: str | None) -> str:
    """Show facts in one small line."""
    return small(join_facts(*shown))


def numbered(lines: Sequence[str]) -> str:
    """Number lines from 1."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def join_facts(*facts: str | None) -> str:
    """Join the facts that have a text on one line."""
    return " · ".join(filter(None, facts))


def list_lines(texts: Texts, lines: Sequence[str]) -> str:
    """Join as many lines as fit beneath a heading.

    The others are counted.
    """
    return "\n".join(fitting_lines(texts, lines, MAX_LIST_LENGTH - 40))  # with "and 9,999 more" in any language


def fitting_lines(texts: Texts, lines: Sequence[str], limit: int) -> Sequence[str]:
    """Return as many lines as fit in `limit` characters, and one that counts the others."""
    kept = count_fitting(lines, limit, separator=1)
    return lines if kept == len(lines) else [*lines[:kept], texts("units-more-lines", more=len(lines) - kept)]


def list_fitting(texts: Texts, names: Sequence[str], limit: int, more: MessageId, *others: str) -> str:
    """List as many names as fit in `limit` characters, then how many `more` there are, and `others`."""
    fitting = count_fitting(names, limit, separator=2)
    rest = len(names) - fitting
    return format_list(texts, [*names[:fitting], *([texts(more, more=rest, models=rest)] if rest else []), *others])


def count_fitting(parts: Sequence[str], limit: int, *, separator: int) -> int:
    """Return how many parts fit in `limit` characters, with a separator of this length between them."""
    ends = itertools.accumulate(len(part) + separator for part in parts)
    return sum(end - separator <= limit for end in ends)


def masked(label: str, url: str) -> str:
    """Format a link without a preview, as a word if Markdown allows.

    A parenthesis in the URL would end the link there, and the URL is not changed.
    """
    return f"<{url}>" if "(" in url or ")" in url else f"[{label}](<{url}>)"


def jump(texts: Texts, url: str) -> str:
    """Format a link to a message."""
    return f"[{texts('links-jump')}]({url})"


def jump_to_movie(texts: Texts, job: Job, message: PostedMessage | None, *, mine: bool) -> str:
    """Format a link to a movie's message.

    '' where there is none, or the reader can't see it. `mine`: the reader requested the movie, and only they can see
    its direct message.
    """
    if message is None:
        return ""
    is_direct = message.venue is Venue.DIRECT
    if is_direct and not mine:
        return ""
    return jump(texts, message_url(None if is_direct else job.guild_id, message))
