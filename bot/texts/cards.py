"""The card that answers /movie and shows how the movie is coming along, and the message that brings it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.job import EndReason, Job, JobState
from bot.domain.quota import Balance
from bot.texts import safe, words
from bot.texts.buttons import Link, row
from bot.texts.stages import stage_words

STUDIO = "https://app.samsar.one/video/{request_id}"
"""Source: the API's page, "post-process your renditions in the Studio"."""

NOW = "Now"
"""The field of a card that says what is happening."""

_DETAILED = (EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED)
"""The reasons for which the API's own words say something to a member."""

_REASONS = {
    EndReason.UPSTREAM_FAILED: "The movie service could not finish this movie.",
    EndReason.UPSTREAM_FORGOT: "The movie service has lost track of this movie.",
    EndReason.REQUEST_REJECTED: "The movie service did not accept this request.",
    EndReason.KEY_REJECTED: "The movie service did not accept this bot's key. Whoever runs the bot has been told.",
    EndReason.PLAN_EMPTY: "This bot's plan at the movie service is used up. Whoever runs the bot has been told.",
    EndReason.BUSY: "The movie service is too busy to take another movie. Try again in a few minutes.",
    EndReason.UNREACHABLE: "The movie service could not be reached for an hour. Try again later.",
    EndReason.OPERATOR: "The movie service never confirmed this movie, so whoever runs the bot has ended it.",
    EndReason.UNANSWERED: "Discord did not confirm the answer to the command, so the movie was never started.",
}


@dataclass(frozen=True, slots=True)
class Message:
    """What a message in a channel carries."""

    content: str
    embed: discord.Embed | None
    view: discord.ui.View | None = None


def card(job: Job, catalogue: Catalogue) -> discord.Embed:
    """The card as it looks in the job's state."""
    title, colour, state = _STATES[job.state](job)
    embed = discord.Embed(title=title, description=f">>> {safe.plain(job.request.prompt)}", colour=colour)
    embed.add_field(name="Movie", value=_shape(job, catalogue))
    embed.add_field(name="Cost", value=_cost(job))
    requester = safe.one_line(job.member_name, 100) or words.mention(job.member_id)
    embed.add_field(name="Asked for by", value=requester)
    embed.add_field(name=NOW, value=state, inline=False)
    embed.set_footer(text=f"Movie {job.id}")
    return embed


def finished(job: Job, balance: Balance) -> Message:
    """The message that brings a movie: the link stands in the content, so that Discord plays it."""
    url = safe.link(job.movie_url or "")
    link = url or "Its link is too odd to be posted here: open it in the Studio."
    embed = discord.Embed(
        colour=words.GOOD,
        description=f"> {safe.one_line(job.request.prompt, 300)}\n\n"
        f"**{words.credit_count(job.credits)}** spent · **{words.credit_count(balance.own_left)}** left this month",
    )
    embed.set_footer(text=f"Movie {job.id}")
    return Message(f"{words.mention(job.member_id)} Your movie is ready.\n{link}", embed, _links(job, url))


def failed(job: Job, balance: Balance) -> Message:
    """The message that says that no movie will come, why, and that the credits are back."""
    embed = discord.Embed(
        title="No movie this time",
        colour=words.BAD,
        description=f"> {safe.one_line(job.request.prompt, 300)}\n\n{reason_words(job)}\n"
        f"**{words.credit_count(job.credits)}** came back to you · "
        f"**{words.credit_count(balance.own_left)}** left this month",
    )
    embed.set_footer(text=f"Movie {job.id}")
    return Message(f"{words.mention(job.member_id)} Your movie could not be made. It cost you nothing.", embed)


