"""Storyboards: who decides about what the API has drawn, and what follows.

A storyboard is a job that renders, with a `step` (bot/domain/jobs.py). The job is locked for each decision, so of two
presses, the first counts. The status poller (bot/worker/status_poller.py) carries out what was decided: it lets the API
go on, or cancels the job there, and repeats that after a crash, for the row says what is to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from bot.domain.jobs import DECISION_TTL_MS, EndReason, Job, JobState, Step, Still
from bot.domain.message import MessageKind
from bot.domain.refusal import Refused
from data import jobs, messages, pitches, pledges
from data.database import Params, Transaction

Decision: TypeAlias = Callable[[Transaction, str, int], Job | Refused]
"""What a member decides about a job: `render` or `stop`."""

LOOK_MS: Final = 3_600_000
"""How often the API is asked about a storyboard that waits: it may have failed, and links end."""

_BY_STAFF: Final = (EndReason.DECLINED, EndReason.APPROVAL_LAPSED)
"""Ends that its members have no part in, so that they pay nothing for them."""


def render(tx: Transaction, job_id: str, member_id: int) -> Job | Refused:
    """Let the API make the video of a storyboard, as its member wants."""
    job = _lock_waiting(tx, job_id, member_id)
    if isinstance(job, Refused):
        return job
    tx.log("storyboard_rendered", job_id=job_id)
    return _change(tx, job, {"step": Step.RESUMING, "next_run_at": tx.now})


def stop(tx: Transaction, job_id: str, member_id: int) -> Job | Refused:
    """Make no video of a storyboard, as its member wants. What is not spent yet comes back once the API has stopped."""
    job = _lock_waiting(tx, job_id, member_id)
    return job if isinstance(job, Refused) else request_stop(tx, job, EndReason.STOPPED)


def stop_of_member(tx: Transaction, member_id: int) -> None:
    """Stop the storyboards that wait for a member whose data is to be erased, but those that others pay for, too."""
    waiting = f"member_id = :member_id AND {jobs.OPEN} AND step = '{Step.STORYBOARD}' AND pitch_id IS NULL"
    for job_id in tx.fetch_column(f"SELECT id FROM jobs WHERE {waiting} ORDER BY id", {"member_id": member_id}):
        stop(tx, job_id, member_id)


def request_stop(tx: Transaction, job: Job, reason: EndReason) -> Job:
    """Let a locked storyboard that waits be cancelled at the API.

    Its members pay no more than what they were shown, and nothing where staff declined it, or did not look at it.
    """
    tx.log("storyboard_stopped", job_id=job.id, reason=reason)
    decided = {"stop_reason": reason, "stop_credits": 0 if reason in _BY_STAFF else job.parts.now}
    return _change(tx, job, {**decided, "cancel_requested_at": tx.now, "next_run_at": tx.now})


def show_to_member(tx: Transaction, job: Job, changes: Params | None = None) -> Job:
    """Let a locked storyboard wait for its member. They are told once, and so is everyone who pays for it."""
    shown = _change(tx, job, {**(changes or {}), **_waiting(tx, Step.STORYBOARD)})
    paying = (each.member_id for each in pledges.payers(tx, job.pitch_id))
    for member_id in sorted({job.member_id, *paying}):
        if member_id > 0:  # else their data is erased
            messages.announce(tx, MessageKind.STORYBOARD, job.id, member_id, job.guild_id, once=True)
    return shown


def show_to_staff(tx: Transaction, job: Job) -> Job:
    """Let a locked storyboard wait for staff, whom the caller asks."""
    return _change(tx, job, _waiting(tx, Step.REVIEW))


def resume(tx: Transaction, job_id: str, due_at: int) -> Job | None:
    """Record that the API makes the video, and when to poll it. None: nobody wants that any more.

    Its age counts from now on, as that of any movie.
    """
    job = jobs.lock(tx, job_id)
    if job.state is not JobState.RENDERING or job.step is not Step.RESUMING:
        return None
    changes = {"step": None, "decide_by": None, "submitted_at": tx.now, "next_run_at": due_at, "not_found_count": 0}
    return _change(tx, job, changes)


def save_stills(tx: Transaction, job_id: str, stills: Sequence[Still]) -> None:
    """Replace a job's stills, whose links have changed. Where the API shows none, those from before stay."""
    if not stills:
        return
    forget_stills(tx, job_id)
    for still in stills:
        tx.insert("stills", {"job_id": job_id, "scene": still.scene, "words": still.words, "url": still.url})


def refresh_stills(tx: Transaction, job_id: str, stills: Sequence[Still]) -> None:
    """Keep fresh links of a storyboard that still waits."""
    job = jobs.lock(tx, job_id)
    if job.is_waiting and job.member_id > 0:  # else their data is erased
        save_stills(tx, job_id, stills)


def forget_stills(tx: Transaction, job_id: str) -> None:
    """Delete a job's stills, once it has ended."""
    tx.execute("DELETE FROM stills WHERE job_id = :id", {"id": job_id})


def stills(tx: Transaction, job_id: str) -> tuple[Still, ...]:
    """Return what is kept of a job's stills, by scene: a storyboard's, or the newest. Their links may have ended."""
    sql = "SELECT scene, words, url FROM stills WHERE job_id = :id ORDER BY scene"
    return tuple(tx.fetch_all_as(lambda row: Still(*row), sql, {"id": job_id}))


def _waiting(tx: Transaction, step: Step) -> Params:
    return {"step": step, "decide_by": tx.now + DECISION_TTL_MS, "next_run_at": tx.now + LOOK_MS}


def _lock_waiting(tx: Transaction, job_id: str, member_id: int) -> Job | Refused:
    """Lock a storyboard that waits for this member; return why it doesn't."""
    job = jobs.find(tx, job_id, lock=True)
    if job is None or job.member_id != member_id:
        return Refused("storyboards-not-yours")
    if job.awaits_decision:
        return job
    if job.cancel_requested_at is not None or job.state is JobState.CANCELLED:
        return Refused("storyboards-stopped", {"job": job})
    is_decided = job.step is Step.RESUMING or (job.step is None and job.has_steps)
    return Refused("storyboards-rendering" if is_decided else "storyboards-not-waiting", {"job": job})


def _change(tx: Transaction, job: Job, changes: Params) -> Job:
    """Change a locked storyboard, and show that on its card."""
    changed = jobs.update(tx, job.id, JobState.RENDERING, {**changes, "leased_by": None, "leased_until": None})
    assert changed is not None, job.id
    if job.pitch_id is None:
        messages.show(tx, MessageKind.CARD, job.id, job.guild_id)
    else:
        pitches.show(tx, job.pitch_id)
    tx.wake("status_polls")
    return changed
