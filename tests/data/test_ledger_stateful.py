"""A stateful test: the ledger is consistent after every step."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.helpers.ledger_pitches import PitchMachine


def _profile(examples: int, steps: int) -> settings:
    return settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=list(HealthCheck))


def test_the_ledger_is_consistent_after_every_step() -> None:
    run_state_machine_as_test(PitchMachine, settings=_profile(15, 50))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_ledger_is_consistent_after_every_step_of_a_long_life() -> None:
    run_state_machine_as_test(PitchMachine, settings=_profile(300, 100))
