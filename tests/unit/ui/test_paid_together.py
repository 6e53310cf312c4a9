"""A movie that members paid for together says so."""

from __future__ import annotations

import pytest

from bot.domain.job import EndReason, Job, JobState
from bot.domain.language import Language
from bot.domain.movie_list import MovieItem
from bot.locales.texts import Texts, texts_in
from bot.ui import button_responses, job_buttons, job_messages, movie_receipt
from bot.ui.job_messages import Message
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE, balance, job

FAILED = job(JobState.FAILED, pitch_id="p", end_reason=EndReason.UPSTREAM_FAILED)
NOT_STARTED = job(JobState.CANCELLED, pitch_id="p", request_id=None, end_reason=EndReason.CANCELLED_BY_MEMBER)
IN_PART = job(JobState.CANCELLED, pitch_id="p", end_reason=EndReason.CANCELLED_BY_MEMBER, charged=300)


@pytest.mark.parametrize(
    ("payers", "named", "more"), [((7, 8), 2, 0), ((*range(1, 28),), 15, 12), ((7, -1), 1, 1), ((-1, -2), 0, 2)]
)
def test_those_who_paid_together_are_named_as_far_as_they_fit(payers: tuple[int, ...], named: int, more: int) -> None:
    """They are not pinged.

    Members whose data is erased are only counted.
    """
    message = job_messages.completed_message(ENGLISH, job(JobState.COMPLETED), None, payers=payers)
    assert message.embed is not None
    line = next(each for each in str(message.embed.description).splitlines() if each.startswith("Paid for by"))
    assert line.count("<@") == named
    assert (str(more) in line) == bool(more)
    assert message.mentions == (ALICE,)


def told(texts: Texts, ended: Job) -> list[str]:
    """Return every text about the credits of a movie that failed."""
    messages: list[Message] = [job_messages.cancelled_message(texts, ended)]
    messages += [job_messages.failed_message(texts, ended, left) for left in (None, balance())]
    return [
        *(f"{message.content} {message.embed and message.embed.description}" for message in messages),
        str(job_messages.job_embed(texts, ended, CATALOGUE).fields[1].value),
        button_responses.receipt(texts, ended, balance()),
        button_responses.not_cancelled(texts, ended),
        movie_receipt.receipt(texts, MovieItem(ended)),
    ]


@pytest.mark.parametrize("ended", [FAILED, NOT_STARTED])
@pytest.mark.parametrize("language", Language)
def test_nobody_is_told_that_they_got_back_what_all_paid(language: Language, ended: Job) -> None:
    texts = texts_in(language)
    for text in (*told(texts, ended), button_responses.cancelled(texts, ended)):
        assert texts("pledges-refunded") in text
        assert "900" not in text


def test_a_movie_that_was_cancelled_on_the_way_says_what_all_paid_together() -> None:
    for text in told(ENGLISH, IN_PART):
        assert ENGLISH("pledges-cost-in-part", cost="300 credits") in text
        assert "600" not in text


@pytest.mark.parametrize("state", [JobState.SUBMITTING, JobState.RENDERING])
def test_nobody_cancels_it_while_it_is_made(state: JobState) -> None:
    """The button of an older message says why it can't cancel."""
    made = job(state, pitch_id="p")
    shown = job_buttons.buttons_of_card(ENGLISH, made, cancellable=True)
    shown += job_buttons.detail_buttons(ENGLISH, made, mine=True, cancellable=True)
    assert ENGLISH("buttons-cancel-button") not in {each.label for each in shown}
    assert ENGLISH("buttons-direct-button") not in {each.label for each in shown}, "it is posted for everyone who paid"
    for cancellable in (True, False):
        text = button_responses.not_cancelled(ENGLISH, made, cancellable=cancellable)
        assert text == ENGLISH("pledges-not-cancellable")
    assert job_buttons.may_cancel(job(JobState.QUEUED, pitch_id="p"), cancellable=True)


def test_the_receipt_of_a_finished_movie_says_what_all_paid_together() -> None:
    finished = job(JobState.COMPLETED, pitch_id="p")
    cost = ENGLISH("pledges-cost", cost="900 credits")
    assert button_responses.receipt(ENGLISH, finished, balance()).startswith(cost)
    assert movie_receipt.receipt(ENGLISH, MovieItem(finished, share=50)).startswith(cost)
