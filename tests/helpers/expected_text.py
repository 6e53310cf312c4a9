"""Texts of bot/ui, so that behavior tests don't repeat them."""

from __future__ import annotations

from typing import get_args

import discord

from bot.domain.catalogue import RequestLimits, VideoModel
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.durations import Estimate
from bot.domain.jobs import Job, JobState
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery, Page
from bot.domain.orders import Quote, QuotePreview
from bot.domain.refusal import QuoteRefusalCode, RefusalCode, Refused
from bot.domain.request import Problem, ProblemCode
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.ui import job_messages, movie_list, quotes, rankings, refusals
from bot.ui.formatting import mention
from bot.ui.job_status import job_summary
from bot.ui.movie_list import MovieDetail
from tests.helpers import factories

ENGLISH = texts_in(Language.ENGLISH)
"""The texts for members whose language the bot does not know."""

CREDITS_RESET_AT = 1_796_083_200_000
"""The start of December 2026, when the credits of the harness's month reset. UTC epoch milliseconds."""

LUMA_LABEL = "Luma Dream Machine"

NOTHING_SPENT = (refusals.validation_embed(ENGLISH, ()).description or "").strip()
"""The sentence that each refusal of an order contains."""


def embed_text(embed: discord.Embed | None) -> str:
    assert embed is not None
    parts = [embed.title, embed.description, embed.footer.text]
    parts += [text for field in embed.fields for text in (field.name, field.value)]
    return "\n".join(part for part in parts if part)


def card_title(state: JobState) -> str:
    return job_summary(ENGLISH, factories.job(state))[0]


def shows_job(card: discord.Message, job: Job) -> bool:
    built = job_messages.job_embed(ENGLISH, job, factories.CATALOGUE)
    left_out = {
        ENGLISH("cards-movie-field"),
        ENGLISH("cards-status-field"),
    }  # they depend on the catalogue and on earlier movies

    def parts(embed: discord.Embed) -> tuple[object, ...]:
        fields = [(field.name, field.value) for field in embed.fields if field.name not in left_out]
        return embed.title, embed.description, embed.colour, embed.footer.text, fields

    return parts(card.embeds[0]) == parts(built)


def cost_text(state: JobState, credits: int) -> str:
    embed = job_messages.job_embed(ENGLISH, factories.job(state, price=credits), factories.CATALOGUE)
    [value] = [field.value for field in embed.fields if field.name == ENGLISH("cards-cost-field")]
    return value or ""


def notification_text(notification: NotificationType, *, pitch_id: str | None = None) -> str:
    job = factories.job(JobState.COMPLETED, movie_url="https://movies.test/a.mp4", pitch_id=pitch_id)
    message = {
        NotificationType.COMPLETED: lambda: job_messages.completed_message(ENGLISH, job, None),
        NotificationType.FAILED: lambda: job_messages.failed_message(ENGLISH, job, None),
        NotificationType.UNKNOWN: lambda: job_messages.unknown_message(ENGLISH, job),
        NotificationType.CANCELLED: lambda: job_messages.cancelled_message(ENGLISH, job),
        NotificationType.STARRED: lambda: rankings.gallery_message(ENGLISH, job),
        NotificationType.FOLLOWED: lambda: job_messages.follower_message(ENGLISH, job, [1]),
    }[notification]()
    mentions = {mention(job.member_id), mention(1)}
    return " ".join(word for word in message.content.partition("\n")[0].split(" ") if word not in mentions)


def notification_type(content: str) -> NotificationType | None:
    return next((each for each in NotificationType if notification_text(each) in content), None)


def refusal(code: RefusalCode, **data: object) -> str:
    shown = refusals.message(ENGLISH, Refused(code, data))
    return shown.content or embed_text(shown.embed)


def unavailable_reason(text: str) -> RefusalCode | None:
    """Where a quote was ordered, the text has a link after its words."""
    return next((code for code in get_args(QuoteRefusalCode) if text.startswith(refusal(code).rstrip("."))), None)


def quote_title(credits: int) -> str:
    quote = Quote("1", 1, 1, 1, factories.request(), credits, CREDITS_RESET_AT)
    return str(quotes.quote_embed(ENGLISH, QuotePreview(quote, factories.balance()), factories.CATALOGUE).title)


def insufficient_credits(
    required: int, available: int, scope: BudgetScope = BudgetScope.MEMBER, *, label: str, credits_per_second: int = 10
) -> str:
    shortfall = Shortfall(scope, required, available, CREDITS_RESET_AT)
    model = VideoModel("", label, credits_per_second, ())
    return embed_text(refusals.insufficient_credits_embed(ENGLISH, shortfall, model, RequestLimits()))


def validation_error(*problems: Problem) -> str:
    return embed_text(refusals.validation_embed(ENGLISH, problems))


def problem_line(code: ProblemCode, value: str = "", allowed: tuple[str, ...] = ()) -> str:
    return validation_error(Problem(code, value, allowed)).splitlines()[1]


def queue_position_text(position: int) -> str:
    return job_summary(ENGLISH, factories.job(JobState.QUEUED), Estimate(queue_position=position))[2]


def usual_duration_text(*, late: bool = False) -> str:
    sentence = ENGLISH("cards-late", spread="|") if late else ENGLISH("cards-usual", spread="|")
    return sentence.partition("|")[0]


def empty_list(member_id: int, which: MovieFilter = MovieFilter.ALL, *, mine: bool = True) -> str:
    query, none = MovieQuery(member_id, filter=which), Page(())
    return embed_text(movie_list.movie_list_embed(ENGLISH, none, query, 1, mine=mine, catalogue=factories.CATALOGUE))


def list_title(which: MovieFilter, *jobs: Job, mine: bool = True) -> str | None:
    page = Page(tuple(map(MovieItem, jobs)))
    query = MovieQuery(factories.ALICE, filter=which)
    return movie_list.movie_list_embed(ENGLISH, page, query, 1, mine=mine, catalogue=factories.CATALOGUE).title


def movie_detail(
    job: Job, *, undelivered: bool = False, queue_position: int | None = None, link_may_be_expired: bool = False
) -> MovieDetail:
    card = None if job.card_message_id is None else PostedMessage(job.channel_id, job.card_message_id)
    item, query = MovieItem(job, undelivered, card), MovieQuery(job.member_id)
    estimate = Estimate(queue_position=queue_position)
    return MovieDetail(item, query, job.id, estimate, mine=True, here=True, link_may_be_expired=link_may_be_expired)
