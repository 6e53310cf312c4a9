"""A job's card, and the notifications about its end."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.catalogue import API_DEFAULTS, Catalogue, ModelKind
from bot.domain.delivery import NotificationType, Venue
from bot.domain.durations import NO_ESTIMATE, Estimate
from bot.domain.jobs import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import Balance
from bot.domain.request import MovieRequest
from bot.domain.text import MAX_NAME_LENGTH, MAX_POST_TITLE_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import credits as credit_messages
from bot.ui import formatting, job_buttons
from bot.ui.components import Field, actions_of, build_embed, build_view
from bot.ui.extras import choice_name
from bot.ui.formatting import (
    BRAND,
    ERROR,
    NEUTRAL,
    STAR,
    SUCCESS,
    WARNING,
    escape,
    escape_line,
    format_credits,
    format_duration,
    format_list,
    is_footer_of,
    job_footer,
    join_lines,
    mention,
    mention_if_known,
    shown_prompt,
    truncate,
)
from bot.ui.job_status import job_summary, reason_text

COLOURS: Final[Mapping[NotificationType, discord.Colour]] = {
    NotificationType.COMPLETED: SUCCESS,
    NotificationType.FAILED: ERROR,
    NotificationType.UNKNOWN: WARNING,
    NotificationType.CANCELLED: NEUTRAL,
    NotificationType.FOLLOWED: BRAND,
    NotificationType.STARRED: STAR,
}
"""A color for each notification: an earlier attempt's message is recognized by it, in any language."""

_WITHOUT_MOVIE: Final = frozenset({JobState.FAILED, JobState.CANCELLED})

_ALT_PROMPT_LENGTH: Final = 900
"""Characters of the prompt in an attached movie's alternative text, which Discord limits to 1,024."""

_MAX_PAYERS: Final = 15
"""Members who are named as those who paid. A long link needs most of the description."""

_MAX_POST_TITLE: Final = MAX_POST_TITLE_LENGTH - 10


@dataclass(frozen=True, slots=True)
class Message:
    """A message's content, parts and mentions.

    `has_link` is False for a movie whose link fits nowhere in the message; `link_in_embed` is True where only the embed
    has it. `alt_text` describes an attached movie to those who can't see it. A `spoiler` hides it until someone clicks.
    """

    content: str
    embed: discord.Embed | None
    view: discord.ui.View | None = None
    mentions: tuple[int, ...] = ()
    has_link: bool = True
    link_in_embed: bool = False
    alt_text: str = ""
    spoiler: bool = False


def job_embed(
    texts: Texts,
    job: Job,
    catalogue: Catalogue,
    estimate: Estimate = NO_ESTIMATE,
    venue: Venue | None = Venue.UNDECIDED,
) -> discord.Embed:
    """Build a job's card; `venue` is where its finished movie is, None where it is only in /movies."""
    title, colour, state = job_summary(texts, job, estimate)
    requester = escape(job.member_name, MAX_NAME_LENGTH) or mention_if_known(texts, job.member_id)
    return build_embed(
        title,
        f">>> {escape(shown_prompt(texts, job.request.prompt))}",
        colour,
        Field(texts("cards-movie-field"), request_summary(texts, job.request, catalogue)),
        Field(texts("cards-cost-field"), _cost(texts, job)),
        Field(texts("cards-requester-field"), requester),
        Field(texts("cards-status-field"), join_lines(state, _movie_place(texts, job, venue, requester)), inline=False),
        footer=job_footer(job),
    )


def _movie_place(texts: Texts, job: Job, venue: Venue | None, member: str) -> str:
    """Say where the movie goes, or where it went."""
    if job.state in _WITHOUT_MOVIE:
        return ""
    if job.state is not JobState.COMPLETED or venue is Venue.UNDECIDED:
        return texts("cards-direct", member=member) if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE else ""
    match venue:
        case None:
            return texts("cards-not-posted", member=member)
        case Venue.DIRECT:
            return texts("cards-sent-direct", member=member)
        case _:
            return texts("cards-in-list", member=member)


def is_card_of(job: Job, message: discord.Message) -> bool:
    """Return whether a message is this job's card.

    A card has no content, unlike the other messages with its footer.
    """
    return not message.content and is_about(job, message)


def is_about(job: Job, message: discord.Message) -> bool:
    """Return whether a message is about this job."""
    return any(is_footer_of(job, embed.footer.text) for embed in message.embeds)


def is_notification(job: Job, message: discord.Message, type_: NotificationType) -> bool:
    """Return whether a message is this notification of the job."""
    return bool(message.content) and any(
        is_footer_of(job, embed.footer.text) and embed.colour == COLOURS[type_] for embed in message.embeds
    )


def is_outdated(job: Job, card: discord.Message) -> bool:
    """Return whether a card does not show its job's end."""
    return job.state.is_terminal and any(action in job_buttons.OPEN_ACTIONS for action, _ in actions_of(card))


