"""Bob's report of Alice's movie, in a server with a staff channel."""

from __future__ import annotations

from dataclasses import dataclass

import discord
from simcord.actors import MemberActor

from bot.ui import movie_reports, staff_subjects
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import Row, query
from tests.helpers.reading import ephemeral_text
from tests.helpers.staff_message import StaffMessage, newest_message
from tests.helpers.steps import behind_more, completed_movie


@dataclass
class Report(StaffMessage):
    movie: discord.Message


async def report(who: MemberActor, movie: discord.Message, reason: str = "") -> str:
    pressed = await behind_more(who, movie, "report")
    assert pressed.modal is not None
    return ephemeral_text(await who.submit_modal(pressed, {"reason": reason}))


async def reported(bot: AdminHarness, reason: str = "It's scary.") -> Report:
    await bot.set_staff_channel(bot.lines)
    movie = await completed_movie(bot)
    assert await report(bot.bob, movie, reason) == ENGLISH("reported-saved")
    return await newest(bot, movie)


async def newest(bot: AdminHarness, movie: discord.Message) -> Report:
    """Its buttons are those of older messages, too."""
    message_id, buttons = await newest_message(bot)
    block = buttons[movie_reports.REMOVE].replace(movie_reports.REMOVE, staff_subjects.BLOCK)
    return Report(bot, message_id, {**buttons, staff_subjects.BLOCK: block}, movie)


def cases(bot: AdminHarness) -> list[Row]:
    return query(bot.place, "SELECT * FROM reported_movies ORDER BY job_id")
