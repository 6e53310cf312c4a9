"""Rejected, lost and repeated requests are answered, and cost nothing."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import discord
import pytest

from bot.discord_client.client import COMMANDS_PER_MINUTE
from bot.domain.credits import Month
from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.domain.request import ProblemCode
from bot.services.reports import MAX_AT_ONCE, PER_MEMBER, PendingReport
from bot.ui.components import plain
from bot.ui.formatting import format_credits
from cogs.quota import QuotaCog
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.expected_text import ENGLISH, NOTHING_SPENT, card_title, notification_type, problem_line, refusal
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import answered, ephemeral_text, message_text, response_text, title_of
from tests.helpers.rest_responses import rest_response

NOTHING = BudgetTotals(used=0, held=0)
INTEGER, USER = 4, 6


def line_of(code: ProblemCode, value: str = "") -> list[str]:
    return [problem_line(code, value, ("1", "120")).partition(": ")[0].replace("\\", "")]


BLANK = [problem_line("errors-prompt-blank", allowed=("500",))]
FORGED: list[tuple[dict[str, object], dict[str, int], list[str]]] = [
    ({"prompt": "🎈" * 251}, {}, ["502", "500", "emoji"]),
    ({"video_model": "RETIRED"}, {}, ["Retired Model", "Luma Dream Machine"]),
    ({"video_model": "LUMA", "aspect_ratio": "9:16"}, {}, ["Luma Dream Machine", "9:16", "Kling Pro", "Google Veo"]),
    # of another type than declared
    ({"duration": 1.5}, {}, line_of("errors-duration", "1.5")),
    ({"duration": "a while"}, {"duration": INTEGER}, line_of("errors-duration", "'a while'")),
    ({"duration": "7"}, {"duration": USER}, ["“<Object id=7"]),
    ({"prompt": "7"}, {"prompt": USER}, BLANK),
    (
        {"prompt": 5, "duration": 500, "video_model": "SORA", "image_model": 0, "aspect_ratio": "1:1"},
        {},
        [*BLANK, "500", "SORA", *line_of("errors-image-model", "0"), "1:1"],
    ),
]


async def test_a_forged_option_is_refused_with_its_name_and_what_would_do(bot: AdminHarness) -> None:
    """Discord's client would not send it, but discord.py passes on any value of a forged payload."""
    for options, kinds, words in FORGED:
        text = ephemeral_text(await bot.forge(kinds=kinds, **{"prompt": "a red balloon", **options})).replace("\\", "")
        assert [each for each in (*words, NOTHING_SPENT) if each not in text] == [], options
    typed = [await bot.movie(prompt="  \u200b "), await bot.movie(video_model="LUMA", aspect_ratio="9:16")]
    assert ["prompt" in ephemeral_text(typed[0]), "Kling Pro" in ephemeral_text(typed[1])] == [True, True]
    assert (ledger_checks.jobs(bot.path), bot.messages(), bot.member()) == ([], [], NOTHING)


