"""Which of a row's similar amounts, times and places people read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.credits import Budget, BudgetScope, Shortfall
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.filter_rules import OWN
from bot.domain.gift import Gift, GiftRefusal, GiftRefused
from bot.domain.job import EndReason, Job, JobState
from bot.domain.numbered_page import NumberedPage
from bot.domain.pitch import NoticeKind, Pitch, PitchEndReason, PitchNotice, PitchState, Pledge, Pledged, PledgeState
from bot.domain.preferences import DeliveryTarget
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.quota import Allowance, AllowanceSource, AuditAction, AuditEntry, Balance, Block
from bot.domain.quote import PricePerSecond, QuoteUnavailable, QuoteUnavailableReason
from bot.ui import (
    approvals,
    audit_entries,
    button_responses,
    credits,
    gifts,
    job_messages,
    pitch_answers,
    pitch_notices,
    pitches,
    privacy,
    quota_admin,
    quotes,
    refusals,
)
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE, job, request

DEADLINE = 1_800_172_800_000
BALANCE = Balance(
    Budget(600, 100, 30), Allowance(600, AllowanceSource.BOT_DEFAULT), Budget(80, 20, 7), Budget(200), Budget(9000)
)
"""A member with 523 credits left, of which the server can pay for 200."""

PITCH = Pitch("0abc123defghj", 10, 20, 1, request("a fox"), 600, PitchState.OPEN, 0, DEADLINE, pledged=250)
PLEDGE = Pledge(PITCH.id, 1, 2, "2026-11", 40, 10, PledgeState.OPEN, 0)


def field(embed: discord.Embed, name: Any) -> str:
    """Return the text of a field."""
    [value] = [str(each.value) for each in embed.fields if each.name == ENGLISH(name)]
    return value


def waiting(**more: Any) -> Job:
    """Return a movie that waits for staff until the deadline."""
    return job(JobState.AWAITING_APPROVAL, next_run_at=DEADLINE, card_message_id=77, **more)


def test_staff_read_until_when_a_movie_waits_and_what_it_costs() -> None:
    """Its card is linked as long as it waits."""
    card = "https://discord.com/channels/2/3/77"
    embed = approvals.request_embed(ENGLISH, waiting(), CATALOGUE)
    assert field(embed, "approvals-deadline-field").startswith("<t:1800172800:f>.")
    assert field(embed, "cards-cost-field") == "900 credits"
    assert card in field(embed, "cards-requester-field")
    [entry] = str(approvals.list_embed(ENGLISH, NumberedPage((waiting(),), 0, 1, 1)).description).splitlines()[1:]
    assert entry.startswith(f"<@{ALICE}> · 1 min 30 s · 900 credits · expires <t:1800172800:R> · ")
    assert card in entry
    decided = approvals.request_embed(ENGLISH, replace(waiting(), state=JobState.CANCELLED), CATALOGUE)
    assert field(decided, "cards-requester-field").splitlines()[-1] == "<#3>"


def test_a_member_reads_their_own_credits_beside_a_smaller_server_budget() -> None:
    """Only a duration that the server can't pay is too long."""
    priced = PricePerSecond(10, BALANCE)
    assert quotes.duration_choice(ENGLISH, 20, priced) == "20 s · 200 credits · leaves 323"
    assert quotes.duration_choice(ENGLISH, 21, priced) == "21 s · 210 credits · not enough credits"
    told = job_messages.completed_message(ENGLISH, job(JobState.COMPLETED), BALANCE, direct=True)
    assert told.embed is not None
    assert "523 credits" in str(told.embed.description)
    shown = quota_admin.member_limits_embed(ENGLISH, "alice", ALICE, BALANCE, None)
    assert field(shown, "quota-left-field") == "523 credits"
    assert field(shown, "quota-on-hold-field") == "37 credits"
    assert field(shown, "quota-bonus-field") == ENGLISH("quota-bonus-value", credits=53, granted="80")


def test_an_accepted_quotes_movie_is_linked_where_its_member_got_it() -> None:
    there = PostedMessage(3, 9, Venue.DIRECT)
    found = QuoteUnavailable(QuoteUnavailableReason.ACCEPTED, job(), message=there)
    assert "https://discord.com/channels/@me/3/9" in str(quotes.unavailable_embed(ENGLISH, found).description)


def test_an_export_says_whether_it_has_every_movie() -> None:
    assert credits.export_ready(ENGLISH, 5, 5) == ENGLISH("credits-exported", movies=5)
    assert credits.export_ready(ENGLISH, 5, 6) == ENGLISH("credits-exported-latest", movies=5)


def test_who_presses_cancel_on_a_cancelled_movie_reads_what_it_cost() -> None:
    ended = job(JobState.CANCELLED, charged=300, end_reason=EndReason.CANCELLED_BY_MEMBER)
    assert (ended.spent, ended.refunded) == (300, 600)
    expected = ENGLISH("buttons-ended-in-part", cost="300 credits", refunded="600 credits")
    assert button_responses.not_cancelled(ENGLISH, ended) == expected


