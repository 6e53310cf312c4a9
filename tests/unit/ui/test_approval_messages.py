"""What staff read about movies that wait, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.domain.approval_decision import ApprovalObstacle, Decision
from bot.domain.job import Approval, EndReason, Job, JobState
from bot.domain.numbered_page import NumberedPage
from bot.domain.quota import MAX_REASON_LENGTH
from bot.ui import approvals
from bot.ui.formatting import BRAND, NEUTRAL
from bot.ui.job_messages import request_summary
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE, job
from tests.helpers.reading import fields, view_actions, view_buttons

WAITING = job(JobState.AWAITING_APPROVAL, "a *fox*", next_run_at=0)
UNNAMED = ENGLISH("privacy-unnamed")


def buttons(view: discord.ui.View | None) -> list[tuple[tuple[str, tuple[str, ...]] | None, bool]]:
    """Return the actions of a message's buttons, and whether they are enabled."""
    return [*zip(view_actions(view), [not each.disabled for each in view_buttons(view)], strict=True)]


def test_a_movie_that_waits_has_its_request_and_two_buttons() -> None:
    embed = approvals.request_embed(ENGLISH, WAITING, CATALOGUE)
    assert (embed.description, embed.colour) == (r">>> a \*fox\*", BRAND)
    assert fields(embed)[ENGLISH("cards-movie-field")] == request_summary(ENGLISH, WAITING.request, CATALOGUE)
    assert fields(embed)[ENGLISH("cards-requester-field")] == f"<@{ALICE}>\n<#3>", "no card is known yet"
    view = approvals.request_view(ENGLISH, WAITING)
    expected = [((approvals.APPROVE, (WAITING.id,)), True), ((approvals.DECLINE, (WAITING.id,)), True)]
    assert buttons(view) == expected
    styles = [discord.ButtonStyle.success, discord.ButtonStyle.secondary]
    assert [each.style for each in view_buttons(view)] == styles


def test_a_movie_whose_member_erased_their_data_keeps_neither_name_nor_prompt() -> None:
    """It was decided, and has no buttons."""
    erased = job(JobState.CANCELLED, "", member_id=-7, end_reason=EndReason.CANCELLED_BY_MEMBER)
    embed = approvals.request_embed(ENGLISH, erased, CATALOGUE)
    assert (embed.description, embed.colour) == (rf">>> \{ENGLISH('privacy-prompt-gone')[:-1]}\)", NEUTRAL)
    assert fields(embed)[ENGLISH("cards-requester-field")] == f"{UNNAMED}\n<#3>"
    assert fields(embed)[ENGLISH("approvals-decision-field")] == ENGLISH("approvals-withdrawn", member=UNNAMED)
    assert approvals.request_view(ENGLISH, erased) is None


STAFF = {"staff": "<@9>"}
OUTCOMES: list[tuple[Job, str]] = [
    (job(JobState.QUEUED, decided_by=9), ENGLISH("approvals-approved", **STAFF)),
    (job(JobState.QUEUED, decided_by=-7), ENGLISH("approvals-approved", staff=UNNAMED)),
    (
        job(JobState.CANCELLED, decided_by=9, end_reason=EndReason.CANCELLED_BY_MEMBER),
        ENGLISH("approvals-approved", **STAFF),
    ),
    (job(JobState.CANCELLED, decided_by=9, end_reason=EndReason.NOT_OFFERED), ENGLISH("approvals-not-offered")),
    (job(JobState.CANCELLED, decided_by=9, end_reason=EndReason.DECLINED), ENGLISH("approvals-declined", **STAFF)),
    (
        job(JobState.CANCELLED, decided_by=9, end_reason=EndReason.DECLINED, decline_reason="*no*"),
        ENGLISH("approvals-declined-because", **STAFF, reason=r"\*no\*"),
    ),
    (job(JobState.CANCELLED, end_reason=EndReason.APPROVAL_LAPSED), ENGLISH("approvals-lapsed")),
    (job(JobState.CANCELLED, end_reason=EndReason.SERVER_LEFT), ENGLISH("approvals-lapsed")),
    (
        job(JobState.CANCELLED, end_reason=EndReason.CANCELLED_BY_MEMBER),
        ENGLISH("approvals-withdrawn", member=f"<@{ALICE}>"),
    ),
    (job(JobState.RENDERING, approval=Approval.WAIVED), ENGLISH("approvals-waived")),
    (job(JobState.CANCELLED, end_reason=EndReason.RESPONSE_FAILED), ENGLISH("approvals-ended")),
]


@pytest.mark.parametrize(("ended", "expected"), OUTCOMES)
def test_what_became_of_a_movie_is_said(ended: Job, expected: str) -> None:
    """Its approval counts more than what its member did later."""
    assert approvals.outcome(ENGLISH, ended) == expected


OBSTACLES: Mapping[ApprovalObstacle, str] = {
    ApprovalObstacle.OWN: ENGLISH("approvals-own"),
    ApprovalObstacle.PAUSED: ENGLISH("approvals-paused"),
    ApprovalObstacle.PROMPT: ENGLISH("approvals-prompt"),
    ApprovalObstacle.BLOCKED: ENGLISH("approvals-blocked", member=f"<@{ALICE}>"),
    ApprovalObstacle.BLOCKED_EVERYWHERE: ENGLISH("approvals-blocked-everywhere", member=f"<@{ALICE}>"),
}


@pytest.mark.parametrize("obstacle", ApprovalObstacle)
def test_what_prevents_an_approval_is_said(obstacle: ApprovalObstacle) -> None:
    """A block names the movie's member, not who pressed."""
    decision = Decision(replace(WAITING, decided_by=9), counted=False, obstacle=obstacle)
    assert approvals.obstacle_text(ENGLISH, decision) == OBSTACLES[obstacle]


def page(number: int, pages: int) -> NumberedPage[Job]:
    """Return a page with one of several movies."""
    return NumberedPage((WAITING,), number, pages, total=pages)


@pytest.mark.parametrize(("number", "back", "further"), [(0, False, True), (1, True, True), (2, True, False)])
def test_a_list_of_several_pages_is_turned_and_keeps_its_page(number: int, back: bool, further: bool) -> None:
    """A decision leads back to the page it was made on."""
    embed = approvals.list_embed(ENGLISH, page(number, 3))
    assert embed.title == ENGLISH("approvals-list-title", movies=3)
    assert embed.footer.text == ENGLISH("approvals-list-footer", page=number + 1, pages=3)
    assert buttons(approvals.list_view(ENGLISH, page(number, 3))) == [
        ((approvals.APPROVE, (WAITING.id, str(number))), True),
        ((approvals.DECLINE, (WAITING.id, str(number))), True),
        ((approvals.PAGE, (str(max(0, number - 1)), "back")), back),
        ((approvals.PAGE, (str(number + 1),)), further),
    ]


def test_a_list_of_one_page_is_not_turned() -> None:
    """A note of the last decision is above it."""
    embed = approvals.list_embed(ENGLISH, page(0, 1), note="Approved.")
    assert embed.footer.text is None
    assert str(embed.description).splitlines()[:3] == ["Approved.", "", r"**1.** a \*fox\*"]
    assert len(buttons(approvals.list_view(ENGLISH, page(0, 1)))) == 2


def test_a_reason_to_decline_is_optional_and_short() -> None:
    modal: Any = approvals.decline_modal(ENGLISH, (approvals.DECLINE_SET, WAITING.id)).to_dict()
    reason = modal["components"][0]["component"]
    assert (reason["required"], reason["max_length"]) == (False, MAX_REASON_LENGTH)