async def test_an_odd_option_of_another_command_is_answered_kindly(
    bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    odd: list[tuple[str, dict[str, object], dict[str, int]]] = [
        ("movies", {"show": 1.5}, {}),
        ("movies", {"member": "alice"}, {}),
        ("movies", {"member": "7"}, {"member": USER}),
        ("credits", {"member": 7}, {}),
    ]
    for command, options, kinds in odd:
        assert ephemeral_text(await bot.forge(command, kinds=kinds, **options)) == ENGLISH("errors-invalid-option")
    assert [record for record in caplog.records if record.exc_info] == []
    assert all(type(error).__name__ == "TransformerError" for error in bot.env.errors)


def cancelled_for_nothing(bot: AdminHarness) -> bool:
    state = bot.stored_jobs()[-1].state
    return state is JobState.CANCELLED and bot.member() == bot.plan() == NOTHING and bot.ordered() == 0


async def test_an_answer_that_nobody_saw_is_as_if_nothing_had_been_ordered(
    bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    for status, code, logged in (
        (404, 10062, ["response_failed", "response_unconfirmed"]),
        (400, 40060, ["response_failed"]),
    ):
        caplog.clear()
        bot.fail_answers(status, code)
        await bot.made(duration=60)
        assert cancelled_for_nothing(bot)
        assert bot.messages() == []
        assert [each.message for each in caplog.records if each.levelname in {"WARNING", "ERROR"}] == logged
    assert not (await bot.movie(duration=60)).ephemeral
    assert bot.member() == BudgetTotals(used=0, held=600)


async def test_an_order_that_another_process_answered_otherwise_is_not_made(bot: AdminHarness) -> None:
    bot.answer_elsewhere(plain("Not today."))
    await bot.made()
    assert cancelled_for_nothing(bot)
    assert [message_text(each) for each in bot.messages()] == ["Not today."]


async def test_an_answer_that_meets_itself_is_an_answer(bot: AdminHarness) -> None:
    """Discord answers 40060, because it already accepted this response."""
    bot.repeat_answer()
    await bot.movie()
    [card] = bot.messages()
    await bot.finish()
    assert (bot.job()["state"], bot.job()["card_message_id"]) == ("completed", card.id)
    assert bot.ordered() == 1


async def test_an_answer_that_may_have_been_seen_is_taken_back_in_the_open(bot: AdminHarness) -> None:
    faults = [(500, 0), (503, 0), (401, 50027), "cut before", "cut after"]
    for fault in faults:
        if isinstance(fault, str):
            bot.drop_response(after=fault == "cut after")
        else:
            bot.fail_answers(*fault)
        await bot.made()
        assert cancelled_for_nothing(bot), fault
        message = bot.messages()[-1]
        assert bot.alice.mention in message_text(message), fault
        assert notification_type(message_text(message)) is NotificationType.CANCELLED, fault
        assert format_credits(ENGLISH, 200) in message_text(message), fault
        await bot.clock.advance(600)  # cancellations are counted
    assert len([each for each in bot.messages() if notification_type(message_text(each))]) == len(faults)


async def test_an_answer_whose_message_is_not_named_is_taken_back_at_once(bot: AdminHarness) -> None:
    """Without the card's id, the bot can't show progress."""
    bot.omit_message_id()
    assert message_text((await bot.movie()).followups[0]) == ENGLISH("errors-order-voided")
    assert cancelled_for_nothing(bot)
    await bot.finish()
    [card] = bot.messages()
    assert (title_of(card), ledger_checks.outbox(bot.path)) == (card_title(JobState.CANCELLED), []), (
        "the private answer has said it"
    )


async def test_an_outdated_command_gets_an_error_message(bot: AdminHarness) -> None:
    """An outdated client leaves out a required option, or knows a command that was removed."""
    for answer in (await bot.forge(duration=10), await bot.forge("film", prompt="a red balloon")):
        assert ephemeral_text(answer) == ENGLISH("errors-outdated")
    assert bot.env.errors
    assert ledger_checks.jobs(bot.path) == []


async def test_an_unexpected_error_gets_an_error_message_and_holds_nothing(
    bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "a secret of ours"
    for error in (ZeroDivisionError(secret), discord.Forbidden(rest_response(HTTPStatus.FORBIDDEN), secret)):

        async def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        bot.app.database.write = fail  # broken here
        form = {"prompt": "a red balloon", "seconds": "10"}
        for answer in (await bot.movie(), await bot.submit(bot.alice, "m:order", form)):
            text = ephemeral_text(answer)
            assert text == ENGLISH("errors-internal")
            assert secret not in text
        assert {"command_failed", "component_failed"} <= {*caplog.messages}
        caplog.clear()
        del bot.app.database.write
    assert bot.env.errors
    assert bot.member() == NOTHING


@pytest.mark.full
async def test_a_report_that_is_queued_says_so_until_it_is_there(bot: AdminHarness) -> None:
    cog = bot.app.client.get_cog("QuotaCog")
    assert isinstance(cog, QuotaCog)
    for server in range(1, MAX_AT_ONCE + 1):
        other = await cog.reports.request(ENGLISH, server, Month(2026, 11), requested_by=1)
        assert isinstance(other, PendingReport)
    answers = [await bot.quota("report") for _ in range(2 + PER_MEMBER)]
    said = [str(each.json["components"]) for each in bot.requests("PATCH", "/webhooks/") if each.json]
    assert [ENGLISH("report-in-line") in each for each in said[:2]] == [True, False]
    assert [len(answered(answer).attachments) for answer in answers] == [2] * (1 + PER_MEMBER) + [0]
    assert ephemeral_text(answers[-1]) == refusal("report-too-many", time=bot.clock.now() + 60_000 // PER_MEMBER)
    await other.result()


async def test_presses_on_the_export_are_three_sheets(bot: AdminHarness) -> None:
    await bot.movie(duration=1)
    account = answered(await bot.alice.slash(bot.channel, "credits"))
    press = f"m:credits-csv:{bot.alice.id}"
    answers = [await bot.press(bot.alice, account.id, press) for _ in range(5)]
    sheets = [answer.response.attachments for answer in answers if answer.response is not None]
    assert [len(each) for each in sheets] == [1, 1, 1, 0, 0]
    refused = refusal("credits-too-many-exports", time=bot.clock.now() + 60_000)
    assert {response_text(answer) for answer in answers[3:]} == {refused}
    assert len(answered(await bot.press(bot.dana, account.id, press)).attachments) == 1


async def test_each_member_has_a_limit_of_commands(tmp_path: Path) -> None:
    async with open_admin_harness(tmp_path, orders_per_minute=1) as bot:
        asked = [ephemeral_text(await bot.alice.slash(bot.channel, "help")) for _ in range(COMMANDS_PER_MINUTE)]
        assert len({*asked}) == 1
        retry_at = bot.clock.now() + 60_000 // COMMANDS_PER_MINUTE
        for command in ("help", "credits", "movies", "privacy", "top"):
            refused = await bot.alice.slash(bot.channel, command)
            assert ephemeral_text(refused) == refusal("refusals-too-many-commands", time=retry_at)
        assert ephemeral_text(await bot.bob.slash(bot.channel, "help")) == asked[0]
        await bot.clock.advance(60 / COMMANDS_PER_MINUTE)
        assert not (await bot.movie(duration=1)).ephemeral