def test_what_cannot_be_taken_says_how_much_could_be() -> None:
    """The same goes for what can't be given."""
    assert "10 bonus credits" in quota_admin.insufficient_grant(ENGLISH, ALICE, 10)
    for reason in (GiftRefusal.OVER_BOUND, GiftRefusal.TOO_FEW):
        assert "50" in gifts.refused(ENGLISH, GiftRefused(reason, 50))


def test_a_gift_by_dm_says_how_much_and_where() -> None:
    gift = Gift("0abc123defghk", 10, 20, 1, 2, 40, DEADLINE)
    text = gifts.received(ENGLISH, gift, direct=True)
    assert re.findall(r"https://discord.com/channels/[0-9/]+", text) == ["https://discord.com/channels/10/20"]
    assert "40 bonus credits" in text
    assert "<@1>" in text


@pytest.mark.parametrize("action", [AuditAction.BLOCK, AuditAction.TIME_OUT])
def test_a_log_entry_says_how_many_hours_a_member_can_not_order(action: AuditAction) -> None:
    entry = AuditEntry("1", 0, 1, 9, action, ALICE, None, "", duration_hours=7)
    assert "7 hours" in audit_entries.audit_entry_text(ENGLISH, entry, CATALOGUE)


def test_a_member_whose_prompts_are_refused_reads_until_when_they_wait() -> None:
    timed_out = PromptRefused(OWN, 3, Block(DEADLINE, "", is_timeout=True))
    assert "<t:1800172800:R>" in str(refusals.prompt_embed(ENGLISH, timed_out, "a fox").description)


def test_the_question_before_an_erasure_counts_what_waits_and_what_is_open() -> None:
    stored = privacy.Stored(5, waiting=2, open=3, bonus=40, erasing=False, is_empty=False)
    assert privacy.question(ENGLISH, stored).splitlines()[2:5] == [
        ENGLISH("privacy-question-waiting", movies=2),
        ENGLISH("privacy-question-open", movies=3),
        ENGLISH("privacy-question-bonus", credits=40),
    ]


# ── pitches ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pitch_says_what_is_missing_and_when_it_ends() -> None:
    shown = field(pitches.pitch_embed(ENGLISH, PITCH, CATALOGUE), "pitch-credits-field")
    assert "250 of 600 credits" in shown
    assert "<t:1800172800:R>" in shown
    assert "350 credits still needed" in str(pitches.amount_modal(ENGLISH, PITCH).to_dict())


def test_each_amount_of_a_pledge_is_told_as_what_it_is() -> None:
    """What was added, what is held, and what is missing differ."""
    assert pitch_answers.chipped_in(ENGLISH, Pledged(PITCH, PLEDGE, 30)) == ENGLISH(
        "pitch-pledged", share="30 credits", mine="50 credits", missing="350 credits"
    )
    assert pitch_answers.taken_back(ENGLISH, Pledged(PITCH, PLEDGE, -30)) == ENGLISH(
        "pitch-taken-back", share="30 credits", missing="350 credits"
    )
    assert pitch_answers.handled(ENGLISH, PLEDGE) == ENGLISH("pitch-handled", mine="50 credits")
    assert pitch_answers.handled(ENGLISH, None) == ENGLISH("pitch-handled", mine="0 credits")


def test_who_has_too_little_for_a_pitch_reads_what_is_left_and_until_when() -> None:
    short = Shortfall(BudgetScope.MEMBER, 50, 30, DEADLINE)
    assert pitch_answers.shortfall(ENGLISH, short) == ENGLISH(
        "pitch-shortfall", price="50 credits", left="30 credits", time="<t:1800172800:R>"
    )
    never = pitch_answers.never_fits(ENGLISH, replace(short, scope=BudgetScope.SERVER))
    assert never == ENGLISH("pitch-never-fits-server", price="50 credits", left="30 credits")


def test_who_gets_a_share_back_by_dm_reads_why() -> None:
    reason = PitchEndReason.REMOVED_BY_STAFF
    notice = PitchNotice(
        PITCH, 1, NoticeKind.RETURNED, 40, reason, ENGLISH.language, DeliveryTarget.DIRECT_MESSAGE, 0, 0
    )
    told = pitch_notices.notice_text(ENGLISH, [notice], direct=True)
    assert ENGLISH("pledges-why-removed") in told
    charged = pitch_notices.notice_text(ENGLISH, [replace(notice, spent=7)], direct=True)
    pitch = pitch_notices.pitch_url(PITCH)
    assert charged == ENGLISH("pledges-charged-direct", spent="7 credits", refunded="40 credits", pitch=pitch)
