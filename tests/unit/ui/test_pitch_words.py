"""Each state, answer and notice of a pitch in its own words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.job import Approval, JobState
from bot.domain.pitch import (
    Ended,
    Funded,
    NoticeKind,
    Pitch,
    PitchEndReason,
    PitchNotice,
    PitchRefusal,
    PitchState,
    Pledge,
    Pledged,
    PledgeState,
    Refused,
    Waiting,
    WaitReason,
)
from bot.domain.preferences import DeliveryTarget
from bot.locales.message_ids import MessageId
from bot.ui import pitch_answers, pitch_notices, pitches
from bot.ui.components import Button
from bot.ui.formatting import BRAND, NEUTRAL, SUCCESS, WARNING, format_timestamp
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE, job, request
from tests.helpers.reading import fields, view_actions, view_buttons

PITCH = Pitch(
    "0abc123defghj", 10, 20, 1, request("a fox"), 600, PitchState.OPEN, 0, 600_000, pledged=250, people=2, votes=7
)
WAITING = replace(PITCH, state=PitchState.WAITING_FOR_PLAN, waits_for=WaitReason.BUSY, pledged=600)
PLEDGE = Pledge(PITCH.id, 1, 2, "2026-11", 40, 10, PledgeState.OPEN, 0)
CHANNEL = "https://discord.com/channels/10/20"


def notice(kind: NoticeKind, member: int = 1, **more: Any) -> PitchNotice:
    """Return a notice about 40 credits; `more` are its other fields."""
    fields: dict[str, Any] = {"reason": None, **more}
    return PitchNotice(
        PITCH,
        member,
        kind,
        40,
        member_language=ENGLISH.language,
        delivery_target=DeliveryTarget.CHANNEL,
        attempts=0,
        queued_at=0,
        **fields,
    )


def credits_of(pitch: Pitch) -> list[str]:
    """Return the lines about a pitch's credits."""
    return fields(pitches.pitch_embed(ENGLISH, pitch, CATALOGUE))[ENGLISH("pitch-credits-field")].splitlines()


# ── the message ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("state", "title", "colour"),
    [
        (PitchState.OPEN, "pitch-open-title", BRAND),
        (PitchState.WAITING_FOR_PLAN, "pitch-waiting-title", WARNING),
        (PitchState.FUNDED, "pitch-funded-title", SUCCESS),
        (PitchState.LAPSED, "pitch-ended-title", NEUTRAL),
        (PitchState.WITHDRAWN, "pitch-ended-title", NEUTRAL),
        (PitchState.REMOVED, "pitch-ended-title", NEUTRAL),
    ],
)
def test_a_pitchs_title_and_color_are_those_of_its_state(
    state: PitchState, title: MessageId, colour: discord.Colour
) -> None:
    embed = pitches.pitch_embed(ENGLISH, replace(PITCH, state=state), CATALOGUE)
    assert (embed.title, embed.colour) == (ENGLISH(title), colour)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (WaitReason.PLAN, "pitch-waits-plan"),
        (WaitReason.SERVER, "pitch-waits-server"),
        (WaitReason.BUSY, "pitch-waits-busy"),
        (WaitReason.PAUSED, "pitch-waits-paused"),
        (WaitReason.MEMBER, "pitch-waits-member"),
    ],
)
def test_members_read_why_a_pitch_waits(reason: WaitReason, said: MessageId) -> None:
    """The bar stays, and so does the end of the pitch."""
    waiting = replace(WAITING, waits_for=reason)
    bar, progress, status = credits_of(waiting)
    assert "100%" in bar
    assert progress == "600 of 600 credits · 2 people · ends <t:600:R>"
    assert status == ENGLISH(said)
    answered = pitch_answers.chipped_in(ENGLISH, Waiting(waiting, PLEDGE, 30))
    assert answered.splitlines() == [ENGLISH("pitch-completed-waiting", share="30 credits"), ENGLISH(said)]


