"""The card that answers /movie and shows how the movie is coming along, and the message that brings it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import discord

from bot.domain.breaker import Outage
from bot.domain.catalogue import Catalogue
from bot.domain.estimates import MAX_QUEUE_POSITION, NO_ESTIMATE, Estimate
from bot.domain.job import EndReason, Job, JobState
from bot.domain.quota import Balance
from bot.domain.request import MovieRequest
from bot.ui import job_buttons, links
from bot.ui.components import build_view
from bot.ui.escaping import escape, escape_line
from bot.ui.formatting import (
    BRAND,
    ERROR,
    NEUTRAL,
    SUCCESS,
    format_credits,
    format_duration,
    format_rough_duration,
    format_timestamp,
    mention,
    progress_bar,
)
from bot.ui.stage_labels import stage_label

STATUS_FIELD = "Now"
"""The field of a card that says what is happening."""

_DETAILED = (EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED)
"""The reasons for which the API's own words say something to a member."""

_REASONS = {
    EndReason.UPSTREAM_FAILED: "The movie service could not finish this movie.",
    EndReason.UPSTREAM_LOST_JOB: "The movie service has lost track of this movie.",
    EndReason.REQUEST_REJECTED: "The movie service did not accept this request.",
    EndReason.AUTHENTICATION_FAILED: (
        "The movie service did not accept this bot's key. Whoever runs the bot has been told."
    ),
    EndReason.PLAN_EXHAUSTED: "This bot's plan at the movie service is used up. Whoever runs the bot has been told.",
    EndReason.RATE_LIMITED: "The movie service is too busy to take another movie. Try again in a few minutes.",
    EndReason.UNREACHABLE: "The movie service could not be reached for an hour. Try again later.",
    EndReason.RESOLVED_BY_OPERATOR: (
        "The movie service never confirmed this movie, so whoever runs the bot has ended it."
    ),
    EndReason.RESPONSE_FAILED: "The order was not confirmed in time, so the movie was never started.",
    EndReason.CANCELLED_BY_MEMBER: "It was cancelled while it was waiting, so it was never started.",
}


_NO_ANSWER = "The movie service is not answering right now."
_NOT_TAKEN = "The movie service is not taking movies from this bot right now. Whoever runs the bot has been told."
_OUTAGES = {
    Outage.NO_ANSWER: _NO_ANSWER,
    Outage.UNREACHABLE: _NO_ANSWER,
    Outage.KEY_REJECTED: _NOT_TAKEN,
    Outage.PLAN_EMPTY: _NOT_TAKEN,
    Outage.BUSY: "The movie service is busy right now.",
}


JobSummary = tuple[str, discord.Colour, str]
"""A card's title, its colour, and what is happening."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a message carries, and whom it mentions.

    `has_link` is False for a movie whose link has no place in it, `link_in_embed` True where only the embed has it.
    """

    content: str
    embed: discord.Embed | None
    view: discord.ui.View | None = None
    mentions: tuple[int, ...] = ()
    has_link: bool = True
    link_in_embed: bool = False


def job_embed(job: Job, catalogue: Catalogue, outlook: Estimate = NO_ESTIMATE) -> discord.Embed:
    """The card as it looks in the job's state."""
    title, colour, state = job_summary(job, outlook)
    embed = discord.Embed(title=title, description=f">>> {escape(job.request.prompt)}", colour=colour)
    embed.add_field(name="Movie", value=request_summary(job.request, catalogue))
    embed.add_field(name="Cost", value=_cost(job))
    requester = escape_line(job.member_name, 100) or mention(job.member_id)
    embed.add_field(name="Asked for by", value=requester)
    embed.add_field(name=STATUS_FIELD, value=state, inline=False)
    embed.set_footer(text=f"Movie {job.id}")
    return embed


def job_summary(job: Job, outlook: Estimate = NO_ESTIMATE) -> JobSummary:
    """What a movie's card shows of its state."""
    return _STATES[job.state](job, outlook)


def is_card_of(job: Job, message: discord.Message) -> bool:
    """Whether a message is this job's card: its footer names the job, and unlike other messages it has no content."""
    return not message.content and any(embed.footer.text == f"Movie {job.id}" for embed in message.embeds)


def is_outdated(job: Job, card: discord.Message) -> bool:
    """Whether a card shows another state than the job is in."""
    return all(embed.title != job_summary(job)[0] for embed in card.embeds)


