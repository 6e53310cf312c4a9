"""Texts that bot/ui builds, so that tests of behavior need not repeat its words."""

from __future__ import annotations

import discord

from bot.domain.catalogue import VideoModel
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.delivery import NotificationType
from bot.domain.job import Job, JobState
from bot.domain.quota import Block
from bot.domain.quote import Quote, QuotePreview, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.request import Problem, ProblemCode
from bot.ui import errors, job_messages, quotes
from bot.ui.formatting import mention
from bot.ui.job_status import job_summary
from tests.helpers import factories

CREDITS_RESET_AT = 1_796_083_200_000
"""The start of December 2026, when the credits of the harness's month reset. UTC epoch milliseconds."""


def embed_text(embed: discord.Embed) -> str:
    """Return all the text of an embed, as `message_text` does for a message."""
    parts = [embed.title, embed.description, embed.footer.text]
    parts += [text for field in embed.fields for text in (field.name, field.value)]
    return "\n".join(part for part in parts if part)


def card_title(state: JobState) -> str:
    """Return the title of the card of a job in a state."""
    return job_summary(factories.job(state))[0]


def shows_job(card: discord.Message, job: Job) -> bool:
    """Tell whether a card shows a job's state, prompt, requester, cost and id as they are now."""
    built = job_messages.job_embed(job, factories.CATALOGUE)
    left_out = {"Movie", job_messages.STATUS_FIELD}  # they depend on the catalogue and on earlier movies

    def parts(embed: discord.Embed) -> tuple[object, ...]:
        fields = [(field.name, field.value) for field in embed.fields if field.name not in left_out]
        return embed.title, embed.description, embed.colour, embed.footer.text, fields

    return parts(card.embeds[0]) == parts(built)


def notification_text(notification: NotificationType) -> str:
    """Return the sentence that only notifications of a type contain."""
    job = factories.job(JobState.COMPLETED, movie_url="https://movies.test/a.mp4")
    message = {
        NotificationType.COMPLETED: lambda: job_messages.completed_message(job, factories.balance()),
        NotificationType.FAILED: lambda: job_messages.failed_message(job, factories.balance()),
        NotificationType.UNKNOWN: lambda: job_messages.unknown_message(job),
        NotificationType.CANCELLED: lambda: job_messages.cancelled_message(job),
        NotificationType.FOLLOWED: lambda: job_messages.follower_message(job, [1]),
    }[notification]()
    mentions = {mention(job.member_id), mention(1)}
    return " ".join(word for word in message.content.partition("\n")[0].split(" ") if word not in mentions)


def notification_type(content: str) -> NotificationType | None:
    """Tell which notification a message is from its content, None for other messages."""
    return next((each for each in NotificationType if notification_text(each) in content), None)


def unavailable_reason(text: str) -> QuoteUnavailableReason | None:
    """Tell why a quote can't be accepted from what its message says, None for other messages."""
    for reason in QuoteUnavailableReason:
        if text.startswith(embed_text(quotes.unavailable_embed(QuoteUnavailable(reason))).rstrip(".")):
            return reason
    return None


def quote_title(credits: int) -> str:
    """Return the title of the quote of a movie at a price."""
    quote = Quote("1", 1, 1, 1, factories.request(), credits, CREDITS_RESET_AT)
    return str(quotes.quote_embed(QuotePreview(quote, factories.balance()), factories.CATALOGUE).title)


def insufficient_credits(
    required: int, available: int, scope: BudgetScope = BudgetScope.MEMBER, *, label: str, credits_per_second: int = 10
) -> str:
    """Return the refusal of a movie that does not fit."""
    shortfall = Shortfall(scope, required, available, CREDITS_RESET_AT)
    return embed_text(errors.insufficient_credits_embed(shortfall, VideoModel("", label, credits_per_second, ())))


def is_credits_rejection(text: str) -> bool:
    """Tell whether a message refuses a movie for want of credits."""
    shortfall = Shortfall(BudgetScope.MEMBER, 1, 0, CREDITS_RESET_AT)
    model = factories.CATALOGUE.video_models[0]
    return text.startswith(str(errors.insufficient_credits_embed(shortfall, model).title))


def validation_error(*problems: Problem) -> str:
    """Return the refusal of a request with problems."""
    return embed_text(errors.validation_embed(problems))


def problem_line(code: ProblemCode, value: str = "", allowed: tuple[str, ...] = ()) -> str:
    """Return the line of one problem in a refusal."""
    return validation_error(Problem(code, value, allowed)).splitlines()[1]


def blocked(until: int | None, reason: str) -> str:
    """Return the refusal of a blocked member's order."""
    return embed_text(errors.blocked_embed(Block(until, reason)))


def button_labels(view: discord.ui.View) -> list[str | None]:
    """Return the labels of a view's buttons."""
    return [item.label for item in view.children if isinstance(item, discord.ui.Button)]