@pytest.mark.parametrize(
    ("reason", "said", "why"),
    [
        (PitchEndReason.LAPSED, "pitch-ended-lapsed", "pledges-why-lapsed"),
        (PitchEndReason.WITHDRAWN, "pitch-ended-withdrawn", "pledges-why-withdrawn"),
        (PitchEndReason.REMOVED_BY_STAFF, "pitch-ended-removed", "pledges-why-removed"),
        (PitchEndReason.PROMPT_REFUSED, "pitch-ended-prompt", "pledges-why-prompt"),
        (PitchEndReason.NOT_OFFERED, "pitch-ended-not-offered", "pledges-why-not-offered"),
        (PitchEndReason.MESSAGE_GONE, "pitch-ended-gone", "pledges-why-gone"),
        (PitchEndReason.RESTORED, "pitch-ended-restored", "pledges-why-restored"),
        (PitchEndReason.SERVER_LEFT, "pitch-ended-server-left", "pledges-why-server-left"),
    ],
)
def test_members_read_why_a_pitch_ended(reason: PitchEndReason, said: MessageId, why: MessageId) -> None:
    """Its prompt is hidden where that is the reason, or staff's decision."""
    ended = replace(PITCH, state=PitchState.REMOVED, end_reason=reason)
    assert credits_of(ended) == [ENGLISH(said)]
    over = f"{ENGLISH('pitch-over')} {ENGLISH(said)}"
    assert pitch_answers.chipped_in(ENGLISH, Ended(ended, 30)) == over
    assert pitch_answers.refused(ENGLISH, Refused(PitchRefusal.CLOSED, ended)) == over
    hidden = reason in {PitchEndReason.REMOVED_BY_STAFF, PitchEndReason.PROMPT_REFUSED}
    assert pitches.pitch_embed(ENGLISH, ended, CATALOGUE).description == (None if hidden else ">>> a fox")
    returned = [notice(NoticeKind.RETURNED, member, reason=reason) for member in (1, 2)]
    parts = {"why": f"{ENGLISH(why)} ", "pitch": CHANNEL}
    posted = pitch_notices.notice_text(ENGLISH, returned, direct=False)
    assert posted == ENGLISH("pledges-returned", members="<@1> <@2>", **parts)
    direct = pitch_notices.notice_text(ENGLISH, returned[:1], direct=True)
    assert direct == ENGLISH("pledges-returned-direct", credits=40, **parts)


def test_a_pitch_names_its_member_and_a_deleted_prompt() -> None:
    """A member's name is shown as they wrote it, without markup."""
    for name, member_id, shown in (
        ("*Al*", 1, r"\*Al\*"),
        ("", 1, "<@1>"),
        ("", -1, ENGLISH("privacy-unnamed")),
    ):
        pitch = replace(PITCH, member_name=name, member_id=member_id)
        assert pitches.member_name(ENGLISH, pitch) == shown
        embed = pitches.pitch_embed(ENGLISH, pitch, CATALOGUE)
        assert shown in [field.value for field in embed.fields]
    gone = pitches.pitch_embed(ENGLISH, replace(PITCH, request=request("")), CATALOGUE)
    assert "prompt deleted" in str(gone.description)


def test_the_bar_of_a_pitch_shows_what_is_pledged() -> None:
    bar, progress = credits_of(PITCH)
    assert "41%" in bar
    assert progress == "250 of 600 credits · 2 people · ends <t:600:R>"


@pytest.mark.parametrize("pitch", [PITCH, WAITING])
def test_an_amount_is_chipped_in_only_while_something_is_missing(pitch: Pitch) -> None:
    """Credits can be taken back all the same, and votes are counted."""
    view = pitches.pitch_view(ENGLISH, pitch)
    assert view is not None
    actions = [action for action, _ in filter(None, view_actions(view))]
    buttons = dict(zip(actions, view_buttons(view), strict=True))
    enabled = {action for action, each in buttons.items() if not each.disabled}
    amounts = {pitches.ADD, pitches.REST, pitches.OTHER}
    assert enabled == {*buttons} - (set() if pitch.missing else amounts)
    assert buttons[pitches.VOTE].label == ENGLISH("pitch-vote-button", votes=7)


