"""A job's card, and the notifications about its end."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.estimates import NO_ESTIMATE, Estimate
from bot.domain.job import Job, JobState
from bot.domain.language import Language
from bot.domain.quota import Balance
from bot.domain.request import MovieRequest
from bot.locales.texts import texts_in
from bot.ui import extras, job_buttons, links
from bot.ui.components import build_view
from bot.ui.end_reasons import operator_notified, reason_text
from bot.ui.escaping import escape, escape_line, escape_name
from bot.ui.formatting import (
    ERROR,
    NEUTRAL,
    SUCCESS,
    format_credits,
    format_duration,
    job_footer,
    mention,
)
from bot.ui.job_status import job_summary

STATUS_FIELD = "Now"
"""Name of the card's field with the current status."""


_FINISHED_BEFORE = "It was finished before it could be cancelled."


@dataclass(frozen=True, slots=True)
class Message:
    """A message's content, parts and mentions.

    `has_link` is False for a movie whose link fits nowhere in the message; `link_in_embed` is True where only the embed
    has it.
    """

    content: str
    embed: discord.Embed | None
    view: discord.ui.View | None = None
    mentions: tuple[int, ...] = ()
    has_link: bool = True
    link_in_embed: bool = False


def job_embed(job: Job, catalogue: Catalogue, estimate: Estimate = NO_ESTIMATE) -> discord.Embed:
    """Build a job's card."""
    title, colour, state = job_summary(job, estimate)
    embed = discord.Embed(title=title, description=f">>> {escape(job.request.prompt)}", colour=colour)
    embed.add_field(name="Movie", value=request_summary(job.request, catalogue))
    embed.add_field(name="Cost", value=_cost(job))
    requester = escape_name(job.member_name, 100) or mention(job.member_id)
    embed.add_field(name="Asked for by", value=requester)
    embed.add_field(name=STATUS_FIELD, value=state, inline=False)
    embed.set_footer(text=job_footer(job))
    return embed


def is_card_of(job: Job, message: discord.Message) -> bool:
    """Return whether a message is this job's card.

    A card has no content, unlike the other messages with its footer.
    """
    return not message.content and any(embed.footer.text == job_footer(job) for embed in message.embeds)


def is_outdated(job: Job, card: discord.Message) -> bool:
    """Return whether a card shows another state than the job's."""
    return all(embed.title != job_summary(job)[0] for embed in card.embeds)


def job_view(job: Job, *, cancellable: bool = False) -> discord.ui.View | None:
    """Build the buttons beneath a job's card."""
    buttons = job_buttons.card_buttons(job, cancellable=cancellable)
    return build_view(*buttons) if buttons else None


def completed_message(job: Job, balance: Balance, followers: Sequence[int] = (), *, direct: bool = False) -> Message:
    """Build the notification that a movie is ready.

    The link is the content's last line, where Discord plays it, or the description's; `replace_link` relies on that. A
    direct message mentions nobody.
    """
    text = f"{mention(job.member_id)} Your movie is ready.{_followed_by(followers)}"
    too_late = "" if job.cancel_requested_at is None else f"{_FINISHED_BEFORE}\n"
    placed = links.place(
        texts_in(Language.ENGLISH),
        job.movie_url,
        "Your movie is ready." if direct else text,
        f"> {escape_line(job.request.prompt, 300)}\n\n{too_late}"
        f"**{format_credits(job.price)}** spent · **{format_credits(balance.member_available)}** left this month",
    )
    embed = discord.Embed(colour=SUCCESS, description=placed.description)
    embed.set_footer(text=job_footer(job))
    mentions = () if direct else (job.member_id, *followers)
    view = build_view(*job_buttons.finished_buttons(job, direct=direct))
    in_embed = placed.posted and (job.movie_url or "") not in placed.content
    return Message(placed.content, embed, view, mentions, has_link=placed.posted, link_in_embed=in_embed)


def follower_message(job: Job, followers: Sequence[int]) -> Message:
    """Build the notification for followers of a movie that was sent directly."""
    embed = discord.Embed(colour=SUCCESS, description=f"> {escape_line(job.request.prompt, 300)}")
    embed.set_footer(text=job_footer(job))
    text = "The movie that you follow is ready. Whoever asked for it wanted it sent to them directly."
    return Message(f"{' '.join(map(mention, followers))} {text}", embed, None, tuple(followers))


