"""Orders whose COMMIT is lost before or after the server made it: one movie is made and paid."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Literal

import pytest

from bot.domain.delivery import NotificationType
from tests.helpers import ledger_checks
from tests.helpers.command_line import run
from tests.helpers.expected_text import notification_text
from tests.helpers.fake_discord.interactions import Answer, written
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.postgres_proxy import LostCommit, PostgresProxy
from tests.process.bot_process import MOVIE, environment
from tests.process.crash.failpoints import sampled

COST = 120

WORKS = {"count": b"INSERT INTO rate_limits", "place": b"INSERT INTO jobs", "enqueue": b"acknowledged_at = $"}
"""A statement of each transaction of an order, as psycopg sends it."""


async def answer_to_order(discord: FakeDiscord) -> Answer:
    sent = await discord.send_slash(discord.user_id, "movie", MOVIE)
    answer = await sent.answered()
    assert [request.status for request in discord.requests if f"/interactions/{sent.id}/" in request.path] == [200]
    return answer


@pytest.mark.parametrize(("work", "lost"), sampled(product(WORKS, ("request", "answer")), {("place", "answer")}))
async def test_an_order_whose_commit_is_lost_is_made_at_most_once(
    discord: FakeDiscord,
    api: ManualSamsar,
    tmp_path: Path,
    postgresql_url: str,
    work: str,
    lost: Literal["request", "answer"],
) -> None:
    settings = environment(discord, api, ATTACH_MOVIES="off", ACK_TIMEOUT_MS="3000", STALLED_CHECK_MS="200")

    def process(role: str, url: str) -> BotProcess:
        env = {**settings, "DATABASE_URL": url}
        return BotProcess(discord.url, workdir=tmp_path, env=env, args=(role,), module="tests.process.crash.injector")

    async with (
        PostgresProxy(postgresql_url, losing=LostCommit(WORKS[work], lost)) as proxy,
        process("gateway", proxy.url) as gateway,
        process("worker", postgresql_url) as worker,
    ):
        await discord.ready()
        await worker.wait_for_line("^@ recovered ")
        if (await answer_to_order(discord)).ephemeral:
            assert not (await answer_to_order(discord)).ephemeral
        await api.ordered(1)
        assert proxy.cuts == 1
        api.finish("movie-1")
        text = notification_text(NotificationType.COMPLETED)
        await discord.wait_for_message(lambda message: text in written(message))
        await worker._bell.until(
            lambda: not any(job["state"] == "reserved" for job in ledger_checks.jobs(postgresql_url)) or None,
            timeout=10,
            what="an end of each order",
        )
        for process_ in (gateway, worker):
            await process_.stop(tracebacks=True)
    states = [job["state"] for job in ledger_checks.jobs(postgresql_url)]
    is_unknown_to_gateway = (work, lost) == ("place", "answer")
    assert sorted(states) == (["cancelled", "completed"] if is_unknown_to_gateway else ["completed"])
    assert len(api.orders) == 1
    assert ledger_checks.scope_total(postgresql_url, "member") == BudgetTotals(used=COST, held=0)
    assert (await run(tmp_path, "audit", DATABASE_URL=postgresql_url)).status == 0