def test_the_modal_for_another_amount_takes_nine_digits_and_not_nothing() -> None:
    """A movie costs that much at most."""
    [label] = pitches.amount_modal(ENGLISH, PITCH).to_dict()["components"]
    typed = label["component"]
    assert (typed["required"], typed["min_length"], typed["max_length"]) == (True, 1, 9)


def test_what_is_confirmed_is_what_was_asked() -> None:
    """A confirmation can't be undone, so its button is red."""
    red = discord.ButtonStyle.danger
    withdraw = Button(ENGLISH("pitch-withdraw-confirm-button"), (pitches.WITHDRAW_CONFIRM, PITCH.id), red)
    remove = Button(ENGLISH("pitch-remove-confirm-button"), (pitches.REMOVE_CONFIRM, PITCH.id), red)
    assert (pitches.confirm_withdraw(ENGLISH, PITCH), pitches.confirm_remove(ENGLISH, PITCH)) == (withdraw, remove)
    assert pitch_answers.withdraw_question(ENGLISH) == ENGLISH("pitch-withdraw-question")
    assert pitch_answers.remove_question(ENGLISH) == ENGLISH("pitch-remove-question")
    assert pitch_answers.withdrawn(ENGLISH) == ENGLISH("pitch-withdrawn")
    assert pitch_answers.removed(ENGLISH) == ENGLISH("pitch-removed")
    assert pitch_answers.not_posted(ENGLISH) == ENGLISH("pitch-not-posted")


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (PitchRefusal.UNKNOWN, ENGLISH("pitch-unknown")),
        (PitchRefusal.COMPLETE, ENGLISH("pitch-complete")),
        (PitchRefusal.NO_PLEDGE, ENGLISH("pitch-no-pledge")),
        (PitchRefusal.ALREADY, ENGLISH("pitch-voted-already")),
        (PitchRefusal.TOO_MUCH, ENGLISH("pitch-too-much", missing="350 credits")),
        (PitchRefusal.TOO_MANY, ENGLISH("pitch-too-many", pitches=3)),
        (PitchRefusal.FAILING, ENGLISH("pitch-failing", failures=3)),
        (PitchRefusal.NOT_OWNER, ENGLISH("pitch-not-yours", member="<@1>")),
    ],
)
def test_a_refused_press_reads_why(reason: PitchRefusal, said: str) -> None:
    assert pitch_answers.refused(ENGLISH, Refused(reason, PITCH)) == said


def test_who_completes_a_pitch_reads_what_they_gave_and_whether_staff_decides() -> None:
    funded = Funded(PITCH, job(JobState.QUEUED), PLEDGE, 30)
    assert pitch_answers.chipped_in(ENGLISH, funded) == ENGLISH("pitch-completed", share="30 credits")
    approval = replace(funded, job=job(JobState.AWAITING_APPROVAL, approval=Approval.REQUIRED))
    assert pitch_answers.chipped_in(ENGLISH, approval) == ENGLISH("pitch-completed-approval", share="30 credits")


@pytest.mark.parametrize("later", [True, False])
@pytest.mark.parametrize("allowance", [40, 0])
def test_who_pledges_allowance_beyond_its_month_reads_that_it_lapses(*, later: bool, allowance: int) -> None:
    end = Month(2026, 11).ends_at
    pledge, pitch = replace(PLEDGE, allowance=allowance), replace(PITCH, ends_at=end + later)
    lapses = ENGLISH("pitch-month-ends", credits=40, time=format_timestamp(end))
    waiting = replace(WAITING, ends_at=end + later)
    for outcome in (Pledged(pitch, pledge, 30), Waiting(waiting, pledge, 30)):
        said = pitch_answers.chipped_in(ENGLISH, outcome)
        assert said.endswith(f"\n{lapses}") == bool(later and allowance)


