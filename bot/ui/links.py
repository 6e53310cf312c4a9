"""Decides where a movie's link goes in a message.

A link is never cut. Signed links have 1,500 characters and more. The first place that holds the whole link is used: the
content, where Discord plays the movie; the embed's description; an attached file, in private messages only.

A message has one player. Where the movie itself is attached, the link is a word whose preview is suppressed. Elsewhere
it is bare: Discord's documentation does not say that it plays a masked link, only that it previews a URL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.delivery import PostedMessage, Venue
from bot.domain.discord_limits import MAX_CONTENT_LENGTH, MAX_DESCRIPTION_LENGTH
from bot.domain.job import Job
from bot.locales.texts import Texts
from bot.ui.escaping import safe_url
from bot.ui.formatting import NEUTRAL, message_url

_SPOILER: Final = "|| "
_SPOILER_END: Final = " ||"
"""The spaces keep Discord from taking the bars for a part of the link."""


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A message's content and description, one of them with a link.

    `file` is the link where neither has room for it, to be attached to a private message. `posted` tells whether the
    content or the description has it.
    """

    content: str
    description: str = ""
    file: str | None = None
    posted: bool = True

    @property
    def embed(self) -> discord.Embed | None:
        """The description as an embed, None without one."""
        return discord.Embed(description=self.description, colour=NEUTRAL) if self.description else None


def masked(texts: Texts, url: str) -> str:
    """Format a link without a preview, as a word if Markdown allows.

    A parenthesis in the URL would end the link there, and the URL is not changed.
    """
    return f"<{url}>" if "(" in url or ")" in url else f"[{texts('links-watch')}](<{url}>)"


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


def place(
    texts: Texts,
    url: str | None,
    text: str,
    description: str = "",
    *,
    private: bool = False,
    attached: bool = False,
    spoiler: bool = False,
) -> PlacedLink:
    """Add a link as the last line of `text` or `description`.

    Only a `private` message can carry a file. `attached`: the message has the movie itself. A `spoiler` hides what
    Discord shows of the link.
    """
    link = safe_url(url or "")
    if link is None:
        return PlacedLink(f"{text}\n{texts('links-unsafe')}", description, posted=False)
    shown = f"{_SPOILER}{link}{_SPOILER_END}" if spoiler else link
    content = f"{text}\n{masked(texts, link) if attached else shown}"
    if len(content) <= MAX_CONTENT_LENGTH:
        return PlacedLink(content, description)
    described = f"{description}\n{shown}" if description else shown
    if len(described) <= MAX_DESCRIPTION_LENGTH:
        return PlacedLink(f"{text}\n{texts('links-below')}", described)
    where = texts("links-in-file" if private else "links-in-movies")
    return PlacedLink(f"{text}\n{where}", description, link, posted=False)


def replaced(
    texts: Texts, url: str | None, content: str, description: str, *, attached: bool, spoiler: bool = False
) -> PlacedLink:
    """Replace the link in a message that `place` built.

    The message's text must have been one line. `attached` and `spoiler` as in `place`; what was a spoiler stays one.
    """
    *lines, last = description.split("\n")
    if not last.removeprefix(_SPOILER).startswith(("https://", "http://")):
        lines.append(last)
    text, _, link = content.partition("\n")
    hidden = spoiler or link.startswith(_SPOILER) or last.startswith(_SPOILER)
    return place(texts, url, text, "\n".join(lines), attached=attached, spoiler=hidden)