def job_view(job: Job) -> discord.ui.View | None:
    """What can be done with the movie that a card shows."""
    buttons = job_buttons.card_buttons(job)
    return build_view(*buttons) if buttons else None


def completed_message(job: Job, balance: Balance, followers: Sequence[int] = (), *, direct: bool = False) -> Message:
    """The message that brings a movie: the link stands in the content, so that Discord plays it.

    The link is the content's last line, or the description's: `relinked` replaces it. In a direct message (`direct`)
    nobody is mentioned.
    """
    said = f"{mention(job.member_id)} Your movie is ready.{_followed_by(followers)}"
    placed = links.place(
        job.movie_url,
        "Your movie is ready." if direct else said,
        f"> {escape_line(job.request.prompt, 300)}\n\n"
        f"**{format_credits(job.price)}** spent · **{format_credits(balance.member_available)}** left this month",
    )
    embed = discord.Embed(colour=SUCCESS, description=placed.description)
    embed.set_footer(text=f"Movie {job.id}")
    mentions = () if direct else (job.member_id, *followers)
    view = build_view(*job_buttons.finished_buttons(job, direct=direct))
    in_embed = placed.posted and (job.movie_url or "") not in placed.content
    return Message(placed.content, embed, view, mentions, has_link=placed.posted, link_in_embed=in_embed)


def follower_message(job: Job, followers: Sequence[int]) -> Message:
    """For those who follow a movie that its member had sent to themselves."""
    embed = discord.Embed(colour=SUCCESS, description=f"> {escape_line(job.request.prompt, 300)}")
    embed.set_footer(text=f"Movie {job.id}")
    said = "The movie that you follow is ready. Whoever asked for it wanted it sent to them directly."
    return Message(f"{' '.join(map(mention, followers))} {said}", embed, None, tuple(followers))


def replace_link(content: str, embed: discord.Embed | None, job: Job) -> tuple[str, discord.Embed | None]:
    """A finished movie's content and embed with the job's fresh link in place of the old."""
    placed = links.replaced(job.movie_url, content, "" if embed is None else embed.description or "")
    if embed is not None:
        embed = embed.copy()
        embed.description = placed.description
    return placed.content, embed


def failed_message(job: Job, balance: Balance, *, direct: bool = False) -> Message:
    """The message that says that no movie will come, why, and that the credits are back."""
    embed = discord.Embed(
        title="No movie this time",
        colour=ERROR,
        description=f"> {escape_line(job.request.prompt, 300)}\n\n{reason_text(job)}\n"
        f"**{format_credits(job.price)}** came back to you · "
        f"**{format_credits(balance.member_available)}** left this month",
    )
    embed.set_footer(text=f"Movie {job.id}")
    said = f"{mention(job.member_id)} Your movie could not be made. It cost you nothing."
    return Message(said, embed, None if direct else job_view(job), (job.member_id,))


def unknown_message(job: Job) -> Message:
    """The message that says that we are checking."""
    embed = discord.Embed(
        title="Checking on your movie",
        colour=NEUTRAL,
        description=f"> {escape_line(job.request.prompt, 300)}\n\n"
        "The movie service did not confirm that it took this movie. It will not be ordered twice; "
        f"whoever runs the bot has been told.\n**{format_credits(job.price)}** will stay held until it is clear, "
        "and will then be spent on your movie or come back.",
    )
    embed.set_footer(text=f"Movie {job.id}")
    said = f"{mention(job.member_id)} I am checking what became of your movie."
    return Message(said, embed, None, (job.member_id,))


def cancelled_message(job: Job) -> Message:
    """The message that says that a movie was never started, and that its credits are back."""
    embed = discord.Embed(
        title="Not started",
        colour=NEUTRAL,
        description=f"> {escape_line(job.request.prompt, 300)}\n\n{reason_text(job)}\n"
        f"**{format_credits(job.price)}** came back to you. Type /movie to try again.",
    )
    embed.set_footer(text=f"Movie {job.id}")
    said = f"{mention(job.member_id)} Your movie was not started. It cost you nothing."
    return Message(said, embed, None, (job.member_id,))


def reason_text(job: Job) -> str:
    """Why no movie came, with the API's own words where they say something to a member."""
    reason = job.end_reason or EndReason.UPSTREAM_FAILED
    sentence = _REASONS[reason]
    if job.upstream_message and reason in _DETAILED:
        return f"{sentence} It said: “{escape_line(job.upstream_message, 300)}”"
    return sentence


