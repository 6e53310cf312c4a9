"""What everyone in a channel may press: few buttons, and none that most of them are refused."""

import functools
from collections.abc import Iterator, Sequence

import discord

from bot.locales.texts import Texts
from bot.ui import job_messages, pitches
from bot.ui.components import Message, Row, Section, parse_custom_id
from bot.ui.movie_actions import Reader, more_message
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE
from tests.unit.ui import samples
from tests.unit.ui.messages import messages
from tests.unit.ui.samples import Outside

USUAL = Outside()

PUBLIC = (
    *("job_messages.job_card", "job_messages.follower_message", "job_messages.unknown_message"),
    *("job_messages.completed_message", "job_messages.failed_message", "job_messages.cancelled_message"),
    *("rankings.gallery_message", "movie_nights.night_message", "pitches.pitch_message"),
)
"""What is posted in channels where members are."""

MAX_BUTTONS = 5


@functools.cache
def for_some() -> frozenset[str]:
    """Return the actions that a movie's card offers to its creator or to staff, but to no other member, and others."""
    anyone, someone = Reader(99, may_order=True, may_report=True), (Reader(USUAL.id, may_order=True, cancellable=True))
    staff, every = Reader(99, may_order=True, is_staff=True, in_gallery=True), samples.jobs(USUAL).values()
    open_to_all = {action for job in every for action in actions(more_message(ENGLISH, job, anyone))}
    limited = {
        action for job in every for who in (someone, staff) for action in actions(more_message(ENGLISH, job, who))
    }
    return frozenset(limited - open_to_all) | {pitches.BACK, pitches.WITHDRAW, pitches.REMOVE}


def rows(shown: Message | Sequence[Row]) -> list[list[discord.ui.Button[discord.ui.LayoutView]]]:
    parts = shown.parts if isinstance(shown, Message) else shown
    of = [part.items if isinstance(part, Row) else [part.beside] for part in parts if isinstance(part, Row | Section)]
    found = [[each for each in items if isinstance(each, discord.ui.Button)] for items in of]
    return [each for each in found if each]


def actions(shown: Message | Sequence[Row]) -> Iterator[str]:
    for row in rows(shown):
        for button in row:
            if parsed := parse_custom_id(button.custom_id or ""):
                yield parsed[0]


def problems(texts: Texts, name: str) -> set[str]:
    [(_, variants)] = messages(USUAL, name)
    found: set[str] = set()
    for render in variants.values():
        shown = render(texts)
        buttons = rows(shown)
        if len(buttons) > 1 or sum(map(len, buttons)) > MAX_BUTTONS:
            found.add("too many buttons")
        found |= for_some() & {*actions(shown)}
    return found


def test_what_more_answers_is_of_use_to_any_member_where_the_movie_is_posted() -> None:
    offered = {
        name: [*actions(more_message(ENGLISH, job, Reader(99, may_order=True)))]
        for name, job in samples.jobs(USUAL).items()
        if "more" in actions(job_messages.job_card(ENGLISH, job, CATALOGUE)) and job.request.prompt
    }
    assert len(offered) > 10
    assert {name for name, found in offered.items() if not found} == set()


def test_a_public_message_has_few_buttons_and_none_that_most_are_refused() -> None:
    """Whoever presses Try again pays for it."""
    assert {"delete", "receipt", "cancel", "target", "cancel-staff", "delete-confirm"} <= for_some()
    assert {"refresh", "report", "retry"}.isdisjoint(for_some())
    assert {name: found for name in PUBLIC if (found := problems(ENGLISH, name))} == {}
