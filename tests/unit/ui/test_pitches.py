"""A pitch's message and responses in every language, within Discord's limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.job import Approval, JobState
from bot.domain.pitch import (
    DAY_MS,
    Ended,
    Funded,
    Pitch,
    PitchEndReason,
    PitchRefusal,
    PitchState,
    Pledge,
    Pledged,
    PledgeState,
    Refused,
    Waiting,
    WaitReason,
)
from bot.locales.texts import Texts
from bot.ui import pitch_answers, pitches
from tests.helpers.discord_limits import broken_limits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE, job, request
from tests.helpers.languages import LANGUAGES
from tests.helpers.reading import view_actions, view_buttons

LONGEST = Pitch(
    id="0123456789abc",
    guild_id=2**63 - 1,
    channel_id=2**63 - 1,
    member_id=2**63 - 1,
    request=request("*" * 4_000),
    price=10**7,
    state=PitchState.OPEN,
    created_at=0,
    ends_at=7 * DAY_MS,
    member_name="_" * 32,
    pledged=320,
    people=7,
    votes=10**6,
)

PLEDGE = Pledge(LONGEST.id, 1, 2, "2026-11", 40, 10, PledgeState.OPEN, 0)

OVER = [
    replace(LONGEST, state=PitchState.REMOVED, end_reason=reason, pledged=0)
    for reason in PitchEndReason
    if reason not in (PitchEndReason.JOB_ENDED, PitchEndReason.JOB_ENDED_LATE)
]
FUNDED = replace(LONGEST, state=PitchState.FUNDED, pledged=10**7)
STATES = [
    LONGEST,
    *(replace(LONGEST, state=PitchState.WAITING_FOR_PLAN, waits_for=why, pledged=10**7) for why in WaitReason),
    FUNDED,
    *OVER,
]


@LANGUAGES
def test_every_state_of_a_pitch_fits_a_message_and_says_what_comes_next(texts: Texts) -> None:
    seen: list[str] = []
    for pitch in STATES:
        embed, view = pitches.pitch_embed(texts, pitch, CATALOGUE), pitches.pitch_view(texts, pitch)
        assert broken_limits(embed, view=view) == []
        assert (view is not None) == pitch.state.is_open
        seen.append(pitches.status(texts, pitch))
    assert len(set(seen)) == len(STATES), "every state has its own words, an open one none"


@LANGUAGES
def test_every_outcome_has_its_own_words(texts: Texts) -> None:
    funded = job(JobState.QUEUED)
    approval = replace(funded, state=JobState.AWAITING_APPROVAL, approval=Approval.REQUIRED)
    short = Shortfall(BudgetScope.MEMBER, 50, 30, DAY_MS)
    said = [
        pitch_answers.chipped_in(texts, Pledged(LONGEST, PLEDGE, 50)),
        pitch_answers.chipped_in(texts, Funded(LONGEST, funded, PLEDGE, 50)),
        pitch_answers.chipped_in(texts, Funded(LONGEST, approval, PLEDGE, 50)),
        *(pitch_answers.chipped_in(texts, Waiting(pitch, PLEDGE, 50)) for pitch in STATES if pitch.waits_for),
        *(pitch_answers.chipped_in(texts, Ended(pitch, 50)) for pitch in OVER),
        *(pitch_answers.refused(texts, Refused(why, FUNDED)) for why in PitchRefusal),
        pitch_answers.shortfall(texts, short),
        *(
            pitch_answers.never_fits(texts, replace(short, scope=scope))
            for scope in (BudgetScope.SERVER, BudgetScope.QUEUED, BudgetScope.PLAN)
        ),
    ]
    assert len(set(said)) == len(said)
    assert all(said)


@pytest.mark.parametrize(
    ("missing", "enabled"), [(5, [False, False, True]), (10, [True, False, True]), (0, [False] * 3)]
)
def test_a_button_that_would_be_refused_is_disabled_in_its_place(missing: int, enabled: list[bool]) -> None:
    """Buttons keep their places, so a member doesn't press the wrong one."""
    view = pitches.pitch_view(ENGLISH, replace(LONGEST, price=100, pledged=100 - missing))
    assert view is not None
    buttons = view_buttons(view)
    assert [not each.disabled for each in buttons[:3]] == enabled
    assert view_actions(view)[2] == (pitches.REST, (LONGEST.id, str(missing)))
    assert [len([each for each in buttons if each.row == row]) for row in (0, 1)] == [5, 3]
