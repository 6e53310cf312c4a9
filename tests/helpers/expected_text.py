"""Texts of bot/ui, so that behavior tests don't repeat them."""

from __future__ import annotations

from typing import get_args

import discord

from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.delivery import NotificationType
from bot.domain.durations import Estimate
from bot.domain.jobs import Job, JobState
from bot.domain.movie_list import MovieFilter, MovieItem, MovieQuery, Page
from bot.domain.refusal import QuoteRefusalCode, RefusalCode, Refused
from bot.domain.request import Problem, ProblemCode
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.ui import job_messages, movie_list, rankings, refusals
from bot.ui.components import Message
from bot.ui.formatting import mention
from bot.ui.job_status import job_summary
from bot.ui.server_setup import problem_text
from tests.helpers import factories
from tests.helpers.reading import footer_of, quotation_of, title_of

ENGLISH = texts_in(Language.ENGLISH)
"""The texts for members whose language the bot does not know."""

CREDITS_RESET_AT = 1_796_083_200_000
"""The start of December 2026, when the credits of the harness's month reset. UTC epoch milliseconds."""

LUMA_LABEL = "Luma Dream Machine"

NOTHING_SPENT = ENGLISH("refusals-not-charged")
"""The sentence that each refusal of an order contains."""


def card_title(state: JobState) -> str:
    return job_summary(ENGLISH, factories.job(state))[0]


def shows_job(card: discord.Message, job: Job) -> bool:
    built = job_messages.job_card(ENGLISH, job, factories.CATALOGUE)

    def parts(shown: discord.Message | Message) -> tuple[object, ...]:
        """Return what depends neither on the catalogue nor on earlier movies."""
        facts = footer_of(shown).splitlines()[-1].split(" · ")
        return title_of(shown), quotation_of(shown), facts[-3:]

    return parts(card) == parts(built) and job_messages.is_card_of(job, card)


def notification_text(notification: NotificationType, *, pitch_id: str | None = None) -> str:
    job = factories.job(JobState.COMPLETED, movie_url="https://movies.test/a.mp4", pitch_id=pitch_id)
    message = {
        NotificationType.COMPLETED: lambda: job_messages.completed_message(ENGLISH, job, factories.CATALOGUE),
        NotificationType.FAILED: lambda: job_messages.failed_message(ENGLISH, job, None),
        NotificationType.UNKNOWN: lambda: job_messages.unknown_message(ENGLISH, job),
        NotificationType.CANCELLED: lambda: job_messages.cancelled_message(ENGLISH, job),
        NotificationType.STARRED: lambda: rankings.gallery_message(ENGLISH, job, factories.CATALOGUE),
        NotificationType.FOLLOWED: lambda: job_messages.follower_message(ENGLISH, job, [1]),
    }[notification]()
    mentions = {mention(job.member_id), mention(1)}
    [said, *_] = [line for line in message.text.splitlines() if not line.startswith(("## ", "### "))]
    return " ".join(word for word in said.split(" ") if word.rstrip(",") not in mentions)


def notification_type(content: str) -> NotificationType | None:
    return next((each for each in NotificationType if notification_text(each) in content), None)


def refusal(code: RefusalCode, **data: object) -> str:
    return refusals.message(ENGLISH, Refused(code, data)).text


def unavailable_reason(text: str) -> RefusalCode | None:
    """Where a quote was ordered, the text has a link after its words."""
    return next((code for code in get_args(QuoteRefusalCode) if text.startswith(refusal(code).rstrip("."))), None)


def quote_title(credits: int) -> str:
    return ENGLISH("quotes-price", credits=credits, duration="|").partition("|")[0]


def insufficient_credits(required: int, available: int, scope: BudgetScope = BudgetScope.MEMBER) -> str:
    shortfall = Shortfall(scope, required, available, CREDITS_RESET_AT)
    return refusals.shortfall_message(ENGLISH, shortfall).text.splitlines()[0]


def validation_error(*problems: Problem) -> str:
    return refusals.validation_message(ENGLISH, problems).text


def problem_line(code: ProblemCode, value: str = "", allowed: tuple[str, ...] = ()) -> str:
    return validation_error(Problem(code, value, allowed)).splitlines()[0]


def queue_position_text(position: int) -> str:
    return job_summary(ENGLISH, factories.job(JobState.QUEUED), Estimate(queue_position=position))[2]


def empty_list(member_id: int, which: MovieFilter = MovieFilter.ALL, *, mine: bool = True) -> str:
    query = MovieQuery(member_id, None if mine else 1, which)
    return movie_list.movie_list_message(ENGLISH, Page(()), query, 1, catalogue=factories.CATALOGUE).text


def list_title(which: MovieFilter, *jobs: Job, mine: bool = True) -> str | None:
    page, query = Page(tuple(map(MovieItem, jobs))), MovieQuery(factories.ALICE, None if mine else 1, which)
    return title_of(movie_list.movie_list_message(ENGLISH, page, query, 1, catalogue=factories.CATALOGUE))


def not_changed(problem: Refused) -> str:
    """Return what a manager reads whose change of the setup was not taken."""
    return ENGLISH("setup-not-changed", problem=problem_text(ENGLISH, problem))
