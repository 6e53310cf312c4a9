"""How a message shows a finished movie, whose link is never cut.

The movie stands in a gallery: attached, or by its link, as long as Discord takes one there. *Watch* opens the link: a
button, or a text where the link is too long for a button, as signed links of 1,500 characters are. A link for which a
message has no room is attached to a private message; a public one says where to find it.

Whether a linked, large or expiring file plays in a gallery is Discord's decision, so there is always a link.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.domain.jobs import Job
from bot.domain.request import MovieRequest
from bot.domain.text import MAX_BUTTON_URL_LENGTH, MAX_MEDIA_URL_LENGTH, MAX_TEXTS_LENGTH
from bot.locales.texts import Texts
from bot.ui.components import Attachment, Link, Media, Part, text_file
from bot.ui.formatting import format_extent, masked, safe_url, shown_prompt, truncate

MOVIE_SUFFIX: Final = ".mp4"
"""What the name of an attached movie ends with."""

_ALT_PROMPT_LENGTH: Final = 900
"""Characters of the prompt in a movie's description, which Discord limits to 1,024."""

_MARGIN: Final = 500
"""Characters for what is said about the link, and for more lines."""


@dataclass(frozen=True, slots=True)
class Player:
    """The parts of a message that show a movie.

    `text` is the link where no button has it, or says where it is.
    """

    media: tuple[Part, ...] = ()
    watch: tuple[Link, ...] = ()
    text: str = ""
    file: tuple[Attachment, ...] = ()


def player(
    texts: Texts,
    job: Job,
    beside: str = "",
    *,
    movie: Path | None = None,
    attached: str = "",
    spoiler: bool = False,
    private: bool = False,
) -> Player:
    """Show a finished movie. `beside` is the message's other text, which leaves the link its room.

    `movie` is the file to attach; `attached`: the message has it already, as a file of this name. A `spoiler` is hidden
    until someone clicks.
    """
    link, alt_text = safe_url(job.movie_url or ""), describe(texts, job.request)
    file = Attachment(f"movie-{job.id}{MOVIE_SUFFIX}", movie or b"", alt_text, spoiler, is_media=True)
    media: tuple[Part, ...] = by_link(texts, job, spoiler=spoiler)
    if movie is not None:
        media = (file,)
    elif attached:
        media = (Media(f"attachment://{attached}", alt_text, spoiler),)
    if link is None:
        return Player(media, text=texts("links-unsafe"))
    if len(link) <= MAX_BUTTON_URL_LENGTH:
        return Player(media, (Link(texts("links-watch"), link),))
    if len(beside) + len(link) <= MAX_TEXTS_LENGTH - _MARGIN:
        return Player(media, text=masked(texts("links-watch"), link))
    if private:
        return Player(media, text=texts("links-in-file"), file=(text_file(link, "link.txt"),))
    return Player(media, text=texts("links-in-movies"))


def by_link(texts: Texts, job: Job, *, spoiler: bool = False) -> tuple[Media, ...]:
    """Show a finished movie by its link, where Discord takes that in a gallery."""
    link = safe_url(job.movie_url or "")
    if link is None or len(link) > MAX_MEDIA_URL_LENGTH:
        return ()
    return (Media(link, describe(texts, job.request), spoiler),)


def describe(texts: Texts, request: MovieRequest) -> str:
    """Describe a movie to those who can't see it."""
    return texts(
        "deliveries-movie-alt-text",
        duration=format_extent(texts, request),
        prompt=truncate(shown_prompt(texts, request.prompt), _ALT_PROMPT_LENGTH),
    )
