"""Nonces and retry delays of a pending notification."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import Delivery, NotificationType, retry_delay
from bot.domain.job import generate_id
from bot.domain.server_setup import AgeRule


@pytest.mark.parametrize("now", [1_800_000_000_000, 2_200_000_000_000, 4_102_444_800_000])
@pytest.mark.parametrize("notice", NotificationType)
def test_a_nonce_fits_discords_25_characters(notice: NotificationType, now: int) -> None:
    """Discord would refuse a longer nonce.

    Ids of today, of 2039 and of 2100 are tried.
    """
    assert 0 < len(Delivery(generate_id(now), notice, 0).nonce) <= 25


def test_every_try_of_a_message_has_the_same_nonce_and_no_other_message_has_it() -> None:
    """Discord recognizes a repeat, and messages don't replace each other."""
    one, other = generate_id(1), generate_id(2)
    assert Delivery(one, NotificationType.COMPLETED, 0).nonce == Delivery(one, NotificationType.COMPLETED, 7).nonce
    nonces = [Delivery(job, notice, 0).nonce for job, notice in itertools.product((one, other), NotificationType)]
    assert len(set(nonces)) == len(nonces)


@pytest.mark.parametrize(("age", "spoiler"), [(None, False), (AgeRule.SPOILER, True), (AgeRule.RESTRICTED, False)])
def test_only_one_age_rule_hides_a_movie(age: AgeRule | None, *, spoiler: bool) -> None:
    assert Delivery("0job", NotificationType.COMPLETED, 0, age=age).spoiler is spoiler


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 5), (1, 15), (2, 45), (5, 1215), (6, 3600), (7, 3600)])
def test_a_failed_try_is_followed_by_a_growing_pause(attempts: int, seconds: int) -> None:
    """Delays start at 5 seconds and triple, up to an hour."""
    assert retry_delay(attempts) == seconds


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 5), (2, 45), (3, 60), (99, 60)])
def test_a_try_that_may_have_succeeded_is_repeated_while_discord_knows_its_nonce(attempts: int, seconds: int) -> None:
    assert retry_delay(attempts, definitely_failed=False) == seconds


@given(st.integers(0, 10**6))
def test_a_message_is_tried_at_least_hourly_and_never_in_a_hurry(attempts: int) -> None:
    assert 5 <= retry_delay(attempts) <= retry_delay(attempts + 1) <= 3600
