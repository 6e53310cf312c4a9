"""What `jobs show` prints: what a job is, who ordered it, where the credits are, and what can be done now."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from bot.cli.terminal import describe_entry, format_count, format_member, format_table, format_utc
from bot.core.program import PROGRAM
from bot.domain.callback_token import LateCallback
from bot.domain.credits import EntryType, LedgerEntry
from bot.domain.jobs import EndReason, Job, JobState, Step
from bot.domain.operations import Operation
from bot.domain.text import Language, clean_text
from bot.domain.upstream import RecentRequest

_WIDTH: Final = 96

_STATES: Final = {
    JobState.RESERVED: "Discord hasn't confirmed the answer to the order yet. Nothing was sent to the API.",
    JobState.AWAITING_APPROVAL: "The server's staff must approve it. Nothing was sent to the API.",
    JobState.QUEUED: "It waits for a place at the API. Nothing was sent yet.",
    JobState.SUBMITTING: "It is being sent to the API.",
    JobState.RENDERING: "The API is making it.",
    JobState.COMPLETED: "The movie is ready.",
    JobState.UNKNOWN: "The API may have taken the order or not. It isn't sent again, and waits for your decision.",
}

_STEPS: Final = {
    Step.REVIEW: "Its storyboard is drawn, and the server's staff must approve it.",
    Step.STORYBOARD: "Its storyboard is drawn, and its member must decide.",
}

_SETUP_PROBLEMS: Final = (EndReason.AUTHENTICATION_FAILED, EndReason.WRONG_API, EndReason.UNREACHABLE)

_CANDIDATES: Final = (
    "The API created these around the time of the order, and they belong to no other job. One may be this job's:"
)
_NO_CANDIDATE: Final = "No request that the API created around the time of the order could be this job's."


def job_page(
    job: Job, entries: Sequence[LedgerEntry], late: LateCallback | None, candidates: Sequence[RecentRequest] | None
) -> str:
    """Describe a job; `entries` are its own, and `candidates` None where it isn't known what the API has."""
    sections = (
        f"Job {job.id} is {job.state.value}\n{_state(job)}",
        "\n".join(textwrap.wrap(clean_text(job.request.prompt), _WIDTH)),
        format_table((), [*_facts(job, late), ("credits", _credits(job, entries))]),
        format_table(
            ("time", "credits", "entry", "member"),
            [
                (format_utc(each.created_at), abs(each.credits), describe_entry(each), _payer(job, each))
                for each in entries
            ],
        ),
        _candidates(candidates),
        "You can:\n" + "\n".join(f"  {what}\n    {PROGRAM} {how}" for what, how in _actions(job, candidates)),
    )
    return "\n\n".join(section for section in sections if section)


def _state(job: Job) -> str:
    if job.is_waiting and job.step is not None:
        return _STEPS[job.step]
    if job.cancel_requested_at is not None and not job.state.is_terminal:
        return "Its member canceled it, and the API hasn't confirmed that yet."
    return _STATES.get(job.state) or _reason(job)


def _reason(job: Job) -> str:
    """Say why a job ended without a movie, in the words of the report where it failed."""
    if job.end_reason is None or job.state is JobState.CANCELLED:
        return f"{(job.end_reason or job.state).value.replace('_', ' ').capitalize()}."
    from bot.locales.texts import texts_in
    from bot.ui.reports import REASON_LABELS

    return f"{texts_in(Language.ENGLISH)(REASON_LABELS[job.end_reason])}."


def _shown(value: object) -> object:
    return ("off", "on")[value] if isinstance(value, bool) else value


