"""How large a file a server accepts, told by Discord or not."""

from __future__ import annotations

import pytest

from bot.discord_client.attachments import DEFAULT_UPLOAD_LIMIT
from bot.discord_client.upload_limits import UploadLimits
from tests.helpers.clock import ManualClock
from tests.unit.discord_client.conftest import CUTS, PublisherHarness


@pytest.mark.parametrize("error", CUTS, ids=lambda error: type(error).__name__)
async def test_where_discord_does_not_tell_the_limit_of_every_server_holds(
    harness: PublisherHarness, error: Exception
) -> None:
    harness.fail(error)
    assert await UploadLimits(harness.client, ManualClock()).get(harness.job.guild_id) == DEFAULT_UPLOAD_LIMIT


async def test_each_server_is_asked_about_once_and_again_after_the_clock_was_set_back(
    harness: PublisherHarness,
) -> None:
    clock, other = ManualClock(), harness.env.create_guild("Elsewhere")
    limits, before = UploadLimits(harness.client, clock), len(harness.env.http_requests)
    for _ in range(2):
        for guild_id in (harness.job.guild_id, other.id):
            await limits.get(guild_id)
    clock.set_back(60)
    await limits.get(other.id)
    asked = [int(each.path.rpartition("/")[2]) for each in harness.env.http_requests[before:]]
    assert asked == [harness.job.guild_id, other.id, other.id]
