"""Writes movies for the tests of /movies, and reads its pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simcord.actors import MemberActor
from simcord.components import walk_components
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.catalogue import AspectRatio
from bot.domain.credits import Limits
from bot.domain.jobs import Job, JobState, generate_id
from bot.domain.request import MovieRequest
from bot.sandbox.fault_injection import ActiveFault, Exchange, Fault, Proceed, Reply, Route
from data import outbox
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.due_work import due_notifications
from tests.helpers.reading import message_text
from tests.helpers.store_harness import StoreHarness

ELSEWHERE = 999_999

_BUTTON = 2


# ── bringing movies about ────────────────────────────────────────────────────────────────────────────────────────────


async def has(
    admin_bot: AdminHarness,
    *states: JobState,
    who: MemberActor | None = None,
    guild_id: int | None = None,
    name: str = "movie",
) -> list[Job]:
    made, database = list[Job](), admin_bot.app.database
    policy, store = database.policy, StoreHarness(database, Limits(member=10**6, plan=10**6))
    for number, state in enumerate(states, 1):
        created_at = admin_bot.clock.now() + number
        job = Job(
            id=generate_id(created_at),
            interaction_id=len(ledger_checks.jobs(admin_bot.place)) + 1,
            guild_id=admin_bot.guild.id if guild_id is None else guild_id,
            channel_id=admin_bot.channel.id,
            member_id=(who or admin_bot.alice).id,
            member_name=(who or admin_bot.alice).name,
            request=MovieRequest(f"{name} {number}", 30, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE),
            price=300,
            state=JobState.RESERVED,
            created_at=created_at,
        )
        await store.in_state(job, state)
        made.append(await store.found(job.id))
    database.policy = policy
    return made


async def one_kept(admin_bot: AdminHarness) -> dict[str, Any]:
    """Her channel is gone, and she accepts no direct messages."""
    place = admin_bot.guild.create_text_channel("short-lived")
    await admin_bot.alice.slash(place, "movie", prompt="a red balloon", duration=20)
    await admin_bot.run_until_idle()
    admin_bot.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    admin_bot.env.backend.delete_channel(place.id)
    await admin_bot.run_until_idle(RENDER_SECONDS)
    [notification] = ledger_checks.outbox(admin_bot.place)
    assert notification["status"] == "undeliverable"
    return admin_bot.job()


async def one_kept_long_ago(admin_bot: AdminHarness) -> Job:
    """It ended an hour ago, and this process has asked the API nothing."""
    [job] = await has(admin_bot, JobState.COMPLETED)
    [delivery] = await due_notifications(admin_bot.app.database, admin_bot.clock.now(), 10, ())
    await admin_bot.app.database.write(outbox.end, delivery, "undeliverable")
    await admin_bot.clock.advance(3600)
    return job


def answering(admin_bot: AdminHarness, answer: dict[str, object]) -> ActiveFault:
    """It closes the connection, because SimCord waits for connections that a press keeps open."""

    async def act(_exchange: Exchange, _proceed: Proceed) -> Reply:
        return replace(Reply.of(answer), headers={"Connection": "close"})

    return admin_bot.upstream.inject(Fault("answering", "gives this answer", act, (Route.STATUS,)))


# ── looking and pressing ─────────────────────────────────────────────────────────────────────────────────────────────


async def listed(admin_bot: BotHarness, who: MemberActor | None = None, **options: Any) -> ResponseMessage:
    result = await (who or admin_bot.alice).slash(admin_bot.channel, "movies", **options)
    assert result.ephemeral
    assert result.response is not None
    return result.response


def parts(message: ResponseMessage) -> list[dict[str, Any]]:
    return [each for each in walk_components(message.components) if "custom_id" in each or "url" in each]


def buttons(message: ResponseMessage) -> dict[str, bool]:
    return {each["label"]: not each.get("disabled", False) for each in parts(message) if each["type"] == _BUTTON}


def menu(message: ResponseMessage, action: str) -> dict[str, Any]:
    [found] = [each for each in parts(message) if each.get("custom_id", "").startswith(f"m:{action}:")]
    return found


async def choose(
    admin_bot: BotHarness, message: ResponseMessage, action: str, value: str, who: MemberActor | None = None
) -> InteractionResult:
    return await (who or admin_bot.alice).select(message, [value], custom_id=menu(message, action)["custom_id"])


async def open_one(
    admin_bot: BotHarness, message: ResponseMessage, number: int = 1, who: MemberActor | None = None
) -> InteractionResult:
    value = menu(message, "movies-detail")["options"][number - 1]["value"]
    return await choose(admin_bot, message, "movies-detail", value, who)


def prompts(message: ResponseMessage) -> list[str]:
    return re.findall(r"^\*\*\d+\.\*\* (.*)", message_text(message), re.MULTILINE)


def numbered(numbers: Sequence[int]) -> list[str]:
    return [f"movie {number}" for number in numbers]
