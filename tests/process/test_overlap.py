"""A deploy's overlap: two processes receive the same interaction."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.domain.delivery import NotificationType
from bot.sandbox.fault_injection import Route
from bot.ui.components import custom_id
from tests.helpers import ledger_checks
from tests.helpers.expected_text import ENGLISH, notification_text
from tests.helpers.fake_discord.faults import Phase, Refuse
from tests.helpers.fake_discord.interactions import written
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import ENDS_WITHIN, MOVIE, matinee

RICH = {"MEMBER_MONTHLY_CREDITS": "5000", "PLAN_MONTHLY_CREDITS": "50000"}
COMMANDS = 8
RESTARTING = ENGLISH("errors-restarting")
NOT_STARTED = notification_text(NotificationType.CANCELLED)
ANSWER = ("POST", "/interactions/*/*/callback")


def database(workdir: Path) -> Path:
    return workdir / "var" / "movies.db"


async def leaving(discord: FakeDiscord, api: ManualSamsar, old: BotProcess, sessions: int = 2) -> asyncio.Event:
    """Let the old process begin to leave. It waits for an order that the API confirms once the event is set."""
    confirm = api.hold(Route.CREATE)
    await discord.slash(discord.user_id, "movie", MOVIE, to="oldest")  # the one that places it is the one that stays
    await api.ordered(1)
    await discord.ready(sessions)
    old.terminate()
    await old.wait_for_line("shutdown_started")
    return confirm


async def test_a_leaving_process_is_silent_beside_one_that_is_ready(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    async with matinee(discord, api, tmp_path, **RICH) as old:
        await old.wait_for_line(r"\bgateway_ready\b")  # its connection is the oldest
        async with matinee(discord, api, tmp_path, **RICH) as new:
            await new.wait_for_line(r"\bgateway_ready\b")
            confirm = await leaving(discord, api, old)
            for _ in range(COMMANDS):
                answer = await discord.slash(discord.user_id, "movie", MOVIE, to="all")
                assert not answer.ephemeral, answer.text
            credits = await discord.slash(discord.user_id, "credits", to="all")
            assert RESTARTING not in credits.text
            card = discord.messages()[-1]
            cancel = custom_id("cancel", written(card).rpartition("ID ")[2])
            pressed = await (await discord.send_component(discord.user_id, card.id, cancel, to="all")).answered()
            assert "Canceled" in pressed.text
            await old.wait_for_line("left_to_another_process")
            confirm.set()
            assert await old.wait_exit(timeout=ENDS_WITHIN) == 0, old.log
            assert "Traceback" not in "\n".join([*old.stderr, *new.stderr])
    assert len(ledger_checks.jobs(database(tmp_path))) == 1 + COMMANDS
    assert not [m for m in discord.messages(ephemeral=True) if RESTARTING in written(m) or NOT_STARTED in written(m)]


async def test_a_leaving_process_answers_while_the_other_one_has_no_gateway(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    async with matinee(discord, api, tmp_path) as old:
        await discord.ready()
        discord.break_gateway(Phase.CONNECT, Refuse(), times=None)
        async with matinee(discord, api, tmp_path) as new:
            await new.wait_for_line("logging in")
            await discord.wait_for_request("GET", "/users/@me", n=2)
            confirm = await leaving(discord, api, old, sessions=1)
            answer = await discord.slash(discord.user_id, "movie", MOVIE)
            assert RESTARTING in answer.text
            confirm.set()
            assert await old.wait_exit(timeout=ENDS_WITHIN) == 0, old.log


async def test_a_press_on_make_it_that_two_processes_are_handed_orders_once_and_says_so(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The second process finds the quote accepted by this interaction."""
    careful = {"CONFIRM_ABOVE_CREDITS": "100"}
    async with matinee(discord, api, tmp_path, **careful) as one, matinee(discord, api, tmp_path, **careful) as other:
        await discord.ready(2)
        quote = await discord.slash(discord.user_id, "movie", MOVIE)
        assert quote.message_id is not None
        make_it = ENGLISH("quotes-accept-button", credits=120)
        release = asyncio.Event()
        discord.fail(*ANSWER, hold=release)
        sent = await discord.send_component(discord.user_id, quote.message_id, make_it)
        await discord.wait_for_request("POST", f"/interactions/{sent.id}/*/callback")  # it is being sent
        for session in discord._gateway.connected():
            await session.dispatch("INTERACTION_CREATE", sent.payload)
        for bot in (one, other):
            await bot.wait_for_line("interaction_duplicate")
        assert sent.answer is None, "the process that has the job answers"
        release.set()
        answer = await sent.answered()
        assert answer.text.startswith(ENGLISH("quotes-accepted"))
        await api.ordered(1)
        for bot in (one, other):
            await bot.stop()
    assert len(ledger_checks.jobs(database(tmp_path))) == 1
    assert [m for m in discord.messages() if NOT_STARTED in written(m)] == []
