"""Escapes text from members and from the API, and checks URLs.

Mentions are also switched off for the whole client (AllowedMentions.none()).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.domain.text import MAX_NAME_LENGTH, clean_name, clean_text

_MARKUP = re.compile(r"([\\`*_~|<>\[\]()#@:+\-=!])")
_LIST = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)
_UNSAFE_IN_URL = re.compile(r"[\s<>\"`|\\^{}]|@(?:everyone|here)", re.IGNORECASE)
_LINE_BREAKS = re.compile(r"\s*\n\s*")

MAX_LINES = 12
"""A prompt of 500 characters could have 250 lines, and the card is public."""


def escape(text: str, limit: int = 1000) -> str:
    """Escape all Markdown, mentions and links in a text.

    The result has at most `limit` characters and ends with … if it was cut. Empty lines are removed. From MAX_LINES on,
    the rest goes on one line.
    """
    clean = _LINE_BREAKS.sub("\n", clean_text(text).replace("\r", " ")).strip()
    *lines, rest = clean.split("\n", MAX_LINES - 1)
    return _escaped("\n".join([*lines, " ".join(rest.split("\n"))]), limit)


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
    length depend on the place: see links.py.
    """
    if not url.isprintable() or _UNSAFE_IN_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # http://[
        return None
    plain_host = parts.hostname and "@" not in parts.netloc  # https://bank.example@elsewhere/, http://@everyone
    return url if parts.scheme in ("http", "https") and plain_host else None


def _escaped(text: str, limit: int) -> str:
    escaped = _LIST.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))
    if len(escaped) <= limit:
        return escaped
    cut = escaped[: limit - 1]
    trailing = len(cut) - len(cut.rstrip("\\"))
    return (cut[:-1] if trailing % 2 else cut) + "…"