def unknown(job: Job) -> Message:
    """The message that says that we are checking."""
    embed = discord.Embed(
        title="Checking on your movie",
        colour=words.QUIET,
        description=f"> {safe.one_line(job.request.prompt, 300)}\n\n"
        "The movie service did not confirm that it took this movie. It will not be ordered twice; "
        f"whoever runs the bot has been told.\n**{words.credit_count(job.credits)}** stay held until it is clear, "
        "and then are spent on your movie or come back.",
    )
    embed.set_footer(text=f"Movie {job.id}")
    return Message(f"{words.mention(job.member_id)} I am checking what became of your movie.", embed)


def cancelled(job: Job) -> Message:
    """The message that says that a movie was never started, and that its credits are back."""
    embed = discord.Embed(
        title="Not started",
        colour=words.QUIET,
        description=f"> {safe.one_line(job.request.prompt, 300)}\n\n{reason_words(job)}\n"
        f"**{words.credit_count(job.credits)}** came back to you. Type /movie to try again.",
    )
    embed.set_footer(text=f"Movie {job.id}")
    return Message(f"{words.mention(job.member_id)} Your movie was not started. It cost you nothing.", embed)


def reason_words(job: Job) -> str:
    """Why no movie came, with the API's own words where they say something to a member."""
    reason = job.reason or EndReason.UPSTREAM_FAILED
    sentence = _REASONS[reason]
    if job.detail and reason in _DETAILED:
        return f"{sentence} It said: “{safe.one_line(job.detail, 300)}”"
    return sentence


def studio_link(job: Job) -> str | None:
    """Where the movie can be worked on; None where it has no request_id that fits an address."""
    return safe.link(STUDIO.format(request_id=job.request_id)) if job.request_id else None


def _shape(job: Job, catalogue: Catalogue) -> str:
    request = job.request
    video, image = catalogue.video_model(request.video_model), catalogue.image_model(request.image_model)
    models = (video.label if video else request.video_model, image.label if image else request.image_model)
    return f"{words.length(request.seconds)} · {request.aspect_ratio}\n{safe.one_line(' + '.join(models), 200)}"


def _cost(job: Job) -> str:
    amount = words.credit_count(job.credits)
    match job.state:
        case JobState.COMPLETED:
            return f"{amount}, spent"
        case JobState.FAILED | JobState.CANCELLED:
            return f"{amount}, given back"
        case _:
            return f"{amount}, held"


def _links(job: Job, url: str | None) -> discord.ui.View | None:
    links: list[Link] = []
    if url and len(url) <= safe.LONGEST_BUTTON_LINK:
        links.append(Link("Open the movie", url))
    studio = studio_link(job)
    if studio and len(studio) <= safe.LONGEST_BUTTON_LINK:
        links.append(Link("Open in Studio", studio))
    return row(*links) if links else None


def _rendering(job: Job) -> tuple[str, discord.Colour, str]:
    progress = job.progress
    stage = stage_words(progress.stage)
    if not progress.total:
        return "🎬 Making your movie", words.BRAND, f"{stage}. This can take several minutes."
    return "🎬 Making your movie", words.BRAND, f"{words.bar(progress.done, progress.total)}\n{stage}"


_STATES: dict[JobState, Callable[[Job], tuple[str, discord.Colour, str]]] = {
    JobState.QUEUED: lambda _: ("🎟️ Your movie is in the queue", words.BRAND, "Waiting for its turn."),
    JobState.SUBMITTING: lambda _: ("🎟️ Your movie is in the queue", words.BRAND, "Being handed to the movie service."),
    JobState.RENDERING: _rendering,
    JobState.COMPLETED: lambda _: (
        "🍿 Your movie is ready",
        words.GOOD,
        f"{words.bar(1, 1)}\nDone: it came as a message of its own, and stands in /movies.",
    ),
    JobState.FAILED: lambda job: ("No movie this time", words.BAD, reason_words(job)),
    JobState.CANCELLED: lambda job: ("Cancelled", words.QUIET, reason_words(job)),
    JobState.UNKNOWN: lambda _: (
        "Checking on your movie",
        words.QUIET,
        "The movie service did not confirm. It will not be ordered twice.",
    ),
}
