"""What messages carry, what Discord's responses mean for them, and how one that an earlier attempt left is found."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.components import walk_components

from bot.core.errors import DeliveryDeferred, DeliveryRejected, DeliveryUnconfirmed, GalleryRejected, StorageError
from bot.discord_client import sent_messages, uploads
from bot.discord_client.cards import Cards
from bot.discord_client.responses import log_discord_errors, respond
from bot.discord_client.rest_errors import map_errors
from bot.discord_client.uploads import DEFAULT_UPLOAD_LIMIT, Attachments, UploadLimits, read_upload
from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.durations import Estimate
from bot.domain.jobs import Job, JobState, generate_id
from bot.domain.message import Delivery
from bot.domain.movie_nights import MovieNight, MovieNightState, StarredMovie
from bot.domain.pitches import Pitch, PitchState
from bot.domain.preferences import DeliveryTarget
from bot.domain.server_setup import AgeRule
from bot.domain.text import Language
from bot.downloads.downloader import MovieDownloader
from bot.locales.texts import texts_in
from bot.ui.components import plain
from bot.ui.formatting import format_credits
from tests.helpers.age_restricted import AgeRestricted
from tests.helpers.clock import START, ManualClock
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE
from tests.helpers.rest_responses import rest_response
from tests.unit.discord_client.conftest import CUTS, PublisherHarness, no_board

DM = "/users/@me/channels"


async def test_a_closed_channel_leads_to_the_member_and_what_is_deleted_counts(harness: PublisherHarness) -> None:
    harness.refuse(403, 50001)
    assert await harness.deliver() > 0
    assert harness.attempts() == 2
    harness.refuse(400, 240000, everywhere=True)
    with pytest.raises(DeliveryRejected) as rejected:
        await harness.deliver()
    assert rejected.value.code == 240000
    before = harness.attempts()
    harness.env.backend.faults.clear()
    harness.refuse(404, 10008)  # on a repeated nonce: the first attempt arrived, and was deleted since
    assert (await harness.deliver(), harness.attempts()) == (0, before + 1)


async def test_what_passes_is_waited_out_on_each_way(harness: PublisherHarness) -> None:
    """A movie that is wanted directly is private, so no temporary error makes it public."""
    harness.refuse(503, 0)
    with pytest.raises(DeliveryDeferred):
        await harness.deliver()
    assert harness.attempts() == 1
    harness.env.backend.faults.clear()
    harness.refuse(404, 10003)
    harness.env.inject_error("POST", DM, status=400, code=40003, times=2)
    with pytest.raises(DeliveryDeferred):
        await harness.deliver()
    before = harness.attempts()
    harness.job = replace(harness.job, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    with pytest.raises(DeliveryDeferred) as delay:
        await harness.deliver()
    assert (delay.value.code, harness.attempts()) == (40003, before)


CONTAINER, TEXT = discord.ComponentType.container.value, discord.ComponentType.text_display.value


async def test_a_malformed_message_is_sent_without_what_may_be_wrong(harness: PublisherHarness) -> None:
    path, link = f"/channels/{harness.channel.id}/messages", f"https://movies.test/a.mp4?signature={'a' * 2500}"
    short, long = harness.job, replace(harness.job, movie_url=link)
    for job in (short, long):
        harness.job, before = job, len(harness.posted())
        harness.env.inject_error("POST", path, status=400, code=50035, times=1)
        assert await harness.deliver() > 0
        first, last = harness.posted()[before:]
        kinds = [{each["type"] for each in walk_components(sent["components"])} for sent in (first, last)]
        assert kinds[0] > kinds[1] == {CONTAINER, TEXT}
        assert str(job.movie_url) in str(last["components"])
        assert last["allowed_mentions"]["users"] == [job.member_id]


async def test_every_notice_mentions_only_those_it_is_for_and_carries_its_nonce(harness: PublisherHarness) -> None:
    followers, member = [77, 78], harness.job.member_id
    mentioned = {notice: [member] for notice in NotificationType if notice is not NotificationType.STARRED}
    mentioned |= {NotificationType.FOLLOWED: followers, NotificationType.COMPLETED: [member, *followers]}
    left = format_credits(ENGLISH, (await harness.publisher._balance(harness.job)).member_available)
    for notice, wanted in mentioned.items():
        await harness.publisher.send(Delivery(harness.job, notice, 0, tuple(followers)))
        sent = harness.posted()[-1]
        assert (sent["nonce"], sent["enforce_nonce"]) == (f"{harness.job.id}-{notice}", True)
        assert sent["allowed_mentions"]["users"] == wanted
        assert not sent["allowed_mentions"].get("parse")
        assert all(f"<@{each}>" in str(sent["components"]) for each in wanted)
        assert left not in str(sent["components"]), "a balance is the member's own"


async def test_no_gallery_or_that_of_another_server_takes_no_movie(harness: PublisherHarness) -> None:
    with pytest.raises(DeliveryRejected):
        await harness.deliver(NotificationType.STARRED)
    gallery = harness.env.create_guild("Elsewhere").create_text_channel("films")
    delivery = Delivery(harness.job, NotificationType.COMPLETED, 0, gallery_id=gallery.id)
    with pytest.raises(GalleryRejected):
        await harness.publisher.send(delivery)
    assert harness.attempts() == 0


async def test_a_message_is_found_again_where_it_was_sent(harness: PublisherHarness) -> None:
    queued_at = int(harness.env.now().timestamp() * 1000)
    delivery = Delivery(harness.job, NotificationType.COMPLETED, 0, queued_at=queued_at)
    places = {DeliveryTarget.DIRECT_MESSAGE: Venue.DIRECT, DeliveryTarget.CHANNEL: Venue.CHANNEL}
    for target, venue in places.items():
        delivery = replace(delivery, job=replace(harness.job, delivery_target=target))
        sent = await harness.publisher.send(delivery)
        assert sent.posted.venue is venue
        assert await harness.publisher.find_sent(delivery) == sent
        there = f"/channels/{sent.posted.channel_id}/messages"
        harness.env.inject_error("GET", there, status=403, code=50007)
        assert await harness.publisher.find_sent(delivery) is None


async def test_an_end_without_movie_has_buttons_in_the_channel_alone(harness: PublisherHarness) -> None:
    left = format_credits(ENGLISH, (await harness.publisher._balance(harness.job)).member_available)
    told = ENGLISH("deliveries-refunded-left", refunded="100 credits", left=left)
    for notice, target in itertools.product((NotificationType.FAILED, NotificationType.CANCELLED), DeliveryTarget):
        direct = target is DeliveryTarget.DIRECT_MESSAGE
        job = replace(harness.job, state=JobState(notice.value), delivery_target=target)
        await harness.publisher.send(Delivery(job, notice, 0))
        *_, sent = [each.json for each in harness.env.http_requests if each.json and each.path.endswith("/messages")]
        assert any("custom_id" in each for each in walk_components(sent["components"])) is not direct
        assert (told in str(sent["components"])) == (direct and notice is NotificationType.FAILED)


async def test_a_movie_with_stars_is_a_spoiler_and_a_failure_is_told_anywhere(harness: PublisherHarness) -> None:
    starred, gallery = NotificationType.STARRED, harness.channel.id
    delivery = Delivery(harness.job, starred, 0, gallery_id=gallery, age=AgeRule.SPOILER)
    await harness.publisher.send(delivery)
    [sent] = harness.posted()
    [item] = [item for each in walk_components(sent["components"]) for item in each.get("items", ())]
    assert (item["spoiler"], item["media"]["url"]) == (True, harness.job.movie_url)
    assert sent["nonce"] == delivery.nonce
    job = replace(harness.job, state=JobState.FAILED)
    told = await harness.publisher.send(Delivery(job, NotificationType.FAILED, 0, age=AgeRule.RESTRICTED))
    assert told.posted.venue is Venue.CHANNEL


async def test_a_thread_has_the_age_of_its_channel(harness: PublisherHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    restricted = AgeRestricted(monkeypatch)
    thread = harness.env.backend.create_thread(harness.channel.id, "our films", harness.job.member_id)
    job = replace(harness.job, channel_id=thread.id)
    delivery = Delivery(job, NotificationType.COMPLETED, 0, age=AgeRule.RESTRICTED)
    assert (await harness.publisher.send(delivery)).posted.venue is Venue.DIRECT
    restricted.ids.add(harness.channel.id)
    posted = (await harness.publisher.send(delivery)).posted
    assert (posted.venue, posted.channel_id) == (Venue.CHANNEL, thread.id)


@pytest.mark.parametrize("server_is_known", [True, False])
async def test_followers_who_cannot_see_are_not_mentioned(harness: PublisherHarness, *, server_is_known: bool) -> None:
    """Neither is one who left the server. Without anyone to tell, nothing is posted."""
    guild, views = harness.channel.guild, discord.PermissionOverwrite(view_channel=True)
    there, hidden = (guild.add_member(harness.env.create_user(name)) for name in ("bob", "carol"))
    assert guild.me is not None
    blind, gone = discord.PermissionOverwrite(view_channel=False), 987
    secret = guild.create_text_channel("secret", overwrites={guild.default_role: blind, there: views, guild.me: views})
    job = replace(harness.job, channel_id=secret.id)
    if not server_is_known:
        harness.env.inject_error("GET", f"/guilds/{guild.id}", status=404, code=10004, times=None)
    told = Delivery(job, NotificationType.FOLLOWED, 0, (there.id, hidden.id, gone))
    if server_is_known:
        assert (await harness.publisher.send(told)).unmentioned == (gone, hidden.id)
        assert [each.id for each in secret.history()[0].mentions] == [there.id]
        await assert_an_edit_names(harness, replace(told, type=NotificationType.COMPLETED), there.id)
        told = replace(told, followers=(hidden.id, gone))
    with pytest.raises(DeliveryRejected):
        await harness.publisher.send(told)
    assert len(secret.history()) == 2 * server_is_known


async def assert_an_edit_names(harness: PublisherHarness, told: Delivery, *named: int) -> None:
    posted = (await harness.publisher.send(told)).posted
    for followers, expected in ((told.followers, named), ((), ())):
        await harness.publisher.show_movie(replace(told, followers=followers), posted)
        [edit] = [each.json for each in harness.env.http_requests if each.method == "PATCH"][-1:]
        assert [each for each in told.followers if f"<@{each}>" in str(edit)] == [*expected]


async def test_progress_never_raises_and_a_card_that_must_change_says_why_not(harness: PublisherHarness) -> None:
    before, asked = len(harness.env.http_requests), PostedMessage(harness.channel.id, 98)
    job = replace(harness.job, card_message_id=99, staff_message=asked)
    await harness.publisher.update_card(harness.job)
    await harness.publisher.show_card(harness.job, Venue.UNDECIDED)
    assert len(harness.env.http_requests) == before
    for status, code, error in ((403, 50001, DeliveryRejected), (404, 10008, None), (503, 0, DeliveryDeferred)):
        harness.env.backend.faults.clear()
        harness.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code, times=None)
        await harness.publisher.update_messages(job)
        with contextlib.nullcontext() if error is None else pytest.raises(error):
            await harness.publisher.show_card(job, Venue.UNDECIDED)
    edited = {each.path.rpartition("/")[2] for each in harness.env.http_requests[before:]}
    assert edited == {"98", "99"}, "the request for approval shows the job, too"
    for error in CUTS:
        harness.fail(error)
        await harness.publisher.update_messages(job)
        with pytest.raises(DeliveryDeferred):
            await harness.publisher.show_card(job, Venue.UNDECIDED)


async def test_a_card_without_estimate_comes_later(harness: PublisherHarness, caplog: pytest.LogCaptureFixture) -> None:
    async def unreadable(_: Job) -> Estimate:
        raise StorageError("locked")

    cards = Cards(harness.client, CATALOGUE, unreadable, no_board, edit_timeout=60)
    with pytest.raises(DeliveryDeferred, match="locked"):
        await cards.show(replace(harness.job, card_message_id=99), Venue.UNDECIDED)
    assert not [each for each in caplog.records if each.exc_info], "it is no bug"


async def test_a_pitch_ends_only_where_its_message_or_channel_is_gone(harness: PublisherHarness) -> None:
    job, now = harness.job, START
    pitch = Pitch("0abc123defghj", 1, job.guild_id, job.channel_id, 9, job.request, 600, PitchState.OPEN, now, now)
    pitch, posted = replace(pitch, message_id=99), PostedMessage(job.channel_id, 99)
    for status, code, is_there in ((404, 10008, False), (404, 10003, False), (403, 50001, None), (403, 50013, None)):
        harness.env.backend.faults.clear()
        for method in ("GET", "PATCH"):
            harness.env.inject_error(method, "/channels/*/messages/99", status=status, code=code)
        with contextlib.nullcontext() if is_there is not None else pytest.raises(DeliveryRejected):
            assert await harness.publisher.show_pitch(pitch) is is_there
        assert await harness.publisher.movie_nights.is_posted(posted) is (is_there is None), "it may not look"


async def test_a_closed_staff_channel_says_whether_the_bot_was_removed(harness: PublisherHarness) -> None:
    """Only then do orders wait on. What passes, or is about the words, asks nothing."""
    server, asked = f"/guilds/{harness.job.guild_id}", 0
    for status, code, found in ((403, 50001, 404), (403, 50001, 200), (400, 240000, 404), (503, 0, 404)):
        harness.env.backend.faults.clear()
        harness.refuse(status, code)
        if found == 404:
            harness.env.inject_error("GET", server, status=404, code=10004)
        with pytest.raises(DeliveryRejected if status < 500 else DeliveryDeferred) as rejected:
            await harness.publisher.send_approval_request(harness.job, harness.channel.id, nonce="n")
        assert getattr(rejected.value, "is_removed", False) is ((code, found) == (50001, 404))
        asked += code == 50001
        assert [each.path for each in harness.env.http_requests].count(server) == asked


async def test_a_post_that_stays_gets_another_title_and_one_that_is_gone_needs_none(harness: PublisherHarness) -> None:
    channel = harness.client.get_partial_messageable(harness.channel.id)
    posted = PostedMessage(channel.id, (await channel.send("a boat")).id, Venue.FORUM)
    for method in ("DELETE", "PATCH"):
        harness.env.inject_error(method, f"/channels/{channel.id}", status=403, code=50013)
    with pytest.raises(DeliveryRejected):
        await harness.publisher.delete_message(posted, Language.GERMAN)
    [renamed] = [each.json for each in harness.env.http_requests if each.method == "PATCH"]
    assert renamed == {"name": texts_in(Language.GERMAN)("buttons-deleted-post-title"), "archived": False}
    assert harness.channel.history() == []
    harness.env.inject_error("DELETE", f"/channels/{channel.id}", status=404, code=10003)
    before = len(harness.env.http_requests)
    await harness.publisher.delete_message(posted, Language.GERMAN)
    assert len(harness.env.http_requests) == before + 1


def now(harness: PublisherHarness) -> int:
    return int(harness.env.now().timestamp() * 1000)


def a_gallery(harness: PublisherHarness, venue: Venue) -> ChannelHandle:
    guild = harness.channel.guild
    return guild.create_forum_channel("films") if venue is Venue.FORUM else guild.create_text_channel("films")


def due(harness: PublisherHarness, job: Job, gallery: ChannelHandle) -> Delivery:
    return Delivery(job, NotificationType.COMPLETED, 1, gallery_id=gallery.id, queued_at=now(harness))


def a_night(harness: PublisherHarness, channel: ChannelHandle, venue: Venue) -> MovieNight:
    about = (generate_id(START), harness.job.guild_id, START, MovieNightState.PENDING, Language.ENGLISH)
    movies = (StarredMovie(1, harness.job, 1),)
    return MovieNight(*about, movies, channel.id, venue, created_at=now(harness))


@pytest.mark.parametrize("venue", [Venue.FORUM, Venue.GALLERY])
async def test_another_post_is_not_taken_for_ones_own(harness: PublisherHarness, venue: Venue) -> None:
    gallery, nights = a_gallery(harness, venue), harness.publisher.movie_nights
    job, other = harness.job, replace(harness.job, id=generate_id(START))
    first = await harness.publisher.send(due(harness, job, gallery))
    assert await harness.publisher.find_sent(due(harness, other, gallery)) is None
    second = await harness.publisher.send(due(harness, other, gallery))
    found = [await harness.publisher.find_sent(due(harness, each, gallery)) for each in (job, other)]
    assert found == [first, second]
    assert {each.posted.venue for each in (first, second)} == {venue}
    night = a_night(harness, gallery, Venue.GALLERY)
    posted = await nights.send(night, night.created_at)
    assert posted.venue is venue
    assert await nights.send(night, night.created_at) == posted
    await nights.update(replace(night, movies=()))  # what was posted is not recorded yet
    assert await nights.send(night, night.created_at) != posted, "it was found, and deleted"


async def test_only_a_gallery_that_is_closed_to_a_movie_night_is_reported_to_staff(harness: PublisherHarness) -> None:
    forum, text = (a_gallery(harness, venue) for venue in (Venue.FORUM, Venue.GALLERY))
    for channel, venue, status, code, closed in (
        (harness.channel, Venue.CHANNEL, 403, 50013, None),
        *((each, Venue.GALLERY, 403, 50013, True) for each in (forum, text)),
        *((each, Venue.GALLERY, 400, 200000, False) for each in (forum, text)),
    ):
        harness.env.backend.faults.clear()
        for path in ("messages", "threads"):
            harness.env.inject_error("POST", f"/channels/{channel.id}/{path}", status=status, code=code)
        with pytest.raises(DeliveryRejected) as rejected:
            await harness.publisher.movie_nights.send(a_night(harness, channel, venue), None)
        found = rejected.value.is_closed if isinstance(rejected.value, GalleryRejected) else None
        assert (found, rejected.value.code) == (closed, code)


async def test_a_message_is_found_by_what_it_tells(harness: PublisherHarness) -> None:
    failed = replace(harness.job, state=JobState.FAILED)
    types = (NotificationType.UNKNOWN, NotificationType.FAILED)
    told = {each: Delivery(failed, each, 0, queued_at=now(harness)) for each in types}
    sent = await harness.publisher.send(told[NotificationType.UNKNOWN])
    found = [await harness.publisher.find_sent(told[each]) for each in types]
    assert found == [sent, None]


@pytest.mark.parametrize("venue", [Venue.CHANNEL, Venue.FORUM])
async def test_only_a_missing_permission_ends_a_search(harness: PublisherHarness, venue: Venue) -> None:
    path, place = f"/channels/{harness.channel.id}/messages", harness.channel
    delivery = Delivery(harness.job, NotificationType.COMPLETED, 1, possibly_sent_since=now(harness))
    if venue is Venue.FORUM:
        path, place = f"/guilds/{harness.job.guild_id}/threads/active", a_gallery(harness, venue)
        delivery = due(harness, harness.job, place)
    harness.env.inject_error("GET", path, status=403, code=0)
    with pytest.raises(DeliveryDeferred):
        await harness.publisher.send(delivery)
    assert (harness.attempts(), place.threads) == (0, [])
    for code in (50001, 50013):
        harness.env.inject_error("GET", path, status=403, code=code)
        sent = await harness.publisher.send(delivery)
        [*_, last] = place.threads or [place]
        assert sent.posted == PostedMessage(last.id, last.history()[-1].id, venue)


async def test_an_archived_post_is_found_too(harness: PublisherHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    forum = a_gallery(harness, Venue.FORUM)
    delivery, other = due(harness, harness.job, forum), replace(harness.job, id=generate_id(START))
    sent = await harness.publisher.send(delivery)
    thread = harness.env.backend.get_channel(sent.posted.channel_id)
    assert thread.thread_metadata is not None
    thread.thread_metadata.archived = True
    posted_at = int(discord.utils.snowflake_time(thread.id).timestamp() * 1000)
    harness.env.backend.create_thread(forum.id, "a member's", harness.job.member_id)
    for bound, since, found in ((1, 60_000, sent), (1, 60_001, None), (1, -60_000, sent)):
        monkeypatch.setattr(sent_messages, "_MAX_SEARCHED", bound)
        sought = replace(delivery, queued_at=posted_at + since)
        assert await harness.publisher.find_sent(sought) == found
    await harness.publisher.send(due(harness, other, forum))
    assert await harness.publisher.find_sent(delivery) is None, "only so many posts are read"


async def test_a_movie_is_attached_to_its_own_messages_and_not_again_and_again(harness: PublisherHarness) -> None:
    servers: list[int] = []

    async def max_bytes(guild_id: int) -> int:
        servers.append(guild_id)
        return 0

    completed, downloader = NotificationType.COMPLETED, MovieDownloader()
    asked = {(completed, 1): 1, (completed, 2): 0, (NotificationType.STARRED, 0): 1, (NotificationType.FOLLOWED, 0): 0}
    for (notice, attempts), times in asked.items():
        servers.clear()
        delivery = Delivery(harness.job, notice, attempts)
        async with Attachments(downloader, max_bytes).open_for(delivery) as movie:
            assert movie is None
        assert servers == [harness.job.guild_id] * times, notice
    await downloader.close()


async def test_each_server_is_asked_about_once_and_again_after_a_clock_was_set_back(harness: PublisherHarness) -> None:
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


async def test_only_so_many_servers_limits_are_kept(harness: PublisherHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_MAX_CACHED", 2)
    limits = UploadLimits(harness.client, ManualClock())
    servers = [harness.env.create_guild(f"Server {number}").id for number in range(3)]
    for guild_id in (*servers, servers[2]):
        assert await limits.get(guild_id) == DEFAULT_UPLOAD_LIMIT
    assert list(limits._cached) == [servers[2]]


async def test_a_post_is_requested_once_and_has_a_tag_only_where_the_forum_requires_one() -> None:
    """Each retry of discord.py reads the form again and could post twice."""
    sent: list[Any] = []

    async def request(*_: Any, form: Iterable[Any], **__: Any) -> None:
        for _ in range(2):
            sent.extend(form)

    client: Any = SimpleNamespace(request=request)
    state = discord.Client(intents=discord.Intents(guilds=True))._connection
    guild: Any = {"id": "1"}
    tags = [{"id": each, "name": "a", "moderated": False, "emoji_id": None, "emoji_name": None} for each in "56"]
    for flags, expected in ((discord.ChannelFlags(require_tag=True).value, ["5"]), (0, [])):
        data: Any = {"id": "2", "type": 15, "name": "films", "position": 0, "available_tags": tags, "flags": flags}
        forum = discord.ForumChannel(state=state, guild=discord.Guild(data=guild, state=state), data=data)
        sent.clear()
        with pytest.raises(TimeoutError):
            await sent_messages.create_post(client, forum, "a fox", plain("a fox"))
        [part] = sent
        shown = json.loads(part["value"])
        assert (part["name"], shown["name"], shown["applied_tags"]) == ("payload_json", "a fox", expected)


CLOSED = """
    404:10003 404:10004 404:10013 403:50001 403:50013 403:50007 400:50033 403:50278 403:160005 400:40058 400:40067
    400:50008 403:50009 400:50024 400:50083 400:40005 413:40005 413:0
