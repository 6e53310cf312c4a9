"""What a reader may do now with a movie: behind ⋯, an ephemeral card with a sentence for each, and in /movies.

`_OFFERED` declares each action once: who may do it in which state, its sentence, and its button. It offers nothing that
cogs/job_buttons.py would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.jobs import CANCELLABLE_STATES, Job, JobState
from bot.domain.operations import Operation, Source
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import button_responses, storyboards
from bot.ui.components import Button, Link, Message, Section, mark, plain
from bot.ui.formatting import escape, heading, job_footer, shown_prompt, small, split_title
from bot.ui.job_buttons import OWN_ACTIONS, VERSIONS, buttons, studio_links, target_buttons


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a movie's card, and where.

    `sees_movie`: not only a message about it. `may_order`: it is read in a server, where something can be ordered.
    `is_staff`: of the movie's server. `may_report`: a report of theirs would be taken. `others_paid` for the movie,
    too. `cancellable`: the API can cancel a movie that renders. `in_gallery`: they pressed the message in the gallery
    of movies with stars. `has_versions`: what it was made from, or what was made from it, that they may see.
    `timed_out` by the server's staff: they may only read and take back what is their own. `makes` is what can be made
    of the movie here.
    """

    member_id: int
    sees_movie: bool = True
    may_order: bool = False
    is_staff: bool = False
    may_report: bool = False
    others_paid: bool = False
    cancellable: bool = False
    in_gallery: bool = False
    has_versions: bool = False
    timed_out: bool = False
    makes: frozenset[Operation] = frozenset()


def may_delete(job: Job, reader: Reader) -> bool:
    """Return whether the reader may delete a movie: their own that nobody else paid for, or as staff."""
    return reader.is_staff or (job.member_id == reader.member_id and not reader.others_paid)


Rule = Callable[[Job, Reader], bool]
Buttons = Callable[[Texts, Job], Sequence[Button | Link]]


@dataclass(frozen=True, slots=True)
class _Action:
    """An action; without a `sentence` it is on the movie's message and not behind ⋯."""

    sentence: MessageId | None
    buttons: Buttons
    may: Rule
    in_details: bool = True


def _press(action: str) -> Buttons:
    return lambda texts, job: buttons(texts, job, action)


def _may_watch(job: Job, reader: Reader) -> bool:
    return reader.sees_movie and job.state is JobState.COMPLETED and job.removed_at is None


def _is_own(job: Job, reader: Reader) -> bool:
    return job.member_id == reader.member_id


def _is_of_words(job: Job) -> bool:
    """Return whether all that it is made from is in its request."""
    return job.request.operation.declared.source is Source.WORDS


def _may_remake(job: Job, reader: Reader) -> bool:
    is_again = job.state is JobState.COMPLETED and bool(job.request.prompt) and reader.may_order
    return is_again and (_may_watch(job, reader) or _is_own(job, reader))


def _may_make(operation: Operation) -> Rule:
    """Return who may make something of a finished movie: whoever may continue it, where that is offered."""
    return lambda job, reader: operation in reader.makes and _may_watch(job, reader) and _may_remake(job, reader)


def _may_retry(job: Job, reader: Reader) -> bool:
    """Whoever tries it again pays for it."""
    is_over = job.state in (JobState.FAILED, JobState.CANCELLED) and _is_of_words(job)
    return is_over and bool(job.request.prompt) and reader.may_order and (reader.sees_movie or _is_own(job, reader))


def _may_cancel(job: Job, reader: Reader) -> bool:
    can_cancel = job.state in CANCELLABLE_STATES or (reader.cancellable and job.can_be_stopped)
    return can_cancel and _is_own(job, reader)


