"""Funds pitches: the last pledge makes the job.

It turns all pledges into the job's holds, in one transaction. Only then are the server's and the plan's budgets held,
and the bounds on open work checked. Where they refuse, the pitch waits for them, and a worker tries again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.followers import MAX_FOLLOWERS
from bot.domain.job import Job, JobState, generate_id
from bot.domain.message import MessageKind
from bot.domain.order import OrderContext
from bot.domain.pitch import (
    RETRY_MS,
    UNKNOWN_RIGHTS,
    WAITING_MS,
    WAITING_NOTICE_MS,
    Ended,
    Funded,
    MakerRights,
    Pitch,
    PitchEndReason,
    PitchState,
    Pledge,
    Waiting,
    WaitReason,
)
from bot.domain.preferences import DeliveryTarget
from bot.domain.refusal import RefusalCode, Refused
from data import (
    approval_requests,
    availability,
    jobs,
    limits,
    messages,
    pitch_ends,
    pitches,
    pledge_ledger,
    pledges,
    preferences,
    risk,
    server_setup,
)
from data.database import Transaction

_REASONS: Final[Mapping[BudgetScope | RefusalCode, WaitReason]] = {
    BudgetScope.PLAN: WaitReason.PLAN,
    BudgetScope.SERVER: WaitReason.SERVER,
    BudgetScope.QUEUED: WaitReason.BUSY,
    "refusals-open-movies": WaitReason.BUSY,
    "refusals-server-open-movies": WaitReason.BUSY,
    "refusals-paused": WaitReason.PAUSED,
    "refusals-server-blocked": WaitReason.PAUSED,
}
"""What a fully pledged pitch waits for; in every other case, for the member who made it, or for its channel."""


def lock(tx: Transaction, pitch_id: str, *member_ids: int) -> Pitch | None:
    """Lock members, and who made a pitch, and then the pitch; return it.

    Its movie is open work of who made it, which counts in all servers: an order of theirs in another server locks
    neither this server's balance nor, while it counts, the plan's.
    """
    made = tx.fetch_one("SELECT member_id FROM pitches WHERE id = :id", {"id": pitch_id})
    if made is None:
        return None
    preferences.lock(tx, made["member_id"], *member_ids)
    return pitches.lock(tx, pitch_id)


def run_due(tx: Transaction, pitch_id: str) -> Funded | Waiting | Ended | Pitch | None:
    """Do what is due for a pitch.

    That is its end, a month's end, or another try to fund it. None where nothing of that happened. A pitch: as in
    `fund`. A pitch of a server that is not allowed ends: no press can fund it, and nor does this.
    """
    pitch = lock(tx, pitch_id)
    if pitch is None or not pitch.state.is_open:
        return None
    allowed_servers = tx.policy.allowed_servers
    if allowed_servers and pitch.guild_id not in allowed_servers:
        return pitch_ends.end(tx, pitch, PitchEndReason.SERVER_LEFT)
    if pitch.ends_at <= tx.now:
        return pitch_ends.end(tx, pitch, PitchEndReason.LAPSED)
    pitch = pitch_ends.lapse_allowances(tx, pitch)
    if not pitch.missing:
        return fund(tx, pitch)
    pitches.reschedule(tx, pitch, pitches.next_run_at(pitch, tx.now))
    return None


def fund(tx: Transaction, pitch: Pitch, maker: MakerRights = UNKNOWN_RIGHTS) -> Funded | Waiting | Ended | Pitch:
    """Order the movie of a pitch that `lock` returned and that is fully pledged.

    Its pledges become the job's holds, by the order of their first press. A prompt that breaks a newer rule, or a
    model that is not offered any more, ends the pitch. Neither counts as a hit of the member who made it.

    Members who were blocked since don't pay. Their pledges are returned, and the pitch, open again, is what this
    returns. A member's limit that was lowered since changes no pledge: as with an order, it counts when credits are
    held.

    The pitch waits where the server allows no movies in its channel any more. Discord's age flag is that of the last
    press: a flag that changed since decides when the movie is posted. Whether those who pledged still have a role that
    may order can't be known without them: each had one at their press.

    Staff approve it as an order of `maker` now. Where it is not known what they are, as in a retry, they are nobody.
    """
    setup = server_setup.get(tx, pitch.guild_id)
    if tx.policy.filters.broken_by(setup, pitch.request.prompt) is not None:
        return _ended(tx, pitch, PitchEndReason.PROMPT_REFUSED)
    if not availability.is_available(tx, pitch.guild_id, pitch.request):
        return _ended(tx, pitch, PitchEndReason.NOT_OFFERED)
    pitch = pitch_ends.return_blocked(tx, pitch)
    if pitch.missing:
        return pitch
    barred = setup.place_refusal(pitch.channel_ids, age_restricted=pitch.age_restricted)
    if barred is not None:
        return _wait(tx, pitch, barred)
    context = OrderContext(
        _interaction_id(tx, pitch),
        pitch.guild_id,
        pitch.channel_id,
        pitch.member_id,
        maker.role_ids,
        pitch.member_name,
        manages_server=maker.manages_server,
    )
    job = Job(
        id=generate_id(tx.now),
        interaction_id=context.interaction_id,
        guild_id=pitch.guild_id,
        channel_id=pitch.channel_id,
        member_id=pitch.member_id,
        member_name=pitch.member_name,
        request=pitch.request,
        price=pitch.price,
        state=JobState.RESERVED,
        created_at=tx.now,
        delivery_target=DeliveryTarget.CHANNEL,  # others pay for it, too
        member_language=pitch.member_language,
        server_language=setup.language or pitch.server_language,
        approval=approval_requests.decide(tx, setup, context, pitch.price),
        pitch_id=pitch.id,
    )
    paying = pledges.payers(tx, pitch.id)
    refused = _order(tx, job, pitch, paying)
    if refused is not None:
        return _wait(tx, pitch, refused)
    approval_requests.leave_reserved(tx, job.id, pitch.message_id)
    tx.log("pitch_funded", pitch_id=pitch.id, job_id=job.id)
    return Funded(pitches.get(tx, pitch.id), jobs.get(tx, job.id))


def _order(tx: Transaction, job: Job, pitch: Pitch, paying: list[Pledge]) -> Shortfall | Refused | None:
    """Write a job, let the pledges pay for it, tell who pays.

    Return why not; nothing is written then.
    """
    refused = risk.refusal(tx, job.guild_id, job.member_id, tx.policy.limits.risk)
    if refused is not None:
        return refused
    of_server, _ = limits.resolve_limits(tx, job.guild_id, job.member_id, ())
    with tx.savepoint() as undo:
        funded = {"ended_at": tx.now, "next_run_at": None, "waits_for": None}
        changed = pitches.change(tx, pitch, PitchState.FUNDED, funded)
        assert changed, pitch.id
        inserted = jobs.insert(tx, job)
        assert inserted, f"pitch {pitch.id} has a job already"
        pledges.mark_funded(tx, pitch)
        _tell(tx, job, paying)
        # last: orders of all servers wait for the plan's balance until the transaction ends
        short = pledge_ledger.convert(tx, undo, job.id, paying, of_server)
        if short is not None:
            return short
        work = risk.open_work(tx, job.guild_id, job.member_id)
        excess = risk.exceeded_bound(work, job, of_server.risk, written=True)
        if excess is not None:
            undo.rollback()
        return excess


def _wait(tx: Transaction, pitch: Pitch, refused: Shortfall | Refused) -> Waiting:
    """Let a fully pledged pitch wait, and try again later.

    The first time, it gets WAITING_MS at least: those who paid in its last hour still want the movie. And they are
    told, once, if it still waits after WAITING_NOTICE_MS.
    """
    why = refused.scope if isinstance(refused, Shortfall) else refused.code
    reason = _REASONS.get(why, WaitReason.MEMBER)
    tx.log("pitch_waits", pitch_id=pitch.id, reason=reason)
    retry_at = tx.now + RETRY_MS
    if pitch.waits_for is reason:  # its message says so already
        pitches.reschedule(tx, pitch, retry_at)
        return Waiting(pitch)
    changes = {"waits_for": reason.value, "next_run_at": retry_at}
    if pitch.waiting_since is None:
        changes |= {"waiting_since": tx.now, "ends_at": max(pitch.ends_at, tx.now + WAITING_MS)}
    if pitch.waits_for is None:
        for pledge in pledges.open_ones(tx, pitch.id):
            messages.announce(
                tx,
                MessageKind.WAITING,
                pitch.id,
                pledge.member_id,
                pitch.guild_id,
                credits=pledge.credits,
                delay_ms=WAITING_NOTICE_MS,
                once=True,
            )
    pitches.change(tx, pitch, PitchState.WAITING_FOR_PLAN, changes)
    return Waiting(pitches.get(tx, pitch.id))


def _tell(tx: Transaction, job: Job, paying: list[Pledge]) -> None:
    """Tell everyone who pays, and let them follow the movie.

    Those who want direct messages are told so when it is made; as many others as fit are mentioned with it,
    and the rest are told in a message of their own.
    """
    messages.withdraw(tx, paying[0].pitch_id, MessageKind.WAITING)
    mentioned = 0
    for pledge in paying:
        pledges.announce(tx, pledge, MessageKind.FUNDED, pledge.credits)
        wants = preferences.get(tx, pledge.member_id).delivery_target
        if pledge.member_id == job.member_id or wants is DeliveryTarget.DIRECT_MESSAGE or mentioned == MAX_FOLLOWERS:
            continue
        mentioned += tx.execute(
            "INSERT INTO followers (job_id, member_id) VALUES (:job_id, :member_id)"
            " ON CONFLICT (job_id, member_id) DO NOTHING",
            {"job_id": job.id, "member_id": pledge.member_id},
        )


def _ended(tx: Transaction, pitch: Pitch, reason: PitchEndReason) -> Ended:
    ended = pitch_ends.end(tx, pitch, reason)
    assert ended is not None
    return ended


def _interaction_id(tx: Transaction, pitch: Pitch) -> int:
    """Return the interaction that made a pitch: it makes one job, too."""
    row = tx.fetch_one("SELECT interaction_id FROM pitches WHERE id = :id", {"id": pitch.id})
    assert row is not None
    return row["interaction_id"]