def job_view(texts: Texts, job: Job, *, cancellable: bool = False) -> discord.ui.View | None:
    """Build the buttons beneath a job's card, by its state. Nobody can follow a direct message."""
    if job.state is JobState.COMPLETED:
        return None
    if job.state in (JobState.FAILED, JobState.CANCELLED):
        return build_view(*job_buttons.buttons(texts, job, "retry"))
    cancel = ("cancel",) if job_buttons.may_cancel(job, cancellable=cancellable) else ()
    follow = () if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE else ("follow",)
    buttons = (*job_buttons.buttons(texts, job, *cancel, *follow), *job_buttons.target_buttons(texts, job))
    return build_view(*buttons) if buttons else None


def completed_message(
    texts: Texts,
    job: Job,
    balance: Balance | None,
    followers: Sequence[int] = (),
    *,
    payers: Sequence[int] = (),
    direct: bool = False,
    attached: bool = False,
    spoiler: bool = False,
) -> Message:
    """Build the notification that a movie is ready.

    The link is the content's last line, where Discord plays it unless the movie is `attached`, or the description's;
    `replace_link` relies on that. A direct message mentions nobody, and `payers` are named without a ping. Only a
    direct message has the `balance`, because it is the member's own.
    """
    credits = credits_line(texts, job, balance)
    not_cancelled = "" if job.cancel_requested_at is None else texts("deliveries-not-cancelled")
    description = _description(job, not_cancelled, paid_by(texts, payers), credits)
    member = mention(job.member_id)
    if direct:
        ready = texts("deliveries-ready-direct")
    elif followers:
        ready = texts("deliveries-ready-followed", member=member, followers=" ".join(map(mention, followers)))
    else:
        ready = texts("deliveries-ready", member=member)
    placed = formatting.place(texts, job.movie_url, ready, description, attached=attached, spoiler=spoiler)
    mentions = () if direct else (job.member_id, *followers)
    return movie_message(
        texts,
        job,
        placed,
        NotificationType.COMPLETED,
        mentions,
        direct=direct,
        attached=attached,
        spoiler=spoiler,
    )


def movie_message(
    texts: Texts,
    job: Job,
    placed: formatting.PlacedLink,
    type_: NotificationType,
    mentions: tuple[int, ...] = (),
    *,
    direct: bool = False,
    attached: bool,
    spoiler: bool,
) -> Message:
    """Build a message that shows a finished movie, whose link is placed in it."""
    embed = build_embed("", placed.description, COLOURS[type_], footer=job_footer(job))
    view = build_view(*job_buttons.posted_buttons(texts, job, direct=direct))
    return Message(
        placed.content,
        embed,
        view,
        mentions,
        has_link=placed.posted,
        link_in_embed=placed.posted and (job.movie_url or "") not in placed.content,
        alt_text=alt_text(texts, job.request) if attached else "",
        spoiler=spoiler,
    )


def paid_by(texts: Texts, payers: Sequence[int]) -> str:
    """Name who paid for a movie together, as many as fit."""
    if not payers:
        return ""
    named = [each for each in payers if each > 0][:_MAX_PAYERS]  # not those whose data is erased
    more = len(payers) - len(named)
    members = format_list(texts, [mention(each) for each in named])
    if not named:
        return texts("pledges-paid-by-unnamed", more=more)
    return texts("pledges-paid-by-more", names=members, more=more) if more else texts("pledges-paid-by", names=members)


def alt_text(texts: Texts, request: MovieRequest) -> str:
    """Describe an attached movie to those who can't see it."""
    return texts(
        "deliveries-movie-alt-text",
        duration=format_duration(texts, request.duration_seconds),
        prompt=truncate(shown_prompt(texts, request.prompt), _ALT_PROMPT_LENGTH),
    )


def follower_message(texts: Texts, job: Job, followers: Sequence[int]) -> Message:
    """Build the notification for followers of a movie that was sent directly."""
    content = texts("deliveries-followed", followers=" ".join(map(mention, followers)))
    embed = build_embed("", _description(job), COLOURS[NotificationType.FOLLOWED], footer=job_footer(job))
    return Message(content, embed, None, tuple(followers))


def follower_notice(texts: Texts, job: Job) -> str:
    """Tell a follower by DM who can't be mentioned with a movie. They may not see what it is about."""
    return texts("deliveries-followed-direct", id=job.id)


def post_title(job: Job) -> str:
    """Return the title of a finished movie's post in a forum."""
    title = " ".join(job.request.prompt.split())
    return truncate(title, _MAX_POST_TITLE) or job.id


def replace_link(
    texts: Texts, content: str, embed: discord.Embed | None, job: Job, *, attached: bool, spoiler: bool = False
) -> tuple[str, discord.Embed | None]:
    """Put the job's fresh link into a finished movie's content and embed."""
    description = "" if embed is None else embed.description or ""
    placed = formatting.replaced(texts, job.movie_url, content, description, attached=attached, spoiler=spoiler)
    if embed is not None:
        embed = embed.copy()
        embed.description = placed.description
    return placed.content, embed


