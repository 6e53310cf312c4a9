"""A job's card, and the notifications about its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import discord

from bot.domain.catalogue import API_DEFAULTS, NO_EXTRAS, Catalogue, ModelKind
from bot.domain.delivery import NotificationType, Venue
from bot.domain.durations import NO_ESTIMATE, Estimate
from bot.domain.jobs import Job, JobState
from bot.domain.operations import Operation
from bot.domain.preferences import DeliveryTarget, PreferenceField
from bot.domain.quota import Balance
from bot.domain.request import MovieRequest
from bot.domain.text import MAX_NAME_LENGTH, MAX_POST_TITLE_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui import credits as credit_messages
from bot.ui import job_buttons, storyboards
from bot.ui.components import Accent, Button, Divider, Message, actions_of, in_rows, is_marked, mark
from bot.ui.extras import choice_name, operation_name
from bot.ui.formatting import (
    escape_line,
    facts,
    format_credits,
    format_extent,
    format_list,
    format_price,
    heading,
    is_footer_of,
    job_footer,
    join_facts,
    join_lines,
    mention,
    mention_if_known,
    quoted_prompt,
    small,
    titled,
    truncate,
)
from bot.ui.job_status import job_summary, reason_text
from bot.ui.player import Player, player
from bot.ui.storyboards import Storyboard

COLOURS: Final[Mapping[NotificationType, discord.Colour]] = {
    NotificationType.COMPLETED: Accent.READY,
    NotificationType.FAILED: Accent.FAILED,
    NotificationType.UNKNOWN: Accent.WAITING,
    NotificationType.CANCELLED: Accent.NEUTRAL,
    NotificationType.FOLLOWED: Accent.BRAND,
    NotificationType.STARRED: Accent.STAR,
}
"""A color for each notification: an earlier attempt's message is recognized by it, in any language."""

_PLACES: Final[Mapping[Venue | None, MessageId]] = {
    None: "cards-not-posted",
    Venue.DIRECT: "cards-sent-direct",
    Venue.CHANNEL: "cards-in-list",
    Venue.FORUM: "cards-in-list",
    Venue.GALLERY: "cards-in-list",
}
"""Where a finished movie went."""

_WITHOUT_MOVIE: Final = frozenset({JobState.FAILED, JobState.CANCELLED})

_MAX_PAYERS: Final = 15
"""Members who are named as those who paid. A long link needs most of the description."""

_WITHOUT_MODELS: Final = frozenset({Operation.DUB, Operation.SUBTITLES, Operation.FILM})
"""What no video model makes. The name says what is chosen about it."""


def job_card(
    texts: Texts,
    job: Job,
    catalogue: Catalogue,
    estimate: Estimate = NO_ESTIMATE,
    venue: Venue | None = Venue.UNDECIDED,
    board: Storyboard | None = None,
) -> Message:
    """Build a job's card; `venue` is where its finished movie is, None where it is only in /movies.

    `board`: the storyboard that its member decides about, or its newest still, where the channel may see it.
    """
    title, accent, state = job_summary(texts, job, estimate)
    requester = mention_if_known(texts, job.member_id)
    said, cost, place = "", "", ""
    if job.state in _WITHOUT_MOVIE:
        said = credits_line(texts, job, None)
    elif job.state is JobState.COMPLETED:
        cost = format_price(texts, job.cost)
        said = texts(_PLACES[venue], member=requester) if venue in _PLACES else ""
    else:
        cost = texts("cards-cost-on-hold", credits=job.price) if job.price else format_price(texts, 0)
        place = texts("cards-direct") if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE else ""
    return Message(
        accent,
        (
            join_lines(heading(title), state, said),
            *(storyboards.shown_parts(texts, board) if board else ()),
            quoted_prompt(texts, job.request.prompt),
            *(in_rows(*_card_buttons(texts, job)) or (Divider(),)),
            facts(
                request_summary(texts, job.request, catalogue),
                cost,
                texts("cards-requester", member=requester),
                place,
                job_footer(job),
            ),
        ),
        card_mark(job),
    )


def _card_buttons(texts: Texts, job: Job) -> tuple[Button, ...]:
    """Choose the buttons of a card, which none of its readers is refused. Nobody can follow a direct message."""
    if job.state is JobState.COMPLETED:
        return ()
    if job.state in _WITHOUT_MOVIE:
        return job_buttons.buttons(texts, job, "retry")
    if job.awaits_decision:
        return (*storyboards.decision_buttons(texts, job), job_buttons.more_button(job))
    follow = () if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE else ("follow",)
    return (*job_buttons.buttons(texts, job, *follow), job_buttons.more_button(job))


def card_mark(job: Job) -> int:
    """Return the mark of a job's card."""
    return mark("card", job.id)


def is_card_of(job: Job, message: discord.Message) -> bool:
    """Return whether a message is this job's card.

    One that was posted before messages had marks has no content, unlike the others with its footer.
    """
    return is_marked(message, card_mark(job)) or (not message.content and any(_embeds(job, message)))


