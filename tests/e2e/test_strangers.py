"""What a stranger with a server of their own can try."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from simcord.results import InteractionResult

from bot.domain.credits import BudgetScope
from bot.domain.pitches import PitchEndReason
from bot.domain.quota import MAX_CREDITS, AuditAction, AuditContext
from bot.domain.refusal import RefusalCode, Refused
from bot.ui import audit_entries, pitches, refusals
from data import blocks, job_actions
from data import pitches as pitch_rows
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.at_time import at_time
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH, insufficient_credits, refusal
from tests.helpers.factories import CATALOGUE
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import answered, custom_ids, ephemeral_text, response_text
from tests.helpers.settings import WITHOUT_BOUNDS
from tests.helpers.silencing import silence

PRODUCTION: dict[str, object] = {name.lower(): "" for name in WITHOUT_BOUNDS if not name.startswith("CONFIRM_")}
"""The defaults, in place of the tests' own bounds. What is shown as a price first is tested elsewhere."""

pytestmark = [pytest.mark.both_engines, pytest.mark.settings(**PRODUCTION)]

SERVER_CREDITS = 2_000
FAILED_CREDITS = 600
VEO = {"video_model": "VEOI2V"}
AGAIN = ("remix", "continue", "retry")
PAYING = (pitches.ADD, pitches.REST, pitches.OTHER, pitches.VOTE)


def refused(result: InteractionResult, reason: RefusalCode) -> bool:
    return result.ephemeral and ENGLISH(reason, movies=5, time="|").partition("|")[0] in ephemeral_text(result)


async def test_a_grant_of_ten_million_in_a_server_of_ones_own_spends_no_more_than_the_operators_limit(
    bot: AdminHarness,
) -> None:
    note = ENGLISH("quota-operator-limits-server", credits=SERVER_CREDITS)
    assert note not in ephemeral_text(await bot.quota("server", credits=SERVER_CREDITS))
    assert ephemeral_text(await bot.quota("server", credits=MAX_CREDITS)).endswith(note)
    await bot.quota("grant", member=bot.alice, credits=MAX_CREDITS, reason="because I can")
    text = ephemeral_text(await bot.movie(duration=60, **VEO))
    short = insufficient_credits(3600, SERVER_CREDITS, BudgetScope.SERVER)
    assert short in text
    assert bot.budget("plan") == BudgetTotals()
    for _ in range(3):
        await bot.made(duration=16, **VEO)
    assert bot.budget("server").used == bot.budget("plan").used == 2 * 960
    by = AuditContext(0, blocks.EVERYWHERE, "abuse")
    await bot.app.database.write(at_time(bot.clock.now(), blocks.block), bot.alice.id, None, by=by)
    await bot.quota("block", member=bot.alice, reason="spam")
    text = ephemeral_text(await bot.quota("unblock", member=bot.alice))
    assert text.endswith(ENGLISH("quota-operator-blocks-member"))


async def test_orders_are_counted_by_the_minute(tmp_path: Path, database_url: str) -> None:
    async with open_admin_harness(tmp_path, database_url=database_url, **PRODUCTION | {"orders_per_minute": 2}) as bot:
        results: list[InteractionResult] = []
        for seconds in (0, 0, 0, 29, 1, 0):
            await bot.clock.advance(seconds)
            results.append(await bot.movie(duration=1))
        assert [not result.ephemeral for result in results] == [True, True, False, False, True, False]
        allowed_at = [START + 30_000, START + 30_000, START + 60_000]
        expected = [refusal("refusals-too-fast", time=each) for each in allowed_at]
        assert [ephemeral_text(results[number]) for number in (2, 3, 5)] == expected
        form = {"prompt": "a cat", "seconds": "abc"}
        texts = [ephemeral_text(await bot.submit(bot.bob, "m:order", form)) for _ in range(3)]
        assert [text == refusal("refusals-too-fast", time=START + 60_000) for text in texts] == [False, False, True]