def failed_message(texts: Texts, job: Job, balance: Balance | None, *, direct: bool = False) -> Message:
    """Build the notification that a movie failed and its hold was released.

    Only a direct message has the `balance`.
    """
    shared = job.is_shared
    return _notification(
        texts,
        job,
        NotificationType.FAILED,
        "pledges-failed" if shared else "deliveries-failed",
        "deliveries-failed-title",
        reason_text(texts, job),
        credits_line(texts, job, balance),
        view=_retry_view(texts, job, direct=direct),
    )


def _retry_view(texts: Texts, job: Job, *, direct: bool) -> discord.ui.View | None:
    """Build the buttons beneath the end of a job without a movie.

    Nothing can be ordered in a direct message.
    """
    return None if direct else build_view(*job_buttons.buttons(texts, job, "retry", "receipt"))


def credits_line(texts: Texts, job: Job, balance: Balance | None) -> str:
    """Say what an ended movie cost, and what is left."""
    spent, refunded = format_credits(texts, job.spent), format_credits(texts, job.refunded)
    left = "" if balance is None else format_credits(texts, balance.member_available)
    if job.is_shared:
        line = credit_messages.ended(texts, job)
    elif job.state is JobState.COMPLETED:
        return texts("deliveries-spent-left", cost=spent, left=left) if left else texts("deliveries-spent", cost=spent)
    elif job.spent:
        line = texts("deliveries-spent-refunded", cost=spent, refunded=refunded)
    elif job.came_back_as_bonus:
        line = texts("deliveries-refunded-bonus", refunded=refunded)
    elif left:
        return texts("deliveries-refunded-left", refunded=refunded, left=left)
    else:
        line = texts("deliveries-refunded", refunded=refunded)
    return join_lines(line, texts("deliveries-left", left=left) if left else "")


def unknown_message(texts: Texts, job: Job) -> Message:
    """Build the notification that the outcome of a submission is unknown."""
    details = texts("deliveries-unknown-details", held=format_credits(texts, job.price))
    return _notification(
        texts, job, NotificationType.UNKNOWN, "deliveries-unknown", "deliveries-unknown-title", details
    )


def cancelled_message(texts: Texts, job: Job, *, direct: bool = False) -> Message:
    """Build the notification that a movie was cancelled, or never started."""
    title: MessageId = "deliveries-not-started-title"
    content: MessageId = "deliveries-not-started"
    if job.was_cancelled_on_the_way:
        title, content = "deliveries-cancelled-title", "deliveries-cancelled"
        details = credits_line(texts, job, None)
    elif job.is_shared:
        content, details = "pledges-not-started", credit_messages.ended(texts, job)
    else:
        details = texts("deliveries-not-started-details", refunded=format_credits(texts, job.refunded))
    return _notification(
        texts,
        job,
        NotificationType.CANCELLED,
        content,
        title,
        reason_text(texts, job),
        details,
        view=_retry_view(texts, job, direct=direct),
    )


def _notification(
    texts: Texts,
    job: Job,
    type_: NotificationType,
    content: MessageId,
    title: MessageId,
    *lines: str,
    view: discord.ui.View | None = None,
) -> Message:
    """Build a notification to the job's member about an end without a movie."""
    embed = build_embed(texts(title), _description(job, *lines), COLOURS[type_], footer=job_footer(job))
    return Message(texts(content, member=mention(job.member_id)), embed, view, (job.member_id,))


def _description(job: Job, *lines: str) -> str:
    """Quote the prompt's start above the lines with text."""
    below = join_lines(*lines)
    prompt = f"> {escape_line(job.request.prompt, 300)}"
    return f"{prompt}\n\n{below}" if below else prompt


def request_summary(texts: Texts, request: MovieRequest, catalogue: Catalogue) -> str:
    """Summarize a request: length, aspect ratio, models, chosen extras."""
    models = _models(catalogue.label(request.video_model), catalogue.label(request.image_model, ModelKind.IMAGE))
    language, tone = request.extras.language, request.extras.tone
    chosen = [
        "" if language in (None, API_DEFAULTS.language) else choice_name(texts, language),
        texts("forms-subtitles-option") if request.extras.subtitles else "",
        "" if tone in (None, API_DEFAULTS.tone) else texts("forms-tone-option", tone=choice_name(texts, tone)),
    ]
    length = f"{format_duration(texts, request.duration_seconds)} · {request.aspect_ratio}"
    return join_lines(length, models, " · ".join(filter(None, chosen)))


@functools.cache  # there are as many pairs as the catalogue has, and every card shows one
def _models(video: str, image: str) -> str:
    return escape_line(f"{video} + {image}", 200)


def _cost(texts: Texts, job: Job) -> str:
    match job.state:
        case JobState.COMPLETED:
            return format_credits(texts, job.price)
        case JobState.FAILED | JobState.CANCELLED if job.is_shared:
            return credit_messages.ended(texts, job)
        case JobState.CANCELLED if job.spent:
            spent, refunded = format_credits(texts, job.spent), format_credits(texts, job.refunded)
            return texts("cards-cost-in-part", cost=spent, refunded=refunded)
        case JobState.FAILED | JobState.CANCELLED:
            return texts("cards-cost-refunded", credits=job.price)
        case _:
            return texts("cards-cost-on-hold", credits=job.price)