"""
CONTENT = "400:200000 400:240000 400:50035"
"""What a message says is refused, not its channel."""

PASSING = """
    429:0 500:0 502:0 503:0 504:0 429:130000 400:130000 500:130000 401:0 403:0 404:0 400:0 400:40003 403:40004 403:20026
    400:20028 400:30046 400:99999 404:99999
"""
"""An overloaded Discord, a renewed token, a proxy's own refusal, too many messages, and codes that nobody knows yet."""


def outcome(error: Exception) -> object:
    async def request() -> None:
        raise error

    try:
        return asyncio.run(map_errors(request))
    except DeliveryRejected as exc:
        return "rejected", exc.code, exc.is_closed
    except DeliveryDeferred as exc:
        return "deferred", exc.code, exc.definitely_failed, exc.retry_after


def refusal(text: str) -> tuple[discord.HTTPException, int, int]:
    status, code = map(int, text.split(":"))
    response: Any = SimpleNamespace(status=status, reason="")
    return discord.HTTPException(response, {"code": code, "message": "no"}), status, code


def test_only_known_codes_are_final_and_the_others_are_tried_again() -> None:
    """Below 500, Discord rejected the request, so that nothing was posted. After a cut, the message may be there."""
    for text in (*CLOSED.split(), *CONTENT.split()):
        error, _, code = refusal(text)
        assert outcome(error) == ("rejected", code, text not in CONTENT.split()), text
    for text in PASSING.split():
        error, status, code = refusal(text)
        pause = 600 if code == 30046 else None
        assert outcome(error) == ("deferred", code, status < 500, pause), text
    assert outcome(refusal("404:10008")[0]) is None, "a repeated nonce: its message arrived, and is deleted since"
    for error in (*CUTS, aiohttp.ClientConnectionResetError("reset"), TimeoutError()):
        wait = 3.5 if isinstance(error, discord.RateLimited) else None
        assert outcome(error) == ("deferred", 0, False, wait), error


async def test_a_response_that_is_cut_off_is_logged_or_unconfirmed(caplog: pytest.LogCaptureFixture) -> None:
    for error in CUTS:
        caplog.clear()
        async with log_discord_errors():
            raise error
        assert caplog.messages == ["response_failed"]

        async def send_message(error: Exception = error, **_: object) -> None:
            raise error

        interaction: Any = SimpleNamespace(response=SimpleNamespace(send_message=send_message))
        with pytest.raises(DeliveryUnconfirmed):
            await respond(interaction, plain("ready"))


async def test_a_file_that_discord_does_not_hand_over_has_no_content() -> None:
    client = discord.Client(intents=discord.Intents(guilds=True))
    data: Any = {"id": "1", "filename": "setup.json", "size": 2, "url": "https://cdn.test/1", "proxy_url": ""}
    gone = discord.NotFound(rest_response(HTTPStatus.NOT_FOUND), "gone")
    for error in (gone, aiohttp.ClientPayloadError(), ConnectionResetError(104, "reset")):

        async def get_from_cdn(_url: str, error: Exception = error) -> bytes:
            raise error

        client.http.get_from_cdn = get_from_cdn
        assert await read_upload(client, discord.Attachment(data=data, state=client._connection)) is None
