"""Nonces and retry delays of a pending notification."""

from __future__ import annotations

import itertools

from bot.domain.delivery import Delivery, NotificationType, possibly_sent_since, retry_delay
from bot.domain.job import generate_id
from bot.domain.server_setup import AgeRule


def test_every_try_of_a_message_has_the_same_nonce_and_no_other_message_has_it() -> None:
    jobs = [generate_id(now) for now in (1_800_000_000_000, 2_200_000_000_000, 4_102_444_800_000)]
    first, again = (
        [Delivery(job, notice, attempts).nonce for job, notice in itertools.product(jobs, NotificationType)]
        for attempts in (0, 7)
    )
    assert first == again
    assert len(set(first)) == len(first)
    assert all(0 < len(nonce) <= 25 for nonce in first)


def test_only_one_age_rule_hides_a_movie() -> None:
    hidden = [
        age
        for age in (None, AgeRule.SPOILER, AgeRule.RESTRICTED)
        if Delivery("0job", NotificationType.COMPLETED, 0, age=age).spoiler
    ]
    assert hidden == [AgeRule.SPOILER]


def test_a_failed_try_is_followed_by_a_pause_that_triples_up_to_an_hour() -> None:
    """One that may have succeeded is repeated while Discord knows its nonce."""
    assert [retry_delay(attempts) for attempts in (0, 1, 2, 5, 6, 7, 10**6)] == [5, 15, 45, 1215, 3600, 3600, 3600]
    assert [retry_delay(attempts, definitely_failed=False) for attempts in (0, 2, 3, 99)] == [5, 45, 60, 60]


def test_a_notification_of_over_a_minute_ago_or_of_the_future_may_have_been_posted() -> None:
    """The bot searches for the message first, before it sends one. The clock may have been set back."""
    found = [possibly_sent_since(1_000_000, now) for now in (999_000, 1_060_000, 1_060_001)]
    assert found == [1_000_000, None, 1_000_000]