async def test_failing_movies_stop_until_a_manager_lifts_it(
    bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    bot.upstream.fail_renders(lambda prompt: prompt.startswith("a storm"))
    await bot.set_staff_channel(bot.lines)
    results: list[InteractionResult] = []
    with caplog.at_level(logging.WARNING):
        for number in range(6):
            results.append(await bot.movie(prompt=f"a storm, take {number}", duration=12))
            await bot.finish()
    assert [result.ephemeral for result in results] == [False] * 5 + [True]
    assert refused(results[-1], "refusals-failures")
    assert bot.budget("plan") == BudgetTotals(used=FAILED_CREDITS)
    assert bot.budget("member") == BudgetTotals()
    assert [record.message for record in caplog.records].count("member_stopped") == 1
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.FAILURES_STOPPED]
    assert (entry.subject_id, entry.credits) == (bot.alice.id, FAILED_CREDITS)
    assert audit_entries.audit_entry_text(ENGLISH, entry, CATALOGUE) in bot.posted()
    assert (await bot.app.database.read(at_time(bot.clock.now(), job_actions.stats))).stopped_members == 1

    unblocked = ephemeral_text(await bot.quota("unblock", member=bot.alice))
    assert unblocked == audit_entries.change_confirmation(ENGLISH, bot.audit_entries()[-1])
    assert not (await bot.movie(prompt="a calm sea", duration=12)).ephemeral


async def test_a_prompt_that_keeps_failing_is_asked_about(bot: AdminHarness) -> None:
    bot.upstream.fail_renders(lambda prompt: prompt == "a storm")
    await bot.quota("member", member=bot.alice, credits=300)
    for _ in range(3):
        await bot.made(prompt="a storm", duration=10)
    offered = await bot.movie(prompt="a storm", duration=60)
    asked = await bot.movie(prompt="a storm", duration=10)
    failing = ENGLISH("quotes-failing", failures=3)
    for each in (offered, asked):
        assert failing in ephemeral_text(each)
    assert failing not in ephemeral_text(await bot.movie(prompt="a calm sea", duration=60))
    assert not (await bot.movie(prompt="a calm sea", duration=10)).ephemeral
    await bot.alice.click(answered(asked), label=ENGLISH("quotes-accept-button", credits=100))
    assert len(bot.stored_jobs()) == 5
    await bot.act(bot.alice, bot.messages()[-1], "cancel")
    await bot.act(bot.alice, bot.messages()[-2], "cancel")
    await bot.alice.click(answered(offered), label="Make 30 s (300)")
    assert len(bot.stored_jobs()) == 6


async def test_a_member_has_only_so_many_movies_in_progress(bot: AdminHarness) -> None:
    for number in range(5):
        assert not (await bot.movie(prompt=f"take {number}", duration=5)).ephemeral
    assert refused(await bot.movie(duration=5), "refusals-open-movies")
    text = ephemeral_text(await bot.alice.slash(bot.channel, "help"))
    assert refusals.refusal_text(ENGLISH, Refused("refusals-open-movies", {"movies": 5})) in text
    assert not (await bot.movie(bot.bob, duration=5)).ephemeral


async def test_a_member_who_may_not_write_orders_with_no_button_and_opens_no_modal(bot: AdminHarness) -> None:
    await bot.made(bot.bob, duration=5)
    job, message = bot.stored_job(), bot.messages()[-1]
    quote, modal = [await bot.press(bot.bob, message, f"m:{each}:{job.id}") for each in ("retry", "remix")]
    await bot.alice.slash(bot.channel, "pitch", prompt="a fox", duration=5)
    pitch = bot.messages()[-1]
    of_pitch = custom_ids(pitch)
    paying = [of_pitch.get(each) or of_pitch[pitches.MORE].replace(pitches.MORE, each) for each in PAYING]
    accept = custom_ids(answered(quote))["quote-accept"]
    change, form = accept.replace("accept", "edit"), str((modal.modal or {})["custom_id"])
    for how in ("send_messages", "use_application_commands", "time-out"):
        bot.env.backend.get_channel(bot.channel.id).overwrites = []
        silence(bot, bot.bob, how)
        before = ledger_checks.snapshot(bot.place)
        await bot.env.settle()
        pressed = [
            *[await bot.press(bot.bob, message, f"m:{each}:{job.id}") for each in AGAIN],
            *[await bot.press(bot.bob, quote.response, each) for each in (accept, change)],
            *[
                await bot.submit(bot.bob, form, {"prompt": "a red boat", "seconds": each}, message)
                for each in ("5", "abc")
            ],
            *[await bot.press(bot.bob, pitch, each) for each in paying],
        ]
        said = {ephemeral_text(each) for each in pressed}
        assert len(said) == 1, how
        assert (said == {refusals.member_may_not_post(ENGLISH)}) is (how != "time-out")
        assert all(each.modal is None for each in pressed), how
        assert ledger_checks.snapshot(bot.place) == before, how
        if how == "send_messages":
            assert ENGLISH("help-available") not in ephemeral_text(await bot.bob.slash(bot.channel, "help"))


