"""Rights and duties of a member whose pitch others pay for."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.approval import ApprovalScope
from bot.domain.approval_decision import ApprovalObstacle
from bot.domain.credits import Month
from bot.domain.job import EndReason, JobState
from bot.domain.pitch import Pitched, PitchRefusal, Pledged, Refused
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from bot.domain.request import Draft
from bot.domain.risk import MAX_REPEATED_FAILURES, Refusal, RefusalReason, RiskLimits
from data import blocks, failures, job_actions, jobs, pledging, preferences, renders, risk, series, submissions
from tests.helpers.approving import CATALOGUE, DANA, ERIN, approve, set_up, with_channel
from tests.helpers.pitching import FILTERS, Pitching, pressing
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, LIMITS, NOW, StoreHarness


async def start(pitching: Pitching, job_id: str) -> None:
    await pitching.database.write(submissions.claim, pitching.now, 10, 100, 100)
    await pitching.database.write(submissions.mark_rendering, job_id, f"r-{job_id}", pitching.now, pitching.now)


async def test_its_member_cancels_it_until_the_movie_service_makes_it(pitching: Pitching) -> None:
    pitch = await pitching.made(300)
    queued = (await pitching.funded(pitch, (BOB, 300))).job
    assert await pitching.database.write(job_actions.cancel, queued.id, ALICE, NOW) is not None
    assert await pitching.books() == {}
    pitch = await pitching.made(300)
    job = (await pitching.funded(pitch, (BOB, 300))).job
    await start(pitching, job.id)
    assert await pitching.database.write(job_actions.request_cancel, job.id, ALICE, NOW) is None
    assert (await pitching.database.read(jobs.get, job.id)).cancel_requested_at is None


async def test_its_movie_is_posted_in_the_channel_whatever_its_member_wants(pitching: Pitching) -> None:
    target = DeliveryTarget.DIRECT_MESSAGE
    await pitching.database.write(preferences.set_delivery_target, ALICE, target)
    pitch = await pitching.made(300)
    job = (await pitching.funded(pitch, (BOB, 300))).job
    assert job.delivery_target is DeliveryTarget.CHANNEL
    assert await pitching.database.write(job_actions.set_delivery_target, job.id, ALICE, target) is None
    assert (await pitching.database.read(jobs.get, job.id)).delivery_target is DeliveryTarget.CHANNEL


async def test_failed_movies_count_for_who_pitched_them_and_not_for_who_paid(pitching: Pitching) -> None:
    """The charge stops the maker's orders and pitches until staff unblock them."""
    risk_limits = RiskLimits(50, 50, 9000, failed_credits=300)
    pitching.limits = replace(LIMITS, risk=risk_limits)
    pitch = await pitching.made(300)
    job = (await pitching.funded(pitch, (BOB, 100), (CAROL, 200))).job
    await start(pitching, job.id)
    write, read = pitching.database.write, pitching.database.read
    assert await write(renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, 300)
    month = Month.containing(NOW)
    assert [await read(failures.failed_credits, member, month) for member in (ALICE, BOB, CAROL)] == [300, 0, 0]
    assert await read(failures.failed_by_server, ALICE, month) == {GUILD: 300}
    assert await read(failures.stopped_members, month, 300) == 1
    assert await read(risk.refusal, GUILD, BOB, risk_limits, NOW) is None
    draft = Draft("a fox", 10, "LUMA", "FLUX1.1PRO")
    again = await write(pledging.pitch, FILTERS, pressing(ALICE), draft, CATALOGUE, pitching.limits, NOW)
    assert isinstance(again, Refusal)
    assert again.reason is RefusalReason.FAILED_CREDITS
    pledged = await pitching.chip_in(await pitching.made(300, CAROL), ALICE, 10)
    assert isinstance(pledged, Refusal)
    assert pledged.reason is RefusalReason.FAILED_CREDITS
    assert await write(blocks.unblock, ALICE, by=AuditContext(DANA, GUILD), now=NOW - 1, max_failed_credits=300)
    assert await read(risk.refusal, GUILD, ALICE, risk_limits, NOW) is None
    await pitching.books()


async def test_a_sequel_that_members_pay_for_is_in_the_series(pitching: Pitching) -> None:
    """What it continues is kept until its job is made."""
    first = (await pitching.funded(await pitching.made(300), (BOB, 300))).job
    sequel = await pitching.made(300, continues=first.id)
    assert (await pitching.found(sequel)).request.continues == first.id
    second = (await pitching.funded(sequel, (CAROL, 300))).job
    for job in (first, second):
        await start(pitching, job.id)
        await pitching.database.write(renders.complete, job.id, "https://movies.test/a.mp4", NOW)
    shown = await pitching.database.read(series.of, first, ALICE)
    assert [item.job.id for item in shown] == [first.id, second.id]


async def test_a_prompt_that_keeps_failing_is_not_pitched_again(pitching: Pitching) -> None:
    write = pitching.database.write
    for _ in range(MAX_REPEATED_FAILURES):
        job = (await pitching.funded(await pitching.made(300), (BOB, 300))).job
        await start(pitching, job.id)
        assert await write(renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, NOW, upstream_charged=False)
    fox, owl = Draft("a fox", 10, "LUMA", "FLUX1.1PRO"), Draft("an owl", 10, "LUMA", "FLUX1.1PRO")
    again = await write(pledging.pitch, FILTERS, pressing(ALICE), fox, CATALOGUE, LIMITS, NOW)
    assert again == Refused(PitchRefusal.FAILING)
    assert isinstance(await write(pledging.pitch, FILTERS, pressing(ALICE), owl, CATALOGUE, LIMITS, NOW), Pitched)
    await pitching.made(member=CAROL)


async def test_staff_who_pay_for_a_movie_do_not_approve_it(store: StoreHarness, pitching: Pitching) -> None:
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE)
    pitch = await pitching.made(300)
    await pitching.pledged(pitch, ERIN, 10)
    assert isinstance(await pitching.take_back(pitch, ERIN), Pledged)
    job = (await pitching.funded(pitch, (BOB, 200), (DANA, 100))).job
    own = await pitching.database.write(approve, job, 1, by=DANA)
    assert own is not None
    assert (own.obstacle, own.job.state) == (ApprovalObstacle.OWN, JobState.AWAITING_APPROVAL)
    approved = await pitching.database.write(approve, job, 2, by=ERIN)
    assert approved is not None
    assert approved.job.state is JobState.QUEUED


async def test_managers_approve_a_movie_that_they_pay_for(store: StoreHarness, pitching: Pitching) -> None:
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE)
    job = (await pitching.funded(await pitching.made(300), (BOB, 200), (DANA, 100))).job
    approved = await pitching.database.write(approve, job, by=DANA, manages=True)
    assert approved is not None
    assert (approved.obstacle, approved.job.state) == (None, JobState.QUEUED)
