"""The server's approval, setup and prompt filter when a pitch is funded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.approval import ApprovalScope
from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.pitch import Ended, Funded, PitchEndReason, PledgeState, Refused, Waiting, WaitReason
from bot.domain.quota import AuditContext
from bot.domain.server_setup import AccessRefusal, AgeRule
from data import approvals, pitch_notices
from tests.helpers.approving import DANA, set_up, with_channel
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import BOB, CAROL, GUILD, LIMITS, NOW, StoreHarness

PARENT = 77
TRUSTED = 7


@pytest.fixture
def pitching(store: StoreHarness) -> Pitching:
    """The pitches of a database."""
    return Pitching(store.database, store.place)


async def test_a_funded_movie_waits_for_staff_and_declining_it_returns_the_pledges(
    store: StoreHarness, pitching: Pitching
) -> None:
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE)
    pitch = await pitching.made(300)
    job = (await pitching.funded(pitch, (BOB, 100), (CAROL, 200))).job
    assert job.state is JobState.AWAITING_APPROVAL
    [told] = await pitching.database.read(pitch_notices.due, NOW, 10, ())
    assert [notice.awaits_approval for notice in told] == [True, True]
    declined = await pitching.database.write(
        approvals.decline, job.id, by=AuditContext(DANA, GUILD, "no", interaction_id=5), now=NOW
    )
    assert declined is not None
    assert await pitching.books() == {}
    assert (await pitching.pledge(pitch, BOB)).state is PledgeState.RETURNED


async def test_a_funded_movie_waits_only_where_an_order_of_its_maker_would(
    store: StoreHarness, pitching: Pitching
) -> None:
    """The roles of its maker count, and whether they manage the server."""
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.UNTRUSTED, trusted_roles=(TRUSTED,))
    for maker, state in (
        ({}, JobState.AWAITING_APPROVAL),
        ({"role_ids": (TRUSTED,)}, JobState.QUEUED),
        ({"manages_server": True}, JobState.QUEUED),
    ):
        pitch = await pitching.made(100, **maker)
        assert (await pitching.funded(pitch, (BOB, 100))).job.state is state


async def test_a_funded_movie_is_in_the_language_that_its_server_has_by_then(
    store: StoreHarness, pitching: Pitching
) -> None:
    pitch = await pitching.made(300)
    await set_up(store, language=Language.GERMAN)
    assert (await pitching.funded(pitch, (BOB, 300))).job.server_language is Language.GERMAN


async def test_a_retry_orders_nothing_where_the_server_allows_no_movies_any_more(
    store: StoreHarness, pitching: Pitching
) -> None:
    """The pitch waits until its channel, or a thread's parent, is allowed."""
    pitch, thread = await pitching.made(300), await pitching.made(300, parent_channel_id=PARENT)
    pitching.limits = replace(LIMITS, plan=0)
    for each in (pitch, thread):
        assert isinstance(await pitching.chip_in(each, BOB, None), Waiting)
    pitching.limits = LIMITS
    for channels, age in (((PARENT,), None), ((), AgeRule.RESTRICTED)):
        await set_up(store, channels=channels, age=age)
        waits = await pitching.run_due(pitch)
        assert isinstance(waits, Waiting)
        assert waits.pitch.waits_for is WaitReason.MEMBER
    await set_up(store, channels=(PARENT,), age=None)
    assert isinstance(await pitching.run_due(thread), Funded)
    await set_up(store, channels=())
    assert isinstance(await pitching.run_due(pitch), Funded)


async def test_a_press_in_a_channel_that_became_restricted_by_age_lets_its_pitch_be_funded(
    store: StoreHarness, pitching: Pitching
) -> None:
    pitch = await pitching.made(300)
    await set_up(store, age=AgeRule.RESTRICTED)
    assert isinstance(await pitching.chip_in(pitch, BOB, None), AccessRefusal)
    assert isinstance(await pitching.chip_in(pitch, BOB, None, age_restricted=True), Funded)


async def test_a_press_that_is_refused_tells_of_the_restriction_too(store: StoreHarness, pitching: Pitching) -> None:
    """A complete pitch takes no credits, but waits for its channel's restriction."""
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, BOB, 200)
    pitching.limits = replace(LIMITS, plan=0)
    assert isinstance(await pitching.chip_in(pitch, CAROL, None), Waiting)
    pitching.limits = LIMITS
    await set_up(store, age=AgeRule.RESTRICTED)
    assert isinstance(await pitching.run_due(pitch), Waiting)
    assert isinstance(await pitching.chip_in(pitch, CAROL, 10, age_restricted=True), Refused)
    assert isinstance(await pitching.run_due(pitch), Funded)


async def test_a_prompt_that_breaks_a_newer_rule_ends_the_pitch_when_it_would_be_funded(
    store: StoreHarness, pitching: Pitching
) -> None:
    """A setup that leaves nothing to order ends it, too."""
    gone, pitch = await pitching.made(300), await pitching.made(300)
    await set_up(store, video_models=("GONE",))
    ended = await pitching.chip_in(gone, CAROL, None)
    assert isinstance(ended, Ended), ended
    assert (ended.pitch.end_reason, ended.returned) == (PitchEndReason.NOT_OFFERED, 300)
    await set_up(store, video_models=())
    await pitching.pledged(pitch, BOB, 100)
    await set_up(store, filter_rules=("fox",))
    ended = await pitching.chip_in(pitch, CAROL, None)
    assert isinstance(ended, Ended)
    assert (ended.pitch.end_reason, ended.returned) == (PitchEndReason.PROMPT_REFUSED, 300)
    assert await pitching.books() == {}
