"""Which sentence a request for credits and a gift are answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import discord
import pytest

from bot.domain.credit_request import Answer, AnswerStatus, AskOption, AskRefusal, CreditRequest, Obstacle, RequestState
from bot.domain.gift import Gift, GiftRefusal, GiftRefused
from bot.domain.quota import AuditAction, AuditEntry
from bot.locales.message_ids import MessageId
from bot.ui import credit_requests, gifts
from bot.ui.audit_entries import request_line
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE
from tests.helpers.reading import view_buttons

WHEN = 1_800_000_000_000
OPEN = CreditRequest("5", 10, 20, ALICE, 300, 250, RequestState.OPEN, WHEN, decided_by=9)
PLACE = {"credits": 300, "place": "https://discord.com/channels/10/20"}

LAST_LINES: Mapping[RequestState, str | None] = {
    RequestState.OPEN: None,
    RequestState.GRANTED: ENGLISH("log-request-granted", manager="<@9>"),
    RequestState.DECLINED: ENGLISH("log-request-declined", manager="<@9>"),
    RequestState.REPLACED: ENGLISH("log-request-replaced"),
    RequestState.LAPSED: ENGLISH("log-request-lapsed"),
    RequestState.UNPOSTED: ENGLISH("log-request-lapsed"),
}


@pytest.mark.parametrize("state", RequestState)
def test_staff_read_what_became_of_a_request(state: RequestState) -> None:
    """Who presses an answered one reads who was first."""
    ended, last = replace(OPEN, state=state), LAST_LINES[state]
    lines = [request_line(ENGLISH, WHEN, ALICE, 300), *filter(None, [last])]
    assert credit_requests.request_text(ENGLISH, ended).splitlines() == lines
    untold = credit_requests.request_text(ENGLISH, replace(ended, answer_status=AnswerStatus.UNDELIVERABLE))
    assert untold.splitlines() == [*lines, ENGLISH("log-request-not-told", member=f"<@{ALICE}>")]
    if state is not RequestState.OPEN:
        answered = state in {RequestState.GRANTED, RequestState.DECLINED}
        expected = ENGLISH("requests-already-answered", manager="<@9>") if answered else last
        assert credit_requests.not_counted(ENGLISH, Answer(ended, counted=False)) == expected


OBSTACLES: Mapping[Obstacle, MessageId] = {
    Obstacle.BLOCKED: "requests-blocked",
    Obstacle.BLOCKED_EVERYWHERE: "requests-blocked-everywhere",
    Obstacle.SERVER_BUDGET: "requests-server-budget",
    Obstacle.OPERATOR: "requests-operator-limit",
}


@pytest.mark.parametrize("obstacle", Obstacle)
def test_a_manager_reads_why_a_grant_would_not_help(obstacle: Obstacle) -> None:
    """The member is named, not the manager."""
    said = credit_requests.not_counted(ENGLISH, Answer(OPEN, counted=False, obstacle=obstacle))
    assert said == ENGLISH(OBSTACLES[obstacle], member=f"<@{ALICE}>")


NOT_ASKED: Mapping[AskRefusal, str] = {
    AskRefusal.ASKED_TODAY: ENGLISH("requests-asked-today", time="<t:1800000000:R>"),
    AskRefusal.ENOUGH: ENGLISH("requests-enough"),
    AskRefusal.NO_CHANNEL: ENGLISH("requests-no-channel"),
    AskRefusal.NO_HELP: ENGLISH("requests-no-help"),
}


@pytest.mark.parametrize("refusal", AskRefusal)
def test_a_member_reads_why_nothing_was_asked_for(refusal: AskRefusal) -> None:
    assert credit_requests.not_requested(ENGLISH, refusal, WHEN) == NOT_ASKED[refusal]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (RequestState.GRANTED, "requests-answer-granted"),
        (RequestState.DECLINED, "requests-answer-declined"),
        (RequestState.UNPOSTED, "requests-answer-unposted"),
    ],
)
def test_a_member_reads_how_much_they_got_and_where(state: RequestState, expected: MessageId) -> None:
    assert credit_requests.answer_text(ENGLISH, replace(OPEN, state=state)) == ENGLISH(expected, **PLACE)


@pytest.mark.parametrize("option", AskOption)
def test_a_refusal_has_a_button_or_says_whom_to_ask(option: AskOption) -> None:
    """It has neither where more credits would not help."""
    embed = discord.Embed(description="Too little.")
    credit_requests.add_hint(ENGLISH, embed, option)
    hint = [ENGLISH("requests-ask-managers")] if option is AskOption.NO_CHANNEL else []
    assert str(embed.description).splitlines() == ["Too little.", *hint]
    actions = [each.action for each in credit_requests.ask_buttons(ENGLISH, option, 250)]
    assert actions == ([(credit_requests.ASK, 250)] if option is AskOption.ASK else [])


def test_only_a_request_in_the_log_has_buttons() -> None:
    entry = AuditEntry("5", WHEN, 10, ALICE, AuditAction.REQUEST_CREDITS, ALICE, 300, "")
    view = credit_requests.log_message(ENGLISH, entry, CATALOGUE).view
    assert [(each.label, each.custom_id, each.style) for each in view_buttons(view)] == [
        (ENGLISH("requests-grant-button", credits=300), "m:request-grant:5", discord.ButtonStyle.success),
        (ENGLISH("requests-decline-button"), "m:request-decline:5", discord.ButtonStyle.secondary),
    ]
    granted = credit_requests.log_message(ENGLISH, replace(entry, action=AuditAction.GRANT), CATALOGUE)
    assert granted.view is None


# ── gifts ────────────────────────────────────────────────────────────────────────────────────────────────────────

REFUSALS: Mapping[GiftRefusal, str] = {
    GiftRefusal.OFF: ENGLISH("gifts-off"),
    GiftRefusal.SELF: ENGLISH("gifts-self"),
    GiftRefusal.GIVER_BLOCKED: ENGLISH("gifts-blocked"),
    GiftRefusal.GIVER_ERASING: ENGLISH("gifts-erasing"),
    GiftRefusal.PAUSED: ENGLISH("gifts-paused"),
    GiftRefusal.RECIPIENT_BLOCKED: ENGLISH("gifts-recipient-blocked"),
    GiftRefusal.OVER_BOUND: ENGLISH("gifts-over-bound", credits=50),
    GiftRefusal.TOO_FEW: ENGLISH("gifts-too-few", credits=50),
}


@pytest.mark.parametrize("refusal", GiftRefusal)
def test_a_giver_reads_why_a_gift_was_not_made(refusal: GiftRefusal) -> None:
    assert gifts.refused(ENGLISH, GiftRefused(refusal, 50)) == REFUSALS[refusal]


def test_a_gift_says_who_gave_whom_how_much() -> None:
    """A giver whose data is erased has no mention."""
    gift = Gift("0abc", 10, 20, 1, 2, 40, WHEN)
    values = {"recipient": "<@2>", "credits": 40, "time": "<t:1800000000:f>"}
    assert gifts.given(ENGLISH, 2, 40) == ENGLISH("gifts-given", member="<@2>", credits=40)
    assert gifts.received(ENGLISH, gift, direct=False) == ENGLISH("gifts-received-here", member="<@1>", **values)
    erased = gifts.received(ENGLISH, replace(gift, giver_id=-7), direct=False)
    assert erased == ENGLISH("gifts-received-here", member=ENGLISH("privacy-unnamed"), **values)
