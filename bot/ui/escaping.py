"""Make foreign text harmless: prompts, the API's messages, links.

Mentions are switched off for the whole client as well (AllowedMentions.none()); this is about what a text looks like.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_MARKUP = re.compile(r"([\\`*_~|<>\[\]()#@:+\-=!])")
_LIST = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNSAFE_IN_URL = re.compile(r"[\s<>\"`|\\^{}]|@(?:everyone|here)", re.IGNORECASE)
_LINE_BREAKS = re.compile(r"\s*\n\s*")

MAX_LINES = 12
"""Lines of a prompt on a card that everyone sees: 500 characters could be as many as 250."""


def escape(text: str, limit: int = 1000) -> str:
    """The text as it was typed, with no markup, mention, link or list in it.

    At most `most` characters long, with … if it was cut. Line breaks stay, but never more than one in a row, and no
    more than a verse has: from MAX_LINES on, the rest stands on one line. Any character that Discord's Markdown could
    read is escaped.
    """
    clean = _LINE_BREAKS.sub("\n", _INVISIBLE.sub("", text)).strip()
    *lines, rest = clean.split("\n", MAX_LINES - 1)
    return _escaped("\n".join([*lines, " ".join(rest.split("\n"))]), limit)


def escape_line(text: str, limit: int) -> str:
    """Like `plain`, on one line: for lists."""
    return escape(" ".join(text.split()), limit)


def truncate(text: str, limit: int) -> str:
    """The text for a place without Markdown, such as a line of a menu: on one line, `most` characters at most."""
    clean = " ".join(_INVISIBLE.sub("", text).split())
    return clean if len(clean) <= limit else f"{clean[: limit - 1]}…"


def safe_url(url: str) -> str | None:
    """The link if it can be posted as it is: http or https, no name before the host, nothing that Discord would read.

    That is: no white space, no angle brackets, no @everyone or @here. How long it may be depends on where it goes: see
    bot/ui/links.py.
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