def is_about(job: Job, message: discord.Message) -> bool:
    """Return whether a message is about this job."""
    marks = [card_mark(job), *(_mark(job, each) for each in NotificationType)]
    return any(is_marked(message, each) for each in marks) or any(_embeds(job, message))


def is_notification(job: Job, message: discord.Message, type_: NotificationType) -> bool:
    """Return whether a message is this notification of the job.

    One that was posted before messages had marks has its color.
    """
    if is_marked(message, _mark(job, type_)):
        return True
    return bool(message.content) and any(embed.colour == COLOURS[type_] for embed in _embeds(job, message))


def _embeds(job: Job, message: discord.Message) -> list[discord.Embed]:
    return [embed for embed in message.embeds if is_footer_of(job, embed.footer.text)]


def _mark(job: Job, type_: NotificationType) -> int:
    return mark(type_.value, job.id)


def is_outdated(job: Job, card: discord.Message) -> bool:
    """Return whether a card does not show its job's end."""
    return job.state.is_terminal and any(action in job_buttons.OPEN_ACTIONS for action, _ in actions_of(card))


def completed_message(
    texts: Texts,
    job: Job,
    catalogue: Catalogue,
    balance: Balance | None = None,
    followers: Sequence[int] = (),
    *,
    stars: int = 0,
    payers: Sequence[int] = (),
    direct: bool = False,
    movie: Path | None = None,
    attached: str = "",
    spoiler: bool = False,
) -> Message:
    """Build the notification that a movie is ready.

    A direct message mentions nobody, and `payers` are named without a ping. Only a direct message has the `balance`,
    because it is the member's own. `movie`, `attached` and `spoiler` as in `player`.
    """
    said: MessageId = "deliveries-ready-followed" if followers else "deliveries-ready"
    paid = [format_price(texts, job.spent)] if payers else []
    if direct:
        said, paid = "deliveries-ready-direct", credits_line(texts, job, balance).splitlines()
    ready = texts(said, member=mention_if_known(texts, job.member_id), followers=" ".join(map(mention, followers)))
    prompt = join_lines(
        titled(job.request.prompt), "" if job.cancel_requested_at is None else texts("deliveries-not-cancelled")
    )
    facts = join_lines(movie_facts(texts, job, catalogue, *paid), small(paid_by(texts, payers)))
    shown = player(texts, job, ready + prompt + facts, movie=movie, attached=attached, spoiler=spoiler)
    message = movie_message(texts, job, NotificationType.COMPLETED, ready, prompt, facts, shown, stars, direct=direct)
    mentioned = [each for each in (job.member_id, *followers) if each > 0]
    return replace(message, mentions=() if direct else tuple(mentioned))


def movie_message(
    texts: Texts,
    job: Job,
    type_: NotificationType,
    above: str,
    prompt: str,
    facts: str,
    shown: Player,
    stars: int,
    *,
    direct: bool = False,
) -> Message:
    """Build a message that shows a finished movie, above what is said about it."""
    return Message(
        COLOURS[type_],
        (
            above,
            *shown.media,
            prompt,
            shown.text,
            facts,
            *in_rows(*shown.watch, *job_buttons.posted_buttons(texts, job, stars, direct=direct)),
        ),
        _mark(job, type_),
    )


def movie_facts(texts: Texts, job: Job, catalogue: Catalogue, *more: str) -> str:
    """Return the line of what is not decided on: operation, duration, model, credits and by whom, or `more`."""
    by = texts("deliveries-by", member=mention_if_known(texts, job.member_id))
    return small(
        join_facts(
            operation_name(texts, job.request),
            format_extent(texts, job.request),
            model_name(job.request, catalogue, MAX_NAME_LENGTH),
            *(more or (format_price(texts, job.spent), by)),
        )
    )


def model_name(request: MovieRequest, catalogue: Catalogue, limit: int) -> str:
    """Name the video model; '' for what no model makes."""
    return "" if request.operation in _WITHOUT_MODELS else escape_line(catalogue.label(request.video_model), limit)


def paid_by(texts: Texts, payers: Sequence[int]) -> str:
    """Name who paid for a movie together, as many as fit."""
    if not payers:
        return ""
    named = [each for each in payers if each > 0][:_MAX_PAYERS]  # not those whose data is erased
    more = len(payers) - len(named)
    said: MessageId = "pledges-paid-by-more" if more else "pledges-paid-by"
    return texts(
        said if named else "pledges-paid-by-unnamed",
        names=format_list(texts, [mention(each) for each in named]),
        more=more,
    )


def follower_message(texts: Texts, job: Job, followers: Sequence[int]) -> Message:
    """Build the notification for followers of a movie that was sent directly."""
    text = texts("deliveries-followed", followers=" ".join(map(mention, followers)))
    type_ = NotificationType.FOLLOWED
    return Message(
        COLOURS[type_], (text, quoted_prompt(texts, job.request.prompt)), _mark(job, type_), tuple(followers)
    )


