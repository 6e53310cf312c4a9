"""A job's state in words: on its card, in lists, and why it ended without a movie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import discord

from bot.domain.breaker import Outage
from bot.domain.durations import MAX_QUEUE_POSITION, NO_ESTIMATE, DurationEstimate, Estimate
from bot.domain.jobs import EndReason, Job, JobState, Step
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui.components import Accent
from bot.ui.formatting import (
    escape_line,
    facts,
    format_rough_duration,
    format_timestamp,
    join_lines,
    progress_bar,
    rough_minutes,
)
from bot.ui.storyboards import waiting_text

_OUTAGES: Final[Mapping[Outage, MessageId]] = {
    Outage.NO_ANSWER: "cards-outage-no-answer",
    Outage.UNREACHABLE: "cards-outage-no-answer",
    Outage.AUTHENTICATION_FAILED: "cards-outage-not-taken",
    Outage.PLAN_EXHAUSTED: "cards-outage-not-taken",
    Outage.KEY_LIMIT_REACHED: "cards-outage-not-taken",
    Outage.WRONG_API: "cards-outage-not-taken",
    Outage.RATE_LIMITED: "cards-outage-busy",
}

_ACCENTS: Final[Mapping[JobState, discord.Colour]] = {
    JobState.COMPLETED: Accent.READY,
    JobState.FAILED: Accent.FAILED,
    JobState.CANCELLED: Accent.NEUTRAL,
}
"""The others are waiting."""

STAGES: Final = frozenset(
    {
        "prompt_generation",
        "image_generation",
        "audio_generation",
        "frame_generation",
        "video_generation",
        "ai_video_generation",
        "speech_generation",
        "music_generation",
        "lip_sync_generation",
        "sound_effect_generation",
        "transcript_generation",
        "delete_reflow",
        "timeline_reflowed",
    }
)
"""The stages of the API that have a text."""

_MINUTES_TO_THE_HOUR: Final = 60

_NAMES: Final = {
    JobState.RESERVED: "waiting",
    JobState.AWAITING_APPROVAL: "awaiting",
    JobState.QUEUED: "waiting",
    JobState.SUBMITTING: "waiting",
    JobState.RENDERING: "being-made",
    JobState.COMPLETED: "ready",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "cancelled",
    JobState.UNKNOWN: "unknown",
}
"""The ids of texts about states, after their area."""


def job_summary(texts: Texts, job: Job, estimate: Estimate = NO_ESTIMATE) -> tuple[str, discord.Colour, str]:
    """Summarize a job's state for its card: its title, its color, and what is happening."""
    title, colour = message_id("cards", _NAMES[job.state], "title"), _ACCENTS.get(job.state, Accent.WAITING)
    match job.state:
        case _ if job.awaits_approval:
            title, colour, text = "cards-awaiting-title", Accent.WAITING, texts("cards-awaiting")
            text = join_lines(text, "" if estimate.staff_informed else texts("cards-staff-not-informed"))
        case JobState.RESERVED | JobState.AWAITING_APPROVAL | JobState.QUEUED:
            text = _queued(texts, estimate)
        case JobState.SUBMITTING:
            text = texts("cards-sending")
        case JobState.RENDERING:
            title, colour, text = _rendering(texts, job, estimate)
        case JobState.COMPLETED:
            text = ""
        case JobState.FAILED | JobState.CANCELLED:
            text = reason_text(texts, job)
        case JobState.UNKNOWN:
            text = texts("cards-unknown")
    return texts(title), colour, text


def _rendering(texts: Texts, job: Job, estimate: Estimate) -> tuple[MessageId, discord.Colour, str]:
    if job.stop_reason is not None:
        return "cards-cancelling-title", Accent.NEUTRAL, reason_text(texts, replace(job, end_reason=job.stop_reason))
    if job.cancel_requested_at is not None:
        text = join_lines(_progress(texts, job), texts("cards-cancelling"))
        return "cards-cancelling-title", Accent.NEUTRAL, text
    if job.awaits_decision:
        return "cards-storyboard-title", Accent.BRAND, waiting_text(texts, job)
    expected, submitted = _usual_duration(texts, estimate, job.submitted_at), job.submitted_at
    if not expected and submitted is not None:
        expected = texts("cards-started", time=format_timestamp(submitted))
    title: MessageId = "cards-drawing-title" if job.step is Step.DRAWING else "cards-being-made-title"
    return title, Accent.IN_PROGRESS, join_lines(_progress(texts, job), facts(expected))


