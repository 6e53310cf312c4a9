"""What becomes of an order whose first answer Discord refuses, loses, or never sees: nobody pays for it."""

from __future__ import annotations

import pytest

from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, ephemeral_text, message_text
from tests.helpers.ledger_checks import BudgetTotals

NOTHING = BudgetTotals(used=0, held=0)


def cancelled_for_nothing(world: BotHarness) -> bool:
    """Whether the only job was cancelled, its credits are back, and the API never heard of it."""
    return world.job()["state"] == "cancelled" and world.member() == world.plan() == NOTHING and world.ordered() == 0


async def test_an_answer_that_came_too_late_is_as_if_nothing_had_been_ordered(world: BotHarness) -> None:
    """10062: Discord has shown the member its own error, so nothing is held, ordered or said."""
    world.fail_answers(404, 10062)
    await world.movie()
    await world.finish()
    assert cancelled_for_nothing(world)
    assert world.messages() == []


async def test_an_answer_that_another_process_gave_first_is_as_if_nothing_had_been_ordered(
    world: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """40060, and it is not our card that stands there: nothing is held or ordered, and nothing is said in the open."""
    world.fail_answers(400, 40060)
    await world.movie()
    await world.finish()
    assert cancelled_for_nothing(world)
    assert world.messages() == []
    assert [each.message for each in caplog.records if each.levelname in {"WARNING", "ERROR"}] == ["response_failed"]


async def test_an_answer_that_meets_itself_is_an_answer(world: BotHarness) -> None:
    """40060, and it is our own card that stands there: the movie is ordered, with that card."""
    world.repeat_answer()
    await world.movie()
    [card] = world.messages()
    await world.finish()
    assert (world.job()["state"], world.job()["card_message_id"]) == ("completed", card.id)
    assert world.ordered() == 1


@pytest.mark.parametrize(("status", "code"), [(500, 0), (503, 0), (401, 50027)])
async def test_an_answer_that_may_have_been_seen_is_taken_back_in_the_open(
    world: BotHarness, status: int, code: int
) -> None:
    """The member may look at a card that will never move, so they hear that it was not started and cost nothing."""
    world.fail_answers(status, code)
    await world.movie()
    await world.finish()
    assert cancelled_for_nothing(world)
    [message] = world.messages()
    assert world.alice.mention in message.content
    assert "not started" in message.content
    assert "300 credits" in message_text(message)


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_that_is_cut_during_the_answer_costs_nothing(world: BotHarness, *, after: bool) -> None:
    """Whether or not Discord had the card already, the order is cancelled, given back, and the member told."""
    world.drop_response(after=after)
    await world.movie()
    await world.finish()
    assert cancelled_for_nothing(world)
    assert len(world.messages()) == 1 + after
    assert "not started" in world.messages()[-1].content


async def test_after_a_lost_answer_the_same_movie_can_be_ordered_at_once(world: BotHarness) -> None:
    """All of the allowance is there again."""
    world.fail_answers(404, 10062)
    await world.movie(duration=60)
    assert not (await world.movie(duration=60)).ephemeral
    assert world.member() == BudgetTotals(used=0, held=600)


async def test_nothing_is_submitted_before_the_card_is_there(world: BotHarness) -> None:
    """When the order reaches the API, everyone can see the card."""
    await world.movie()
    assert world.ordered() == 0
    assert len(world.messages()) == 1
    await world.run_until_idle()
    assert world.ordered() == 1


async def test_an_answer_whose_message_is_not_named_is_taken_back_at_once(world: BotHarness) -> None:
    """Without the card's id no progress could be shown: the credits are back when the member reads so."""
    world.omit_message_id()
    result = await world.movie()
    assert "credits are back" in message_text(result.followups[0])
    assert cancelled_for_nothing(world)
    await world.finish()
    assert len(world.messages()) == 1


async def test_an_order_that_the_sweep_overtook_is_not_queued(world: BotHarness) -> None:
    """If the answer took over a minute and the hold went back meanwhile, the member is told to try again."""
    reserve = world.app.engine.intake.place

    async def slowly(*args: object, **how: object) -> object:
        placed = await reserve(*args, **how)  # type: ignore[arg-type]  # passed on as it came
        await world.run_until_idle(61)
        return placed

    world.app.engine.intake.place = slowly  # type: ignore[method-assign, assignment]  # held up or broken here
    result = await world.movie()
    assert "credits are back" in message_text(result.followups[0])
    assert result.followups[0].ephemeral
    await world.finish()
    assert cancelled_for_nothing(world)


async def test_a_command_that_is_handed_over_twice_makes_one_movie(world: BotHarness) -> None:
    """Around a deploy Discord may hand the same command out twice: one card, one hold, one order."""
    world.duplicate_interactions()
    await world.movie(duration=20)
    await world.run_until_idle()
    assert world.ordered() == 1
    assert len(world.messages()) == 1
    assert world.member() == BudgetTotals(used=0, held=200)


async def test_a_command_in_a_form_that_this_version_does_not_know_is_answered_kindly(world: BotHarness) -> None:
    """An outdated client leaves out what is required: it hears to type it again, and nothing is held."""
    text = ephemeral_text(await world.forge(duration=10))
    assert "updated" in text
    assert "Nothing was spent" in text
    assert world.env.errors
    assert ledger_checks.jobs(world.path) == []


async def test_a_command_that_no_longer_exists_is_answered_kindly(world: BotHarness) -> None:
    """So is one that was taken away since the client loaded its list."""
    assert "updated" in ephemeral_text(await world.forge("film", prompt="a red balloon"))
    assert world.env.errors


async def test_an_error_that_nobody_foresaw_is_answered_kindly_and_holds_nothing(world: BotHarness) -> None:
    """The member reads one sentence, privately, without a word of the error itself."""

    async def fail(*_: object) -> None:
        raise ZeroDivisionError("a secret of ours")

    world.app.engine.intake.place = fail  # type: ignore[method-assign, assignment]  # held up or broken here
    text = ephemeral_text(await world.movie())
    assert "went wrong" in text
    assert "secret" not in text
    assert world.env.errors
    assert world.member() == NOTHING


@pytest.mark.parametrize("after", [False, True])
async def test_an_apology_that_is_cut_off_does_no_more_harm(
    world: BotHarness, caplog: pytest.LogCaptureFixture, *, after: bool
) -> None:
    """If even the answer to an error is lost, it is logged and that is that."""
    world.drop_response(after=after)
    await world.forge("film")
    assert [type(error).__name__ for error in world.env.errors] == ["CommandNotFound"]
    assert "response_failed" in caplog.messages
    assert not (await world.movie()).ephemeral