def replace_link(content: str, embed: discord.Embed | None, job: Job) -> tuple[str, discord.Embed | None]:
    """Put the job's fresh link into a finished movie's content and embed."""
    placed = links.replaced(
        texts_in(Language.ENGLISH), job.movie_url, content, "" if embed is None else embed.description or ""
    )
    if embed is not None:
        embed = embed.copy()
        embed.description = placed.description
    return placed.content, embed


def failed_message(job: Job, balance: Balance, *, direct: bool = False) -> Message:
    """Build the notification that a movie failed and its hold was released."""
    embed = discord.Embed(
        title="No movie this time",
        colour=ERROR,
        description=f"> {escape_line(job.request.prompt, 300)}\n\n{reason_text(texts_in(Language.ENGLISH), job)}\n"
        f"**{format_credits(job.price)}** came back to you · "
        f"**{format_credits(balance.member_available)}** left this month",
    )
    embed.set_footer(text=job_footer(job))
    text = f"{mention(job.member_id)} Your movie could not be made. It cost you nothing."
    return Message(text, embed, None if direct else job_view(job), (job.member_id,))


def unknown_message(job: Job) -> Message:
    """Build the notification that the outcome of a submission is unknown."""
    notified = operator_notified(texts_in(Language.ENGLISH))
    embed = discord.Embed(
        title="Checking on your movie",
        colour=NEUTRAL,
        description=f"> {escape_line(job.request.prompt, 300)}\n\n"
        "The movie service did not confirm that it took this movie. It will not be ordered twice. "
        f"{notified}\n**{format_credits(job.price)}** will stay held until it is clear, "
        "and will then be spent on your movie or come back.",
    )
    embed.set_footer(text=job_footer(job))
    text = f"{mention(job.member_id)} I am checking what became of your movie."
    return Message(text, embed, None, (job.member_id,))


def cancelled_message(job: Job) -> Message:
    """Build the notification that a movie was cancelled, or never started."""
    return _cancelled_on_the_way(job) if job.was_cancelled_on_the_way else _not_started(job)


def _cancelled_on_the_way(job: Job) -> Message:
    """Say what a movie cost that its member cancelled while it rendered."""
    spent = f"**{format_credits(job.spent)}** spent · **{format_credits(job.refunded)}** refunded"
    reason = reason_text(texts_in(Language.ENGLISH), job)
    embed = discord.Embed(
        title="Cancelled",
        colour=NEUTRAL,
        description=f"> {escape_line(job.request.prompt, 300)}\n\n{reason}\n{spent}",
    )
    embed.set_footer(text=job_footer(job))
    return Message(f"{mention(job.member_id)} Your movie is cancelled.", embed, None, (job.member_id,))


def _not_started(job: Job) -> Message:
    embed = discord.Embed(
        title="Not started",
        colour=NEUTRAL,
        description=f"> {escape_line(job.request.prompt, 300)}\n\n{reason_text(texts_in(Language.ENGLISH), job)}\n"
        f"**{format_credits(job.price)}** came back to you. Type /movie to try again.",
    )
    embed.set_footer(text=job_footer(job))
    text = f"{mention(job.member_id)} Your movie was not started. It cost you nothing."
    return Message(text, embed, None, (job.member_id,))


def request_summary(request: MovieRequest, catalogue: Catalogue) -> str:
    """Summarize a request: length, aspect ratio, models, chosen extras."""
    video, image = catalogue.video_model(request.video_model), catalogue.image_model(request.image_model)
    models = _models(video.label if video else request.video_model, image.label if image else request.image_model)
    lines = [f"{format_duration(request.duration_seconds)} · {request.aspect_ratio}", models]
    return "\n".join([*lines, *filter(None, [extras.summary(texts_in(Language.ENGLISH), request.extras)])])


@functools.cache  # there are as many pairs as the catalogue has, and every card shows one
def _models(video: str, image: str) -> str:
    return escape_line(f"{video} + {image}", 200)


def _cost(job: Job) -> str:
    amount = format_credits(job.price)
    match job.state:
        case JobState.COMPLETED:
            return f"{amount}, spent"
        case JobState.CANCELLED if job.spent:
            return f"{format_credits(job.spent)} spent, {job.refunded:,} refunded"
        case JobState.FAILED | JobState.CANCELLED:
            return f"{amount}, given back"
        case _:
            return f"{amount}, held"


def _followed_by(followers: Sequence[int]) -> str:
    return f" Also for {' '.join(map(mention, followers))}." if followers else ""
