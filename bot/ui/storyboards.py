"""A storyboard that waits for a decision: its stills, its buttons, and what members are told.

Its card shows it in the channel. Behind ⋯, its member sees it privately, also where the movie goes by DM.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

import discord

from bot.domain.jobs import Job, Still
from bot.domain.message import MessageKind, Notice
from bot.domain.pictures import picture_type
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.components import SPOILER_PREFIX, Accent, Attachment, Button, Media, Message, Part, in_rows
from bot.ui.formatting import (
    escape,
    escape_line,
    facts,
    format_timestamp,
    heading,
    job_footer,
    jump_to_movie,
    mention,
    mention_if_known,
    numbered,
    shown_prompt,
    split_title,
    truncate,
)

LOOK: Final = "storyboard"
RENDER: Final = "render"
STOP: Final = "stop"

_MAX_ALT_TEXT: Final = 1024
"""Characters that Discord allows for a file's description."""


@dataclass(frozen=True, slots=True)
class Storyboard:
    """A storyboard's stills, and the files of those that could be fetched.

    While a movie is made, the file of its newest still alone, which its card may have already.
    """

    stills: tuple[Still, ...]
    files: tuple[Attachment | Media, ...]

    @property
    def is_posted(self) -> bool:
        """Whether its message has the files already."""
        return any(isinstance(each, Media) for each in self.files)


def still_file(texts: Texts, still: Still, content: bytes, *, spoiler: bool) -> Attachment:
    """Build the file of a still."""
    type_ = picture_type(content)
    assert type_ is not None
    return Attachment(f"{_stem(still)}.{type_}", content, _alt_text(texts, still), spoiler, is_media=True)


def posted_still(texts: Texts, still: Still, names: Sequence[str], *, spoiler: bool) -> Media | None:
    """Show a still that is a message's only file; None where it is not."""
    if [PurePath(name).stem.removeprefix(SPOILER_PREFIX) for name in names] != [_stem(still)]:
        return None
    return Media(f"attachment://{names[0]}", _alt_text(texts, still), spoiler)


def _stem(still: Still) -> str:
    return f"scene-{still.scene}"


def _alt_text(texts: Texts, still: Still) -> str:
    return truncate(still.words, _MAX_ALT_TEXT) or texts("storyboards-scene")


def shown_parts(texts: Texts, board: Storyboard) -> tuple[Part, ...]:
    """Show the stills above their scenes' words, so many of them that ten scenes fit beside a prompt."""
    return (
        *board.files,
        numbered([escape_line(still.words, 120) or texts("storyboards-scene") for still in board.stills]),
    )


def decision_buttons(texts: Texts, job: Job) -> tuple[Button, ...]:
    """Build the buttons that decide about a storyboard that waits for its member."""
    if not job.awaits_decision:
        return ()
    later = job.parts.later
    return (
        Button(texts("storyboards-render-button", credits=later), (RENDER, job.id), discord.ButtonStyle.success),
        Button(texts("storyboards-stop-button", credits=later), (STOP, job.id)),
    )


def private_message(texts: Texts, job: Job, board: Storyboard) -> Message:
    """Show a storyboard to its member."""
    return Message(
        Accent.BRAND,
        (
            heading(texts("cards-storyboard-title")),
            texts("storyboards-yours", later=job.parts.later, time=format_timestamp(job.decide_by or 0)),
            *shown_parts(texts, board),
            *in_rows(*decision_buttons(texts, job)),
            facts(job_footer(job)),
        ),
    )


def chosen(texts: Texts, job: Job) -> str:
    """Tell the member what they decided."""
    return texts(
        "storyboards-render-chosen" if job.cancel_requested_at is None else "storyboards-stop-chosen",
        credits=job.parts.later,
    )


def waiting_text(texts: Texts, job: Job) -> str:
    """Say who decides, until when, and what it costs."""
    return texts(
        "cards-storyboard",
        member=mention_if_known(texts, job.member_id),
        time=format_timestamp(job.decide_by or 0),
        later=job.parts.later,
    )


def notice_text(texts: Texts, notices: Sequence[Notice], *, direct: bool) -> str:
    """Tell members that a storyboard is there, or still waits. Who ordered it decides."""
    job = notices[0].subject
    assert isinstance(job, Job)
    members = [each.member_id for each in notices]
    said: MessageId = "storyboards-drawn" if members == [job.member_id] else "storyboards-drawn-shared"
    text = texts(
        "storyboards-reminder" if notices[0].kind is MessageKind.REMINDER else said,
        title=escape(split_title(shown_prompt(texts, job.request.prompt))[0]),
        owner=mention_if_known(texts, job.member_id),
        time=format_timestamp(job.decide_by or 0),
    )
    mentions = "" if direct else " ".join(map(mention, members))
    return " ".join(filter(None, (mentions, text, jump_to_movie(texts, job, job.card, mine=True))))
