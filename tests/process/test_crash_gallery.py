"""Gallery posts during which the process dies or Discord's answer is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from simcord.backend.models import Message
from simcord.enums import ChannelType

from data.storage import engines
from tests.helpers import ledger_checks
from tests.process.crash.harness import DOOMED, MOVIE, CrashHarness, open_crash_harness
from tests.process.crash.invariants import by_job

ACCEPTED = {False: "message-answered:1", True: "post-answered:1"}
"""Discord accepted the movie, and nothing of that was recorded."""


def name_gallery(harness: CrashHarness, *, forum: bool) -> int:
    del harness.members[DOOMED]  # its failure is told elsewhere
    state, guild = harness.discord.state, harness.discord.guild_id
    gallery = state.add_channel(guild, "films", ChannelType.FORUM if forum else ChannelType.TEXT)
    engines.engine(harness.database_url).migrate()
    ledger_checks.execute(
        harness.database, f"INSERT INTO guild_settings (guild_id, gallery_channel_id) VALUES ({guild}, {gallery})"
    )
    return gallery


def posted(harness: CrashHarness, gallery: int) -> list[Message]:
    channels = [each.id for each in harness.discord.state.channels.values() if gallery in (each.id, each.parent_id)]
    return [message for channel in channels for message in harness.discord.messages(channel)]


def check(harness: CrashHarness, gallery: int) -> None:
    [movie] = posted(harness, gallery)
    [row] = ledger_checks.query(harness.database, "SELECT * FROM outbox WHERE type = 'completed'")
    assert (row["status"], row["message_id"], row["channel_id"]) == ("sent", movie.id, movie.channel_id)
    [job] = [each for each in ledger_checks.jobs(harness.database) if each["prompt"] == MOVIE]
    assert not by_job(harness.discord.messages(), [job])


@pytest.mark.parametrize(
    ("later", "forum", "changed"),
    [(0, False, False), (0, True, False), (600, True, False), (600, False, True), (0, True, True)],
)
async def test_a_movie_that_was_accepted_in_a_gallery_is_not_posted_again(
    tmp_path: Path, later: int, *, forum: bool, changed: bool
) -> None:
    async with open_crash_harness(tmp_path) as harness:
        gallery = name_gallery(harness, forum=forum)
        await harness.run_until_killed(KILL_AT=ACCEPTED[forum])
        if later:
            harness.discord.state.nonces.clear()
        if changed:
            ledger_checks.execute(harness.database, "UPDATE guild_settings SET gallery_channel_id = NULL")
        harness.age_database(later)
        await harness.run_until_idle()
        check(harness, gallery)


async def test_a_post_whose_answer_is_lost_is_found_and_not_repeated(tmp_path: Path) -> None:
    """After a 502, discord.py itself would repeat the request."""
    async with open_crash_harness(tmp_path) as harness:
        gallery = name_gallery(harness, forum=True)
        harness.discord.fail("POST", f"/channels/{gallery}/threads", status=502, at="after")
        await harness.run_until_idle()
        check(harness, gallery)