@pytest.mark.parametrize("direct", [True, False])
def test_who_made_a_pitch_and_paid_nothing_is_told_that_it_is_over(*, direct: bool) -> None:
    gone = replace(notice(NoticeKind.RETURNED, reason=PitchEndReason.MESSAGE_GONE), credits=0)
    why = f"{ENGLISH('pledges-why-gone')} "
    told = ENGLISH("pledges-over-direct", why=why, pitch=CHANNEL)
    if not direct:
        told = ENGLISH("pledges-over", members="<@1>", why=why, pitch=CHANNEL)
    assert pitch_notices.notice_text(ENGLISH, [gone], direct=direct) == told


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (BudgetScope.SERVER, ENGLISH("pitch-never-fits-server", price="600 credits", left="30 credits")),
        (BudgetScope.QUEUED, ENGLISH("pitch-never-fits-queue", price="600 credits", left="30 credits")),
        (BudgetScope.PLAN, ENGLISH("pitch-never-fits-bot", price="600 credits")),
    ],
)
def test_who_pitches_what_no_month_can_pay_reads_whose_bound_it_is(scope: BudgetScope, said: str) -> None:
    assert pitch_answers.never_fits(ENGLISH, Shortfall(scope, 600, 30, 0)) == said


# ── notices ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "posted", "direct"),
    [
        (NoticeKind.FUNDED, "pledges-funded", "pledges-funded-direct"),
        (NoticeKind.LAPSED, "pledges-lapsed", "pledges-lapsed-direct"),
        (NoticeKind.WAITING, "pledges-waiting", "pledges-waiting-direct"),
        (NoticeKind.MADE, "pledges-made", "pledges-made-direct"),
    ],
)
def test_a_notice_tells_all_who_paid_what_became_of_their_credits(
    kind: NoticeKind, posted: MessageId, direct: MessageId
) -> None:
    """Without its message, the pitch's channel is linked."""
    notices = [notice(kind, member) for member in (1, 2)]
    assert pitch_notices.notice_text(ENGLISH, notices, direct=False) == ENGLISH(
        posted, members="<@1> <@2>", pitch=CHANNEL
    )
    assert pitch_notices.notice_text(ENGLISH, notices[:1], direct=True) == ENGLISH(direct, credits=40, pitch=CHANNEL)
    if kind is not NoticeKind.FUNDED:
        waiting = [replace(each, awaits_approval=True) for each in notices]
        assert pitch_notices.notice_text(ENGLISH, waiting, direct=False) == ENGLISH(
            posted, members="<@1> <@2>", pitch=CHANNEL
        )


def test_all_who_paid_are_told_that_staff_decides_or_that_it_cost_something() -> None:
    """A movie that was canceled may have cost only some of them."""
    approval = [notice(NoticeKind.FUNDED, member, awaits_approval=True) for member in (1, 2)]
    parts = {"members": "<@1> <@2>", "pitch": CHANNEL}
    assert pitch_notices.notice_text(ENGLISH, approval, direct=False) == ENGLISH("pledges-approval", **parts)
    direct = pitch_notices.notice_text(ENGLISH, approval[:1], direct=True)
    assert direct == ENGLISH("pledges-approval-direct", credits=40, pitch=CHANNEL)
    reason = PitchEndReason.JOB_ENDED
    charged = [notice(NoticeKind.RETURNED, member, reason=reason, spent=spent) for member, spent in ((1, 0), (2, 7))]
    assert pitch_notices.notice_text(ENGLISH, charged, direct=False) == ENGLISH("pledges-charged", **parts)
    free = pitch_notices.notice_text(ENGLISH, charged[:1], direct=True)
    assert ENGLISH("pledges-why-not-made") in free
