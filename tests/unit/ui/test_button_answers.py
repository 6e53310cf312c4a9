"""Which sentence answers a button, where several are alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.domain.cancellation import CancelPreview, NotCancellable
from bot.domain.followers import FollowResult
from bot.domain.job import EndReason, Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import button_responses, cancellations, deletions, links
from bot.ui.job_messages import credits_line, paid_by
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import balance, job

URL = "https://movies.test/a.mp4"
LONG = f"{URL}?{'a' * 5000}"
"""A link that no message has room for."""

STARTED = ENGLISH("buttons-started")
SHARED_PART = job(JobState.CANCELLED, pitch_id="p", end_reason=EndReason.CANCELLED_BY_MEMBER, charged=300)


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        (job(JobState.RESERVED), ENGLISH("buttons-being-queued")),
        (job(JobState.QUEUED), ENGLISH("buttons-being-queued")),
        (job(JobState.SUBMITTING), STARTED),
        (job(JobState.RENDERING), STARTED),
        (job(JobState.RENDERING, cancel_requested_at=1), ENGLISH("buttons-cancelling-already")),
        (job(JobState.UNKNOWN), ENGLISH("buttons-unclear")),
        (job(JobState.UNKNOWN, pitch_id="p"), ENGLISH("buttons-unclear")),
        (job(JobState.QUEUED, pitch_id="p"), ENGLISH("buttons-being-queued")),
        (job(JobState.COMPLETED), ENGLISH("buttons-finished")),
        (job(JobState.COMPLETED, pitch_id="p"), ENGLISH("buttons-finished")),
        (job(JobState.COMPLETED, cancel_requested_at=1), ENGLISH("buttons-finished")),
        (job(JobState.FAILED), ENGLISH("buttons-ended", refunded="900 credits")),
        (job(JobState.FAILED, pitch_id="p"), ENGLISH("pledges-ended")),
        (SHARED_PART, ENGLISH("pledges-cost-in-part", cost="300 credits")),
    ],
)
def test_cancel_answers_by_what_the_movie_does(pressed: Job, expected: str) -> None:
    assert button_responses.not_cancelled(ENGLISH, pressed) == expected


def test_a_movie_that_is_sent_can_be_cancelled_soon_where_the_api_can() -> None:
    """Otherwise it is too late."""
    sent = job(JobState.SUBMITTING)
    assert button_responses.not_cancelled(ENGLISH, sent, cancellable=True) == ENGLISH("buttons-being-sent")
    assert button_responses.cancelled(ENGLISH, job(JobState.CANCELLED)) == ENGLISH(
        "buttons-cancelled", refunded="900 credits"
    )


FOLLOWED: Mapping[FollowResult, MessageId] = {
    FollowResult.FOLLOWING: "buttons-following",
    FollowResult.FULL: "buttons-follow-full",
    FollowResult.ENDED: "buttons-follow-ended",
    FollowResult.PRIVATE: "buttons-follow-private",
}
NOT_OFFERED: Mapping[NotCancellable, MessageId] = {
    NotCancellable.FINISHED: "buttons-just-finished",
    NotCancellable.NEARLY_FINISHED: "buttons-nearly-finished",
    NotCancellable.ENDED: "buttons-just-ended",
    NotCancellable.NO_ANSWER: "buttons-no-answer",
}


def test_each_answer_to_notify_me_and_to_cancel_has_its_words() -> None:
    assert {each: button_responses.follow(ENGLISH, each) for each in FollowResult} == {
        each: ENGLISH(FOLLOWED[each]) for each in FOLLOWED
    }
    assert {each: cancellations.not_offered(ENGLISH, each) for each in NotCancellable} == {
        each: ENGLISH(NOT_OFFERED[each]) for each in NOT_OFFERED
    }


@pytest.mark.parametrize(
    ("charged", "cost"),
    [
        (None, ENGLISH("buttons-question-unknown", price="900 credits")),
        (0, ENGLISH("buttons-question-known", price="900 credits", cost="0 credits", refunded="900 credits")),
        (300, ENGLISH("buttons-question-known", price="900 credits", cost="300 credits", refunded="600 credits")),
    ],
)
def test_the_question_before_a_cancellation_says_what_it_costs(charged: int | None, cost: str) -> None:
    """That nothing was charged so far differs from not knowing."""
    asked = cancellations.question(ENGLISH, CancelPreview(job(), charged))
    assert asked == f"{ENGLISH('buttons-question')}\n{cost}"


def test_a_new_target_is_confirmed_and_a_fixed_one_explained() -> None:
    assert button_responses.target_changed(ENGLISH, DeliveryTarget.DIRECT_MESSAGE) == ENGLISH("buttons-to-direct")
    assert button_responses.target_changed(ENGLISH, DeliveryTarget.CHANNEL) == ENGLISH("buttons-to-channel")
    assert button_responses.target_not_changed(ENGLISH, job(JobState.COMPLETED)) == ENGLISH("buttons-finished")
    assert button_responses.target_not_changed(ENGLISH, job(pitch_id="p")) == ENGLISH("pledges-to-channel")


def test_a_receipt_says_what_was_spent_or_is_on_hold() -> None:
    done = job(JobState.COMPLETED)
    assert button_responses.receipt(ENGLISH, job(), balance()) == ENGLISH("buttons-receipt-open", held="900 credits")
    assert button_responses.receipt(ENGLISH, done, balance()).splitlines() == [
        credits_line(ENGLISH, done, balance()),
        ENGLISH("buttons-receipts"),
    ]


@pytest.mark.parametrize("name", ["*al*", "\u200b"])
@pytest.mark.parametrize(
    ("answer", "named", "unnamed"),
    [
        (button_responses.not_owner, "buttons-not-owner", "buttons-not-owner-unnamed"),
        (deletions.not_authorized, "buttons-not-deleter", "buttons-not-deleter-unnamed"),
    ],
    ids=["use", "delete"],
)
def test_who_presses_for_another_reads_whose_movie_it_is(
    name: str, answer: Callable[[Texts, Job], str], named: MessageId, unnamed: MessageId
) -> None:
    """A name can be invisible."""
    expected = ENGLISH(named, name=r"\*al\*") if name == "*al*" else ENGLISH(unnamed)
    assert answer(ENGLISH, job(member_name=name)) == expected


def test_the_question_before_a_deletion_names_someone_elses_movie() -> None:
    plain, details = ENGLISH("buttons-delete-question"), ENGLISH("buttons-delete-details")
    other = ENGLISH("buttons-delete-question-of", name=r"\*al\*")
    named = job(member_name="*al*")
    assert deletions.question(ENGLISH, named, mine=False).splitlines() == [other, details]
    assert deletions.question(ENGLISH, named, mine=True).splitlines() == [plain, details]
    assert deletions.question(ENGLISH, job(), mine=False).splitlines() == [plain, details]
    shared = deletions.question(ENGLISH, job(), (7, 8), mine=True)
    assert shared.splitlines() == [plain, paid_by(ENGLISH, (7, 8)), details]
    assert deletions.not_authorized(ENGLISH, named, shared=True) == ENGLISH("buttons-not-deleter-shared")


def test_what_is_not_deleted_is_unfinished_or_already_gone() -> None:
    assert deletions.not_deleted(ENGLISH, job()) == ENGLISH("buttons-delete-unfinished")
    assert deletions.not_deleted(ENGLISH, job(removed_at=1)) == ENGLISH("buttons-deleted-already")


@pytest.mark.parametrize("answer", [button_responses.fresh_link, button_responses.no_fresh_link])
def test_a_link_that_is_too_long_for_an_answer_comes_as_a_file(
    answer: Callable[[Texts, Job], links.PlacedLink],
) -> None:
    """Only its reader sees it, so it says so."""
    placed = answer(ENGLISH, job(movie_url=LONG))
    assert placed.file == LONG
    assert placed.content.endswith(f"\n{ENGLISH('links-in-file')}")


@pytest.mark.parametrize("url", [None, "javascript:alert(1)"])
def test_without_a_link_that_can_be_posted_there_is_no_last_one(url: str | None) -> None:
    expected = links.PlacedLink(ENGLISH("buttons-no-new-link"), posted=False)
    assert button_responses.no_fresh_link(ENGLISH, job(movie_url=url)) == expected
    assert (
        button_responses.no_fresh_link(ENGLISH, job(movie_url=URL)).content == f"{ENGLISH('buttons-last-link')}\n{URL}"
    )