async def test_ids_of_another_server_open_nothing(bot: AdminHarness) -> None:
    elsewhere = bot.env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("movies")
    carol = elsewhere.add_member(bot.env.create_user("carol"))
    await carol.slash(room, "movie", prompt="a secret", duration=5)
    await bot.finish()
    [job] = bot.stored_jobs()
    await carol.slash(room, "pitch", prompt="a secret", duration=5)
    [pitch] = await bot.app.database.read(pitch_rows.open_ids, carol.id)
    hello = await carol.send(room, "hello")
    form = await bot.press(carol, hello, f"m:remix:{job.id}", channel=room)
    assert "a secret" in str(form.modal)
    await carol.submit_modal(form, {"prompt": "a secret", "seconds": "5"})
    [quote] = ledger_checks.query(bot.place, "SELECT id FROM quotes")
    message = await bot.bob.send(bot.channel, "hello")
    await bot.run_until_idle()
    before = ledger_checks.snapshot(bot.place)
    subjects = {"pitch-": f"{pitch}:10", "quote-": quote["id"], "movies": f"{carol.id}:all", "credits": f"{carol.id}:0"}
    for action in bot.app.client.get_cog("ComponentRouter")._handlers:
        subject = next((subjects[each] for each in subjects if action.startswith(each)), job.id)
        result = await bot.press(bot.bob, message, f"m:{action}:{subject}")
        shown = "" if result.response is None else response_text(result)
        shown += "" if result.modal is None else str(result.modal)
        assert "a secret" not in shown, action
        assert str(job.movie_url) not in shown, action
    assert ledger_checks.snapshot(bot.place) == before


async def test_a_server_that_the_operator_did_not_name_is_left_and_not_served(
    tmp_path: Path, database_url: str
) -> None:
    async with open_admin_harness(tmp_path, database_url=database_url) as bot:
        await bot.made(duration=5)
        [job] = bot.stored_jobs()
        message = bot.messages()[-1]
        modal = await bot.press(bot.alice, message, f"m:remix:{job.id}")
        await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5)
        before = bot.snapshot()
        bot.env.inject_error("DELETE", "/users/@me/guilds/*", status=500, code=0)
        await bot.restart(allowed_servers=str(bot.guild.id + 1))
        answers = [
            await bot.movie(),
            await bot.quota("show"),
            await bot.press(bot.alice, message, f"m:retry:{job.id}"),
            await bot.press(bot.alice, message, f"m:refresh:{job.id}"),
            await bot.alice.submit_modal(modal, {"prompt": "a red boat", "seconds": "5"}),
        ]
        assert [ephemeral_text(each) for each in answers] == [ENGLISH("refusals-server-not-allowed")] * len(answers)
        assert bot.snapshot() == before
        await bot.clock.advance(40 * 86400)
        await bot.app.worker.recover()
        [pitch] = ledger_checks.query(bot.place, "SELECT end_reason FROM pitches")
        assert pitch["end_reason"] == PitchEndReason.SERVER_LEFT
        bot.env.backend.faults.clear()
        elsewhere = bot.env.create_guild("Elsewhere")
        await bot.env.settle()
        assert bot.requests("DELETE", "/users/@me/guilds/")[-1].path == f"/users/@me/guilds/{elsewhere.id}"
