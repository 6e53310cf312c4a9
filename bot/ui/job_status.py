"""A job's state on its card: title, colour, and what is happening."""

from __future__ import annotations

from collections.abc import Callable

import discord

from bot.domain.breaker import Outage
from bot.domain.estimates import MAX_QUEUE_POSITION, NO_ESTIMATE, Estimate
from bot.domain.job import Job, JobState
from bot.domain.language import Language
from bot.locales.texts import texts_in
from bot.ui.end_reasons import operator_notified, reason_text
from bot.ui.formatting import (
    BRAND,
    ERROR,
    NEUTRAL,
    SUCCESS,
    format_rough_duration,
    format_timestamp,
    progress_bar,
)
from bot.ui.stage_labels import stage_label

JobSummary = tuple[str, discord.Colour, str]
"""A card's title, its colour, and what is happening."""


def job_summary(job: Job, estimate: Estimate = NO_ESTIMATE) -> JobSummary:
    """Summarize a job's state for its card."""
    return _SUMMARIES[job.state](job, estimate)


def outage_text(outage: Outage) -> str:
    """Explain why no queued movie starts now."""
    return _OUTAGES[outage]


_NO_ANSWER = "The movie service is not answering right now."
_NOT_TAKEN = (
    f"The movie service is not taking movies from this bot right now. {operator_notified(texts_in(Language.ENGLISH))}"
)
_OUTAGES = {
    Outage.NO_ANSWER: _NO_ANSWER,
    Outage.UNREACHABLE: _NO_ANSWER,
    Outage.AUTHENTICATION_FAILED: _NOT_TAKEN,
    Outage.PLAN_EXHAUSTED: _NOT_TAKEN,
    Outage.KEY_LIMIT_REACHED: _NOT_TAKEN,
    Outage.WRONG_API: _NOT_TAKEN,
    Outage.RATE_LIMITED: "The movie service is busy right now.",
}


def _queued(_job: Job, estimate: Estimate) -> JobSummary:
    match estimate.queue_position:
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
    return "🎟️ Your movie is in the queue", BRAND, _join_lines(_outage(estimate), place, _usual_duration(estimate))


def _outage(estimate: Estimate) -> str:
    if estimate.outage is None:
        return ""
    return (
        f"{_OUTAGES[estimate.outage]} Your credits stay held, and your movie starts as soon as the service takes it."
        " If that takes more than an hour, the credits come back to you."
    )


def _rendering(job: Job, estimate: Estimate) -> JobSummary:
    progress = job.progress
    stage = stage_label(texts_in(Language.ENGLISH), progress.stage)
    if progress.total:
        where = (
            f"{progress_bar(progress.done, progress.total)}\n{stage} · {progress.done} of {progress.total} steps done"
        )
    else:
        where = f"{stage}."
    if job.cancel_requested_at is not None:
        return (
            "🛑 Cancelling your movie",
            NEUTRAL,
            _join_lines(where, "What is finished stays charged. The rest is refunded."),
        )
    started = f"Started {format_timestamp(job.submitted_at)}." if job.submitted_at is not None else ""
    return "🎬 Making your movie", BRAND, _join_lines(where, f"{started} {_usual_duration(estimate)}".strip())


def _usual_duration(estimate: Estimate) -> str:
    duration = estimate.duration
    if duration is None:
        return ""
    low, high = format_rough_duration(duration.low), format_rough_duration(duration.high)
    spread = f"{low} to {high}" if low != high else f"about {low}"
    if estimate.age > duration.high:
        return f"It takes longer than usual: with this model, movies of this length mostly took {spread}."
    return (
        f"With this model, movies of this length mostly took {spread}, half of them less than "
        f"{format_rough_duration(duration.median)}."
    )


def _join_lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _fixed(title: str, colour: discord.Colour, text: str) -> Callable[[Job, Estimate], JobSummary]:
    return lambda _job, _estimate: (title, colour, text)


def _ended(title: str, colour: discord.Colour) -> Callable[[Job, Estimate], JobSummary]:
    return lambda job, _estimate: (title, colour, reason_text(texts_in(Language.ENGLISH), job))


_SUMMARIES: dict[JobState, Callable[[Job, Estimate], JobSummary]] = {
    JobState.RESERVED: _queued,
    JobState.QUEUED: _queued,
    JobState.SUBMITTING: _fixed("🎟️ Your movie is in the queue", BRAND, "It is being handed to the movie service."),
    JobState.RENDERING: _rendering,
    JobState.COMPLETED: _fixed(
        "🍿 Your movie is ready",
        SUCCESS,
        f"{progress_bar(1, 1)}\nDone: it's in its own message, and in /movies.",
    ),
    JobState.FAILED: _ended("No movie this time", ERROR),
    JobState.CANCELLED: _ended("Cancelled", NEUTRAL),
    JobState.UNKNOWN: _fixed(
        "Checking on your movie",
        NEUTRAL,
        "The movie service did not confirm. It will not be ordered twice.",
    ),
}