def request_summary(request: MovieRequest, catalogue: Catalogue) -> str:
    """How long, which shape, made by which models."""
    video, image = catalogue.video_model(request.video_model), catalogue.image_model(request.image_model)
    models = _models(video.label if video else request.video_model, image.label if image else request.image_model)
    return f"{format_duration(request.duration_seconds)} · {request.aspect_ratio}\n{models}"


@functools.cache  # there are as many pairs as the catalogue has, and every card shows one
def _models(video: str, image: str) -> str:
    return escape_line(f"{video} + {image}", 200)


def _cost(job: Job) -> str:
    amount = format_credits(job.price)
    match job.state:
        case JobState.COMPLETED:
            return f"{amount}, spent"
        case JobState.FAILED | JobState.CANCELLED:
            return f"{amount}, given back"
        case _:
            return f"{amount}, held"


def _followed_by(followers: Sequence[int]) -> str:
    return f" Also for {' '.join(map(mention, followers))}." if followers else ""


def _queued(_job: Job, outlook: Estimate) -> JobSummary:
    match outlook.queue_position:
        case None:
            place = "Waiting for its turn."
        case 0:
            place = "It is next."
        case 1:
            place = "1 movie is in front of it."
        case ahead if ahead > MAX_QUEUE_POSITION:
            place = f"More than {MAX_QUEUE_POSITION} movies are in front of it."
        case ahead:
            place = f"{ahead} movies are in front of it."
    return "🎟️ Your movie is in the queue", BRAND, _lines(_outage(outlook), place, _usual(outlook))


def outage_words(outage: Outage) -> str:
    """Why no movie in the queue starts now."""
    return _OUTAGES[outage]


def _outage(outlook: Estimate) -> str:
    if outlook.outage is None:
        return ""
    return (
        f"{_OUTAGES[outlook.outage]} Your credits stay held, and your movie starts as soon as the service takes it."
        " If that takes more than an hour, the credits come back to you."
    )


def _rendering(job: Job, outlook: Estimate) -> JobSummary:
    progress = job.progress
    stage = stage_label(progress.stage)
    if progress.total:
        where = (
            f"{progress_bar(progress.done, progress.total)}\n{stage} · {progress.done} of {progress.total} steps done"
        )
    else:
        where = f"{stage}."
    started = f"Started {format_timestamp(job.submitted_at)}." if job.submitted_at is not None else ""
    return "🎬 Making your movie", BRAND, _lines(where, f"{started} {_usual(outlook)}".strip())


def _usual(outlook: Estimate) -> str:
    """How long such movies take, from those that were made; nothing where too few are known."""
    usual = outlook.duration
    if usual is None:
        return ""
    low, high = format_rough_duration(usual.low), format_rough_duration(usual.high)
    spread = f"{low} to {high}" if low != high else f"about {low}"
    if outlook.age > usual.high:
        return f"It takes longer than usual: with this model, movies of this length mostly took {spread}."
    return (
        f"With this model, movies of this length mostly took {spread}, half of them less than "
        f"{format_rough_duration(usual.median)}."
    )


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _always(title: str, colour: discord.Colour, text: str) -> Callable[[Job, Estimate], JobSummary]:
    return lambda _job, _outlook: (title, colour, text)


def _ended(title: str, colour: discord.Colour) -> Callable[[Job, Estimate], JobSummary]:
    return lambda job, _outlook: (title, colour, reason_text(job))


_STATES: dict[JobState, Callable[[Job, Estimate], JobSummary]] = {
    JobState.QUEUED: _queued,
    JobState.SUBMITTING: _always("🎟️ Your movie is in the queue", BRAND, "It is being handed to the movie service."),
    JobState.RENDERING: _rendering,
    JobState.COMPLETED: _always(
        "🍿 Your movie is ready",
        SUCCESS,
        f"{progress_bar(1, 1)}\nDone: it came as a message of its own, and stands in /movies.",
    ),
    JobState.FAILED: _ended("No movie this time", ERROR),
    JobState.CANCELLED: _ended("Cancelled", NEUTRAL),
    JobState.UNKNOWN: _always(
        "Checking on your movie",
        NEUTRAL,
        "The movie service did not confirm. It will not be ordered twice.",
    ),
}