def outage_text(texts: Texts, outage: Outage) -> str:
    """Explain why no queued movie starts now."""
    return texts(_OUTAGES[outage])


def _queued(texts: Texts, estimate: Estimate) -> str:
    match estimate.queue_position:
        case _ if estimate.own_movies:
            place = texts("cards-own-movies", movies=estimate.own_movies)
        case None:
            place = texts("cards-waiting")
        case 0:
            place = texts("cards-next")
        case position:
            is_far = position > MAX_QUEUE_POSITION
            place = texts("cards-far-ahead" if is_far else "cards-ahead", movies=min(position, MAX_QUEUE_POSITION))
    outage, usual = estimate.outage, _usual_duration(texts, estimate)
    return join_lines(
        "" if outage is None else texts("cards-outage-promise", outage=outage_text(texts, outage)),
        place,
        facts(usual),
    )


def _progress(texts: Texts, job: Job) -> str:
    """Say which step is in progress, above a bar."""
    progress = job.shown_progress
    stage = stage_label(texts, progress.stage)
    if not progress.total:
        return texts("cards-stage", stage=stage)
    return join_lines(
        texts("cards-step", step=min(progress.done + 1, progress.total), steps=progress.total, stage=stage),
        progress_bar(texts, progress.done, progress.total),
    )


def stage_label(texts: Texts, name: str) -> str:
    """Describe the current stage of rendering; an unknown one is made readable."""
    if not name or name in STAGES:
        return texts(message_id("stages", name or "rendering"))
    return escape_line(name.replace("_", " ").lower(), 60)


def _usual_duration(texts: Texts, estimate: Estimate, started_at: int | None = None) -> str:
    """Say how long it takes, and around when it is ready."""
    duration = estimate.duration
    if duration is None:
        return ""
    spread = _spread(texts, duration)
    if estimate.age > duration.high:
        return texts("cards-late", spread=spread)
    if started_at is None:
        return texts("cards-usual", spread=spread)
    seconds = duration.median if estimate.age <= duration.median else duration.high
    return texts("cards-usual-ready", spread=spread, time=format_timestamp(started_at + int(1000 * seconds), "t"))


def _spread(texts: Texts, duration: DurationEstimate) -> str:
    """Format a span, such as "4–8 min"."""
    low, high = format_rough_duration(texts, duration.low), format_rough_duration(texts, duration.high)
    if low == high:
        return low
    least, most = rough_minutes(duration.low), rough_minutes(duration.high)
    if least and most < _MINUTES_TO_THE_HOUR:
        return texts("cards-minutes", least=least, most=most)
    return texts("cards-spread", low=low, high=high)


def state_label(texts: Texts, state: JobState, spent: int = 0) -> str:
    """Say how far a movie is, for lists and receipts.

    `spent` are the credits that it cost.
    """
    if state is JobState.CANCELLED and spent:
        return texts("states-cancelled-in-part", spent=spent)
    return texts(message_id("states", _NAMES[state]))


def state_title(texts: Texts, state: JobState) -> str:
    """Say how far a movie is, as a title."""
    return texts(message_id("states", _NAMES[state], "title"))


def reason_text(texts: Texts, job: Job) -> str:
    """Explain why a job ended without a movie."""
    reason = job.end_reason or EndReason.UPSTREAM_FAILED
    if job.was_cancelled_on_the_way and reason is EndReason.CANCELLED_BY_MEMBER:
        return texts("reasons-cancelled-in-part")
    if job.decline_reason and reason is EndReason.DECLINED:
        return texts("reasons-declined-because", reason=escape_line(job.decline_reason, 300))
    sentence = texts(message_id("reasons", reason))
    # for other reasons, the API's own message tells a member nothing
    if job.upstream_message and reason in (EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED):
        return texts("reasons-with-message", sentence=sentence, message=escape_line(job.upstream_message, 300))
    return sentence