def _facts(job: Job, late: LateCallback | None) -> Iterator[tuple[str, str]]:
    request = job.request
    kind = "" if request.operation is Operation.MOVIE else f"{request.operation.value}, "
    extras = [
        f", {name.replace('_', ' ')}: {_shown(value)}"
        for name, value in dataclasses.asdict(request.extras).items()
        if value is not None
    ]
    models = f"{request.video_model} with {request.image_model}"
    yield "what", f"{kind}{request.duration_seconds:,} s, {request.aspect_ratio}, {models}{''.join(extras)}"
    yield "who", format_member(job.member_id, job.member_name)
    yield "where", f"server {job.guild_id}, channel {job.channel_id}"
    moments = (
        ("ordered", job.created_at),
        ("sent to the API", job.submitted_at),
        ("cancel requested", job.cancel_requested_at),
        ("decision due", job.decide_by),
        ("last status", job.last_pending_at),
        ("callback", job.called_back_at),
        ("next try", job.next_run_at if job.state is not JobState.COMPLETED else None),
        ("ended", job.finished_at),
        ("removed", job.removed_at),
    )
    yield from ((what, format_utc(at)) for what, at in moments if at is not None)
    if late is not None:
        yield "callback after that", f"{format_utc(late.received_at)}, request {late.request_id or 'unknown'}"
    shows_progress = job.progress.total and not job.state.is_terminal
    told = (
        ("request at the API", job.request_id or job.unverified_request_id),
        ("progress", f"{job.progress.done} of {job.progress.total}" if shows_progress else None),
        ("the API's reason", job.upstream_message),
        ("decided by", str(job.decided_by) if job.decided_by else None),
        ("staff's reason", job.decline_reason),
        ("pitch", job.pitch_id),
    )
    yield from ((what, value) for what, value in told if value)


def _credits(job: Job, entries: Sequence[LedgerEntry]) -> str:
    """Say where the credits are now."""
    if not job.state.is_terminal:
        held = [each for each in entries if each.entry_type is EntryType.HOLD]
        allowance, extra = sum(each.allowance for each in held), sum(each.extra for each in held)
        return f"{job.price:,} on hold ({allowance:,} of allowances, {format_count(extra, 'bonus credit')})"
    parts = [f"{job.spent:,} spent" if job.spent else "", f"{job.refunded:,} refunded" if job.refunded else ""]
    lost = sum(each.upstream_charge for each in entries)
    if lost:
        parts.append(f"{lost:,} charged by the API all the same, which your plan paid")
    elif job.charged is not None and job.charged != job.spent:
        parts.append(f"the API charged {job.charged:,}")
    return "; ".join(part for part in parts if part) or "none"


def _payer(job: Job, entry: LedgerEntry) -> str:
    return format_member(entry.member_id, job.member_name if entry.member_id == job.member_id else "")


def _candidates(candidates: Sequence[RecentRequest] | None) -> str:
    if candidates is None:
        return ""
    rows = [(each.request_id, each.status, format_utc(each.created_at)) for each in candidates]
    table = format_table(("request ID", "status", "created"), rows)
    return f"{_CANDIDATES}\n\n{table}" if rows else _NO_CANDIDATE


def _actions(job: Job, candidates: Sequence[RecentRequest] | None) -> Iterator[tuple[str, str]]:
    """Yield what the operator can do, with its command."""
    resolve = f"jobs resolve {job.id}"
    if job.state is JobState.UNKNOWN:
        if candidates is None or candidates:
            found = candidates[0].request_id if candidates and len(candidates) == 1 else "ID"
            yield (
                "The API has it: give its request ID, and the movie is posted when it's ready.",
                (f"{resolve} --request-id {found}"),
            )
        yield "The API doesn't have it: refund it.", f"{resolve} --failed"
        yield (
            "The API charged for it and made nothing: refund it; your plan counts the price.",
            (f"{resolve} --failed --charged"),
        )
    elif job.state is JobState.RENDERING and not job.is_waiting:
        yield "It never ends: refund it; your plan counts the price.", f"{resolve} --failed"
    elif job.end_reason is EndReason.MODEL_REFUSED:
        yield "See which models and prices differ from the API's.", "catalogue compare"
        yield "Offer the model again.", f"catalogue allow {job.request.video_model}"
    elif job.end_reason in _SETUP_PROBLEMS:
        yield "Find out what is wrong.", "check"
    if job.member_id > 0:
        yield "See the member's credits.", f"credits show {job.guild_id} {job.member_id}"
    yield "See every field.", f"jobs show {job.id} --json"
