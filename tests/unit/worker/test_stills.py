"""The newest still of a movie is asked for when a stage begins, until all are drawn."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import InvalidResponse, RateLimited, RequestNotFound
from bot.domain.jobs import Approval, JobState, Step, Still
from bot.domain.operations import Operation
from bot.domain.preferences import DeliveryTarget
from bot.domain.upstream import MovieState, Stage, StageState, Status
from tests.helpers import factories
from tests.helpers.fakes import COMPLETED, PENDING
from tests.helpers.ledger_checks import execute, query
from tests.helpers.worker_harness import WORKER_CONFIG, WorkerHarness, open_worker_harness

REQUEST = "request-1"
STAGES = ("prompt_generation", "image_generation", "speech_generation", "ai_video_generation", "video_generation")
DRAWN = tuple(Still(scene, f"scene {scene}", f"https://stills.test/{scene}.png") for scene in range(1, 25))
BROKEN = InvalidResponse("<html>", status=502)
LIMITED = RateLimited("", status=429, retry_after=90)


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncGenerator[WorkerHarness]:
    async with open_worker_harness(tmp_path, replace(WORKER_CONFIG, has_stills=True)) as opened:
        yield opened


def at(current: str) -> Status:
    """Return the status of a movie at a stage. The API calls the first two pending from the start."""
    before = STAGES.index(current)
    states = [StageState.COMPLETED] * before + [StageState.PENDING] * max(1, 2 - before)
    states += [StageState.INIT] * (len(STAGES) - len(states))
    return Status(MovieState.PENDING, tuple(map(Stage, STAGES, states)))


WRITING, DRAWING, SPEAKING, FILMING, CUTTING = map(at, STAGES)
SPOKEN = replace(DRAWING, stages=(*DRAWING.stages[:2], Stage(STAGES[2], StageState.COMPLETED), *DRAWING.stages[3:]))
"""Its pictures are still being drawn."""

PACES: dict[str, tuple[Sequence[Status], Sequence[Exception | Sequence[Still]], Sequence[int]]] = {
    # the statuses, what is answered about stills, and which scene is kept after each status
    "in turn": (
        (WRITING, DRAWING, DRAWING, SPEAKING, FILMING, CUTTING),
        (DRAWN[:1], DRAWN),
        (0, 1, 1, 24, 24, 24),
    ),
    "none at first": ((DRAWING, SPEAKING, FILMING), ((), DRAWN[:3]), (0, 3, 3)),
    "drawn between two polls": ((WRITING, FILMING, FILMING, CUTTING), (DRAWN[:2],), (0, 2, 2, 2)),
    "a stage ends meanwhile": ((DRAWING, SPOKEN, FILMING), (DRAWN[:1], DRAWN[:2]), (1, 1, 2)),
    "never any": ((DRAWING, SPEAKING, SPEAKING, FILMING, FILMING), ((), (), ()), (0, 0, 0, 0, 0)),
    "an error": ((DRAWING, SPEAKING, FILMING, CUTTING), (BROKEN, TimeoutError(), DRAWN[:2]), (0, 0, 2, 2)),
    "too many requests": ((DRAWING, DRAWING, DRAWING, SPEAKING), (LIMITED, DRAWN[:2]), (0, 0, 0, 2)),
    "not found": ((DRAWING, SPEAKING), (RequestNotFound("", status=404), DRAWN[:2]), (0, 2)),
    "an error after the first": ((DRAWING, SPEAKING, FILMING), (DRAWN[:1], BROKEN), (1, 1, 1)),
    "without stages": ((PENDING, PENDING), (), (0, 0)),
}


def kept(harness: WorkerHarness) -> int:
    """Return the scene of the only still that is kept, 0 for none."""
    [scene] = [row["scene"] for row in query(harness.path, "SELECT scene FROM stills")] or [0]
    return int(scene)


@pytest.mark.parametrize("pace", PACES)
async def test_the_newest_still_is_kept_until_the_movie_ends(harness: WorkerHarness, pace: str) -> None:
    statuses, answers, scenes = PACES[pace]
    job = await harness.render()
    harness.api.stills = [*answers]
    seen = list[int]()
    for status in statuses:
        harness.api.statuses[REQUEST] = [status]
        await harness.advance_and_run(60)
        seen.append(kept(harness))
    assert (seen, len(harness.api.detailed)) == ([*scenes], len(answers))
    assert harness.api.pauses == ([90] if LIMITED in answers else [])
    harness.api.statuses[REQUEST] = [COMPLETED]
    await harness.advance_and_run(60)
    assert ((await harness.job(job)).state, kept(harness)) == (JobState.COMPLETED, 0)


async def test_a_card_is_shown_once_for_a_stage_with_its_still(harness: WorkerHarness) -> None:
    await harness.render()
    harness.publisher.shown.clear()
    harness.api.stills, harness.api.statuses[REQUEST] = [DRAWN], [DRAWING]
    await harness.advance_and_run(60)
    assert [each.progress.stage for each in harness.publisher.shown] == ["image_generation"]


async def test_of_what_no_card_shows_nothing_is_asked_or_kept(harness: WorkerHarness) -> None:
    await harness.render()
    execute(harness.path, "UPDATE jobs SET delivery_target = 'direct'")
    harness.api.stills, harness.api.statuses[REQUEST] = [DRAWN], [SPEAKING]
    await harness.advance_and_run(60)
    assert (harness.api.detailed, kept(harness)) == ([], 0)


async def test_an_api_without_stills_is_not_asked(tmp_path: Path) -> None:
    async with open_worker_harness(tmp_path) as harness:
        await harness.render()
        harness.api.statuses[REQUEST] = [DRAWING, SPEAKING]
        for _ in range(2):
            await harness.advance_and_run(60)
        assert harness.api.detailed == []


SHOWN: list[tuple[bool, dict[str, Any]]] = [
    (True, {}),
    (True, {"step": Step.DRAWING}),
    (True, {"step": Step.DRAWING, "review": Approval.WAIVED}),
    (False, {"step": Step.DRAWING, "review": Approval.REQUIRED}),
    (False, {"step": Step.REVIEW, "review": Approval.REQUIRED}),
    (False, {"step": Step.REVIEW, "review": Approval.REQUIRED, "cancel_requested_at": 1}),
    (False, {"step": Step.STORYBOARD}),
    (True, {"step": Step.RESUMING, "review": Approval.REQUIRED}),
    (True, {"review": Approval.REQUIRED}),
    (False, {"cancel_requested_at": 1}),
    (False, {"member_id": -1}),
    (False, {"delivery_target": DeliveryTarget.DIRECT_MESSAGE}),
    *((False, {"state": state}) for state in JobState if state is not JobState.RENDERING),
]


@pytest.mark.parametrize(("shown", "changes"), SHOWN)
def test_a_card_shows_no_still_that_its_readers_may_not_see(shown: bool, changes: dict[str, Any]) -> None:
    assert factories.job(**changes).shows_still is shown


@pytest.mark.parametrize("operation", Operation)
def test_a_copy_has_the_stills_of_another_movie(operation: Operation) -> None:
    job = factories.job()
    job = replace(job, request=replace(job.request, operation=operation))
    assert job.shows_still is not operation.declared.is_copy
