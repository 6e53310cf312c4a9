"""*Fix a scene*: the scenes of a finished movie, what each costs, and the price of those that are made anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.jobs import Job
from bot.domain.orders import Quote
from bot.domain.text import MAX_OPTION_LENGTH, MAX_OPTIONS
from bot.domain.upstream import Scene
from bot.locales.texts import Texts
from bot.ui.components import Accent, Button, Message, Option, Select, in_rows
from bot.ui.formatting import facts, format_credits, format_list, heading, job_footer, truncate
from bot.ui.movie_actions import more_mark
from bot.ui.storyboards import Storyboard, shown_parts

OPEN: Final = "scene"
PICK: Final = "scene-pick"
AGAIN: Final = "again"
"""The argument of a button that goes back."""

MOST_PICTURES: Final = 10
"""Stills that a gallery shows: those of the first scenes."""


def look_message(texts: Texts, job: Job, scenes: Sequence[Scene], board: Storyboard) -> Message:
    """Show a movie's scenes privately, and let its reader choose which are made anew, in a message of the movie."""
    options = [
        Option(_name(texts, scene), str(scene.still.scene), format_credits(texts, scene.price))
        for scene in scenes
        if scene.price is not None
    ][:MAX_OPTIONS]
    left_out = [str(scene.still.scene) for scene in scenes if scene.price is None]
    return Message(
        Accent.BRAND,
        (
            heading(texts("scenes-title")),
            texts("scenes-intro"),
            texts("scenes-left-out", scenes=format_list(texts, left_out)) if left_out else "",
            *shown_parts(texts, board),
            *in_rows(Select(texts("scenes-placeholder"), (PICK, job.id), options, most=len(options))),
            facts(job_footer(job)),
        ),
        more_mark(job),
    )


def _name(texts: Texts, scene: Scene) -> str:
    return truncate(f"{scene.still.scene}. {scene.still.words or texts('storyboards-scene')}", MAX_OPTION_LENGTH)


def other_button(texts: Texts, quote: Quote) -> Button:
    """Build the button that goes back from a price to the scenes of its movie."""
    return Button(texts("scenes-other-button"), (OPEN, quote.request.sources[0], AGAIN))