_OFFERED: Final = (
    _Action(
        "more-storyboard", _press(storyboards.LOOK), lambda job, reader: job.awaits_decision and _is_own(job, reader)
    ),
    _Action(None, _press("remix"), _may_remake),
    _Action(None, _press("continue"), lambda job, reader: _may_watch(job, reader) and _may_remake(job, reader)),
    _Action(
        "more-refresh",
        _press("refresh"),
        # a link that was forgotten with its prompt does not come back
        lambda job, reader: _may_watch(job, reader) and bool(job.request.prompt or job.movie_url),
    ),
    _Action("more-rerun", _press("retry"), lambda job, reader: _may_remake(job, reader) and _is_of_words(job)),
    _Action("more-scene", _press(Operation.SCENE), _may_make(Operation.SCENE)),
    _Action("more-dub", _press(Operation.DUB), _may_make(Operation.DUB)),
    _Action("more-subtitles", _press(Operation.SUBTITLES), _may_make(Operation.SUBTITLES)),
    _Action("more-film", _press(Operation.FILM), _may_make(Operation.FILM)),
    _Action("more-retry", _press("retry"), _may_retry),
    _Action("more-cancel", _press("cancel"), _may_cancel),
    _Action(
        "more-cancel-as-staff",
        _press("cancel-staff"),
        lambda job, reader: job.state in CANCELLABLE_STATES and reader.is_staff and not _is_own(job, reader),
    ),
    _Action("more-target", target_buttons, lambda job, reader: not job.state.is_terminal and _is_own(job, reader)),
    _Action(
        "more-remix",  # a finished movie's message has the button
        _press("remix"),
        lambda job, reader: (
            not job.state.is_terminal and bool(job.request.prompt) and reader.may_order and reader.sees_movie
        ),
    ),
    _Action(
        "more-versions",
        _press(VERSIONS),
        lambda job, reader: reader.sees_movie and reader.has_versions and job.removed_at is None,
        in_details=False,  # which show them
    ),
    _Action(
        "more-receipt",
        _press("receipt"),
        lambda job, reader: job.state.is_terminal and _is_own(job, reader),
        in_details=False,  # which say it
    ),
    _Action("more-studio", studio_links, _may_watch),
    _Action(
        "more-report",
        _press("report"),
        lambda job, reader: _may_watch(job, reader) and reader.may_report,
        in_details=False,  # of a movie that its readers paid for, or manage
    ),
    _Action(
        "more-leave-gallery",
        lambda texts, job: (button_responses.leave_gallery(texts, job),),
        lambda job, reader: _may_watch(job, reader) and reader.in_gallery and may_delete(job, reader),
    ),
    _Action(
        "more-delete",
        _press("delete"),
        lambda job, reader: _may_watch(job, reader) and may_delete(job, reader) and _is_own(job, reader),
    ),
    _Action(
        "more-remove",
        _press("delete"),
        lambda job, reader: _may_watch(job, reader) and may_delete(job, reader) and not _is_own(job, reader),
    ),
)
"""From top to bottom, the most used first."""


def more_message(texts: Texts, job: Job, reader: Reader) -> Message:
    """Build the card behind ⋯. Who sees the movie may do from there what they may do in its message."""
    title, _ = split_title(shown_prompt(texts, job.request.prompt))
    found = _offered(texts, job, reader)
    offered = [Section(texts(action.sentence), button) for action, button in found if action.sentence is not None]
    shown = plain(heading(escape(title)), *(offered or [texts("more-nothing")]), small(job_footer(job)))
    return shown.marked(more_mark(job)) if reader.sees_movie else shown


def detail_buttons(texts: Texts, job: Job, reader: Reader) -> Sequence[Button | Link]:
    """Choose the buttons for a movie's details in /movies."""
    return [button for action, button in _offered(texts, job, reader) if action.in_details]


def _offered(texts: Texts, job: Job, reader: Reader) -> Iterator[tuple[_Action, Button | Link]]:
    for action in _OFFERED:
        for button in action.buttons(texts, job) if action.may(job, reader) else ():
            if not reader.timed_out or isinstance(button, Link) or button.action in OWN_ACTIONS:
                yield action, button


def more_mark(job: Job) -> int:
    """Return the mark of the card behind ⋯, and of the details, of someone who sees the movie."""
    return mark("more", job.id)