def post_title(job: Job) -> str:
    """Return the title of a finished movie's post in a forum."""
    return truncate(job.request.prompt, MAX_POST_TITLE_LENGTH - 10) or job.id


def failed_message(texts: Texts, job: Job, balance: Balance | None, *, direct: bool = False) -> Message:
    """Build the notification that a movie failed and its hold was released.

    Only a direct message has the `balance`.
    """
    return _notification(
        texts,
        job,
        NotificationType.FAILED,
        "pledges-failed" if job.is_shared else "deliveries-failed",
        reason_text(texts, job),
        credits_line(texts, job, balance),
        again=not direct,
    )


def credits_line(texts: Texts, job: Job, balance: Balance | None) -> str:
    """Say what an ended movie cost, and what is left."""
    left = "" if balance is None else format_credits(texts, balance.member_available)
    below = texts("deliveries-left", left=left) if left else ""
    said: MessageId
    match job.state:
        case _ if not job.price:
            return join_lines(format_price(texts, 0) if job.state is JobState.COMPLETED else "", below)
        case _ if job.is_shared:
            return join_lines(credit_messages.ended(texts, job), below)
        case JobState.COMPLETED if not job.refunded:
            said, below = "deliveries-spent-left" if left else "deliveries-spent", ""
        case _ if job.spent or job.state is JobState.COMPLETED:
            said = "deliveries-spent-refunded"
        case _ if job.came_back_as_bonus:
            said = "deliveries-refunded-bonus"
        case _:
            said, below = "deliveries-refunded-left" if left else "deliveries-refunded", ""
    return join_lines(
        texts(said, cost=format_credits(texts, job.spent), refunded=format_credits(texts, job.refunded), left=left),
        below,
    )


def unknown_message(texts: Texts, job: Job) -> Message:
    """Build the notification that the outcome of a submission is unknown."""
    details = texts(
        "deliveries-unknown-details" if job.price else "cards-unknown", held=format_credits(texts, job.price)
    )
    return _notification(texts, job, NotificationType.UNKNOWN, "deliveries-unknown", details)


def cancelled_message(texts: Texts, job: Job, *, direct: bool = False) -> Message:
    """Build the notification that a movie was cancelled, or never started."""
    said: MessageId = "pledges-not-started" if job.is_shared else "deliveries-not-started"
    if job.was_cancelled_on_the_way:
        said = "deliveries-cancelled"
    lines = reason_text(texts, job), credits_line(texts, job, None)
    return _notification(texts, job, NotificationType.CANCELLED, said, *lines, again=not direct)


def _notification(
    texts: Texts, job: Job, type_: NotificationType, said: MessageId, *lines: str, again: bool = False
) -> Message:
    """Build a notification to the job's member about an end without a movie.

    `again`: it has the button for another attempt, which pictures that are gone can't have. Nothing can be ordered in a
    direct message.
    """
    again &= job.request.operation is not Operation.PICTURES
    return Message(
        COLOURS[type_],
        (
            join_lines(texts(said, member=mention(job.member_id)), *lines),
            quoted_prompt(texts, job.request.prompt),
            *(in_rows(*job_buttons.buttons(texts, job, "retry")) if again else (Divider(),)),
            facts(job_footer(job)),
        ),
        _mark(job, type_),
        (job.member_id,),
    )


def request_summary(texts: Texts, request: MovieRequest, catalogue: Catalogue) -> str:
    """Summarize a request on one line: operation, duration, aspect ratio, models, chosen extras.

    The image model that is the default is left out.
    """
    if request.operation in _WITHOUT_MODELS:
        return join_facts(operation_name(texts, request), format_extent(texts, request), request.aspect_ratio)
    models = [catalogue.label(request.video_model)]
    if request.image_model not in catalogue.enabled_keys(ModelKind.IMAGE)[:1]:
        models.append(catalogue.label(request.image_model, ModelKind.IMAGE))
    # the name of a dub says them, and that of subtitles
    extras = NO_EXTRAS if request.operation in (Operation.DUB, Operation.SUBTITLES) else request.extras
    language = extras.language
    return join_facts(
        operation_name(texts, request),
        format_extent(texts, request),
        request.aspect_ratio,
        escape_line(" + ".join(models), 200),
        "" if language in (None, API_DEFAULTS.language) else choice_name(texts, language),
        texts("forms-subtitles-option") if extras.subtitles else "",
        texts("forms-storyboard-label") if request.operation.declared.steps else "",
        *(
            texts(message_id("preferences", field), choice=choice_name(texts, chosen))
            for field in (PreferenceField.TONE, PreferenceField.MUSIC, PreferenceField.VOICE)
            if (chosen := getattr(extras, field)) not in (None, getattr(API_DEFAULTS, field))
        ),
    )
