"""How large a file a server accepts, told by Discord or not."""

from __future__ import annotations

from bot.discord_client.attachments import DEFAULT_UPLOAD_LIMIT, Attachments
from bot.discord_client.upload_limits import UploadLimits
from bot.domain.delivery import Delivery, NotificationType
from bot.downloads.downloader import MovieDownloader
from tests.helpers.clock import ManualClock
from tests.unit.discord_client.conftest import CUTS, PublisherHarness


async def test_a_movie_is_attached_to_its_own_messages_and_not_again_and_again(harness: PublisherHarness) -> None:
    """Its followers get another message, beneath it."""
    servers: list[int] = []

    async def max_bytes(guild_id: int) -> int:
        servers.append(guild_id)
        return 0

    downloader = MovieDownloader()
    for notice, attempts, asked in (
        (NotificationType.COMPLETED, 1, True),
        (NotificationType.COMPLETED, 2, False),
        (NotificationType.STARRED, 0, True),
        (NotificationType.FOLLOWED, 0, False),
    ):
        servers.clear()
        delivery = Delivery(harness.job.id, notice, attempts)
        async with Attachments(downloader, max_bytes).open_for(delivery, harness.job) as movie:
            assert movie is None
        assert servers == [harness.job.guild_id] * asked, notice
    await downloader.close()


async def test_each_server_is_asked_about_once_and_again_after_the_clock_was_set_back(
    harness: PublisherHarness,
) -> None:
    """Where Discord does not tell, the limit of every server holds."""
    clock, other = ManualClock(), harness.env.create_guild("Elsewhere")
    limits, before = UploadLimits(harness.client, clock), len(harness.env.http_requests)
    for _ in range(2):
        for guild_id in (harness.job.guild_id, other.id):
            await limits.get(guild_id)
    clock.set_back(60)
    await limits.get(other.id)
    asked = [int(each.path.rpartition("/")[2]) for each in harness.env.http_requests[before:]]
    assert asked == [harness.job.guild_id, other.id, other.id]
    for error in CUTS:
        harness.fail(error)
        assert await UploadLimits(harness.client, clock).get(harness.job.guild_id) == DEFAULT_UPLOAD_LIMIT
