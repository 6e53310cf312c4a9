"""The fake Discord keeps Discord's contract with discord.py."""

import asyncio
import io
import zlib
from collections.abc import AsyncIterator, Iterator

import aiohttp
import discord as library
import pytest

from tests.helpers.fake_discord.faults import Close, Cut, Invalidate, Phase, Refuse, StopHeartbeats
from tests.helpers.fake_discord.redirect import pointed_at
from tests.helpers.fake_discord.sample_bot import SampleBot
from tests.helpers.fake_discord.server import FakeDiscord

MOVIE = {"prompt": "a red boat", "duration": 3}


@pytest.fixture
def discord(discord: FakeDiscord) -> Iterator[FakeDiscord]:
    """A Discord without a connected bot; discord.py is pointed at it."""
    with pointed_at(discord.url):
        yield discord


@pytest.fixture
async def bot(discord: FakeDiscord) -> AsyncIterator[SampleBot]:
    """A connected bot."""
    async with SampleBot() as client:
        running = asyncio.create_task(client.start(discord.token))
        await discord.ready()
        yield client
        await client.close()
        await running


def channel_of(bot: SampleBot, discord: FakeDiscord) -> library.TextChannel:
    """Return the loopback's first channel as discord.py knows it."""
    channel = bot.get_channel(discord.channel_id)
    assert isinstance(channel, library.TextChannel)
    return channel


async def test_a_bot_logs_in_and_knows_its_server(discord: FakeDiscord, bot: SampleBot) -> None:
    """READY and GUILD_CREATE follow one IDENTIFY."""
    assert bot.user is not None
    assert bot.user.id == discord.state.bot.id
    guild = bot.get_guild(discord.guild_id)
    assert guild is not None
    assert [c.name for c in guild.text_channels] == ["movies"]
    assert guild.me.guild_permissions.attach_files
    assert len(discord.identifies) == 1
    assert [c["name"] for c in discord.commands()] == ["movie", "credits"]


async def test_a_wrong_token_is_refused(discord: FakeDiscord) -> None:
    async with SampleBot() as client:
        with pytest.raises(library.LoginFailure):
            await client.login("wrong")
    assert discord.requests[-1].status == 401


async def test_a_slash_command_is_answered_with_an_embed(discord: FakeDiscord, bot: SampleBot) -> None:
    """discord.py reads the message's id from the callback."""
    answer = await discord.slash(discord.user_id, "movie", MOVIE)
    assert answer.embeds[0]["title"] == "a red boat"
    assert discord.messages()[0].embeds[0]["description"] == "3 s"
    told = await asyncio.wait_for(bot.callbacks.get(), 5)
    assert told.message_id == answer.message_id
    assert discord.interaction_answers[answer.interaction_id] is answer


async def test_people_and_roles_in_options_are_resolved(discord: FakeDiscord, bot: SampleBot) -> None:
    """A subcommand's member and role options arrive as whole objects.

    A deferral is edited into its answer.
    """
    role = discord.state.add_role(discord.guild_id, "crew")
    answer = await discord.slash(discord.owner_id, "credits grant", {"member": discord.user_id, "role": role})
    assert answer.ephemeral
    said = await discord.wait_for_message(lambda m: m.content != "")
    assert (said.content, said.ephemeral, said.id) == ("ada as crew", True, answer.message_id)
    assert discord.messages() == ()
    assert bot.failures.empty()


async def test_a_button_opens_a_modal_which_changes_the_message(discord: FakeDiscord, bot: SampleBot) -> None:
    """Clicks and submissions carry what discord.py's views need."""
    answer = await discord.slash(discord.user_id, "movie", MOVIE)
    assert answer.message_id is not None
    opened = await discord.component(discord.user_id, answer.message_id, "Cancel")
    assert opened.data["title"] == "Why?"
    await discord.modal(discord.user_id, opened, {"Reason": "it rains"})
    assert discord.message(answer.message_id).content == "because it rains"
    assert bot.failures.empty()


async def test_a_member_cannot_send_what_the_client_would_refuse(discord: FakeDiscord, bot: SampleBot) -> None:
    """Unknown, missing and out-of-range options fail in the test."""
    for options in ({}, {"prompt": "x", "duration": 61}, {**MOVIE, "speed": 1}):
        with pytest.raises(LookupError, match="movie"):
            await discord.slash(discord.user_id, "movie", options)
    assert bot.callbacks.empty()


async def test_choices_are_offered_while_a_member_types(discord: FakeDiscord, bot: SampleBot) -> None:
    """Autocomplete sends the focused option."""
    choices = await discord.autocomplete(discord.user_id, "movie", "prompt", {"prompt": "a boat"})
    assert [c["name"] for c in choices] == ["a boat at sea"]
    assert bot.failures.empty()


async def test_a_command_works_in_direct_messages(discord: FakeDiscord, bot: SampleBot) -> None:
    """The interaction then comes from a user, without a server."""
    answer = await discord.slash(discord.user_id, "movie", MOVIE, direct=True)
    assert [m.id for m in discord.direct_messages(discord.user_id)] == [answer.message_id]
    assert discord.messages() == ()
    assert bot.failures.empty()


async def test_of_two_sessions_one_answers(discord: FakeDiscord, bot: SampleBot) -> None:
    """Two sessions get the same interaction, and the second answer meets 40060."""
    async with SampleBot() as other:
        running = asyncio.create_task(other.start(discord.token))
        await discord.ready(2)
        other.failures = bot.failures
        await discord.slash(discord.user_id, "movie", MOVIE, to="all")
        failure = await asyncio.wait_for(bot.failures.get(), 5)
        assert isinstance(failure, library.HTTPException)
        assert failure.code == 40060
        await other.close()
        await running
    assert len(discord.messages()) == 1


async def test_a_late_answer_is_unknown(discord: FakeDiscord, bot: SampleBot) -> None:
    """A response after the deadline gets 10062."""
    discord.answer_within = -1.0
    await discord.send_slash(discord.user_id, "movie", MOVIE)
    failure = await asyncio.wait_for(bot.failures.get(), 5)
    assert isinstance(failure, library.NotFound)
    assert failure.code == 10062
    assert discord.messages() == ()


async def test_a_dead_token_refuses_edits(discord: FakeDiscord, bot: SampleBot) -> None:
    """After 15 minutes, the token gets 401 and 50027.

    The message itself stays.
    """
    hold = asyncio.Event()
    discord.fail("PATCH", "/webhooks/**", hold=hold)
    sent = await discord.send_slash(discord.user_id, "credits grant", {"member": discord.user_id})
    await discord.wait_for_request("PATCH", "/webhooks/*/*/messages/@original")
    sent.expire_token()
    hold.set()
    failure = await asyncio.wait_for(bot.failures.get(), 5)
    assert isinstance(failure, library.HTTPException)
    assert (failure.status, failure.code) == (401, 50027)


async def test_a_nonce_makes_a_repeated_message_the_first_one(discord: FakeDiscord, bot: SampleBot) -> None:
    """A deleted first message gives 10008."""
    channel = channel_of(bot, discord)
    first = await channel.send("the movie", nonce="job-1")
    again = await channel.send("the movie", nonce="job-1")
    assert first.id == again.id
    assert [m.nonce for m in discord.messages()] == ["job-1"]
    discord.delete_message(first.id)
    with pytest.raises(library.NotFound) as refused:
        await channel.send("the movie", nonce="job-1")
    assert refused.value.code == 10008


async def test_files_are_kept_and_served(discord: FakeDiscord, bot: SampleBot) -> None:
    """A multipart message keeps its file's bytes, at a working URL.

    A file that is too large gets 40005.
    """
    channel = channel_of(bot, discord)
    posted = await channel.send("here", file=library.File(io.BytesIO(b"moving"), "movie.mp4"))
    assert await posted.attachments[0].read() == b"moving"
    assert [(f.filename, f.size) for f in discord.requests[-1].files] == [("movie.mp4", 6)]
    discord.upload_limit = 5
    with pytest.raises(library.HTTPException) as refused:
        await channel.send(file=library.File(io.BytesIO(b"moving"), "movie.mp4"))
    assert (refused.value.status, refused.value.code) == (413, 40005)


async def test_messages_are_edited_fetched_and_deleted(discord: FakeDiscord, bot: SampleBot) -> None:
    channel = channel_of(bot, discord)
    posted = await channel.send("old", embed=library.Embed(title="kept"))
    await posted.edit(content="new")
    fetched = await channel.fetch_message(posted.id)
    assert (fetched.content, fetched.embeds[0].title) == ("new", "kept")
    await posted.delete()
    with pytest.raises(library.NotFound):
        await channel.fetch_message(posted.id)


async def test_the_history_after_a_message_begins_with_the_next_one(discord: FakeDiscord, bot: SampleBot) -> None:
    first, second, _ = [await channel_of(bot, discord).send(text) for text in ("1", "2", "3")]
    assert [each.id async for each in first.channel.history(limit=1, after=first)] == [second.id]


async def test_a_direct_message_arrives(discord: FakeDiscord, bot: SampleBot) -> None:
    """The bot can open a direct channel and write in it.

    A fault makes a member refuse messages.
    """
    user = await bot.fetch_user(discord.user_id)
    await user.send("psst")
    assert [m.content for m in discord.direct_messages(discord.user_id)] == ["psst"]
    discord.fail("POST", "/channels/*/messages", status=403, code=50007)
    with pytest.raises(library.Forbidden) as refused:
        await user.send("psst")
    assert refused.value.code == 50007


async def test_a_rate_limit_is_waited_out(discord: FakeDiscord, bot: SampleBot) -> None:
    """discord.py reads the 429 as Discord's own."""
    fault = discord.fail("POST", "/channels/*/messages", status=429, retry_after=0.01, times=2)
    await channel_of(bot, discord).send("patience")
    assert fault.hits == 2
    assert [r.status for r in discord.requests if r.path.endswith("/messages")] == [429, 429, 200]
    assert len(discord.messages()) == 1


async def test_faults_happen_in_the_order_they_were_set(discord: FakeDiscord, bot: SampleBot) -> None:
    """Each happens as often as it was set, unless it is lifted."""
    channel = channel_of(bot, discord)
    discord.fail("POST", "/channels/*/messages", status=503)
    discord.fail("*", f"/channels/{channel.id}/**", status=418).lift()
    discord.fail("*", "/channels/**", status=403, code=50013, at="after", times=None)
    with pytest.raises(library.DiscordServerError):
        await channel.send("one")
    with pytest.raises(library.Forbidden):
        await channel.send("two")
    assert [m.content for m in discord.messages()] == ["two"]


async def test_a_cut_after_acceptance_leaves_the_message(discord: FakeDiscord, bot: SampleBot) -> None:
    """After the broken connection, the nonce finds the message again."""
    channel = channel_of(bot, discord)
    discord.fail("POST", "/channels/*/messages", cut="after")
    with pytest.raises(aiohttp.ClientError):
        await channel.send("the movie", nonce="job-1")
    (posted,) = discord.messages()
    assert (await channel.send("the movie", nonce="job-1")).id == posted.id
    assert [r.status for r in discord.requests if r.path.endswith("/messages")] == [None, 200]


async def test_a_cut_before_acceptance_leaves_nothing(discord: FakeDiscord, bot: SampleBot) -> None:
    """The sender sees the same broken connection, and nothing was posted."""
    discord.fail("POST", "/channels/*/messages", cut="before")
    with pytest.raises(aiohttp.ClientError):
        await channel_of(bot, discord).send("the movie")
    assert discord.messages() == ()


async def test_an_accepted_request_can_be_held(discord: FakeDiscord, bot: SampleBot) -> None:
    hold = asyncio.Event()
    discord.fail("POST", "/channels/*/messages", hold=hold, at="after")
    sending = asyncio.create_task(channel_of(bot, discord).send("the movie"))
    await discord.wait_for_message(lambda m: m.content == "the movie")
    assert not sending.done()
    hold.set()
    assert (await sending).content == "the movie"


async def test_what_is_not_served_is_recorded(discord: FakeDiscord, bot: SampleBot) -> None:
    """It gets a 404, and tests can read it."""
    with pytest.raises(library.NotFound):
        await bot.fetch_sticker(7)
    last = discord.requests[-1]
    assert (last.method, last.path, last.status) == ("GET", "/stickers/7", 404)


@pytest.mark.parametrize("code", [None, 4000])
async def test_a_dropped_bot_resumes_and_misses_nothing(discord: FakeDiscord, bot: SampleBot, code: int | None) -> None:
    discord.answer_within = None
    away = discord.break_gateway(Phase.CONNECT, Refuse(), times=None)
    await discord.drop(code)
    assert discord.connected == 0
    missed = await discord.send_slash(discord.user_id, "movie", MOVIE)
    away.lift()
    await missed.answered(timeout=10)
    assert (len(discord.identifies), len(discord.resumes)) == (1, 1)
    assert bot.failures.empty()


async def test_a_session_that_timed_out_is_begun_anew(discord: FakeDiscord, bot: SampleBot) -> None:
    """After 4009, the bot spends a second IDENTIFY."""
    await discord.drop(4009)
    await discord.ready()
    assert len(discord.identifies) == 2
    assert len(discord.resumes) == 0
    assert not bot.is_closed()


async def test_a_bot_that_is_asked_to_reconnect_resumes(discord: FakeDiscord, bot: SampleBot) -> None:
    """RECONNECT costs no IDENTIFY."""
    await discord.ask_to_reconnect()
    await discord.until(lambda: discord.resumes, what="a RESUME")
    assert len(discord.identifies) == 1
    assert not bot.is_closed()


@pytest.mark.parametrize("phase", [Phase.HELLO, Phase.IDENTIFY, Phase.READY, Phase.GUILDS])
async def test_a_connection_can_break_at_every_phase(discord: FakeDiscord, phase: Phase) -> None:
    """The wrong token's code ends the bot at any phase."""
    discord.break_gateway(phase, Close(4004))
    async with SampleBot() as client:
        with pytest.raises(library.ConnectionClosed) as closed:
            await client.start(discord.token)
    assert closed.value.code == 4004
    assert discord.connected == 0


async def test_an_invalid_session_is_begun_anew(discord: FakeDiscord) -> None:
    """INVALID_SESSION in answer to an IDENTIFY costs another one."""
    discord.break_gateway(Phase.IDENTIFY, Invalidate())
    async with SampleBot() as client:
        running = asyncio.create_task(client.start(discord.token))
        await discord.ready()
        await client.close()
        await running
    assert len(discord.identifies) == 2


async def test_a_silent_gateway_is_noticed_by_the_bot(discord: FakeDiscord) -> None:
    """It does not answer IDENTIFY.

    The bot's own timeout ends the connection, and a new session begins.
    """
    fault = discord.break_gateway(Phase.IDENTIFY, StopHeartbeats())
    async with SampleBot() as client:
        client._connection.heartbeat_timeout = 0.2
        running = asyncio.create_task(client.start(discord.token))
        await discord.ready()
        await client.close()
        await running
    assert fault.hits == 1
    assert len(discord.identifies) == 2


async def test_a_cut_at_the_upgrade_is_no_answer(discord: FakeDiscord) -> None:
    """A connection can end before the websocket exists."""
    discord.break_gateway(Phase.CONNECT, Cut(), times=None)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.ws_connect(f"{discord.url}/gateway")


async def test_zlib_is_spoken_to_those_who_ask(discord: FakeDiscord) -> None:
    """A client without zstandard gets zlib-stream, flushed per message."""
    inflate = zlib.decompressobj()
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{discord.url}/gateway?v=10&encoding=json&compress=zlib-stream") as socket,
    ):
        frame = await socket.receive_bytes(timeout=5)
        assert frame.endswith(b"\x00\x00\xff\xff")
        assert b'"heartbeat_interval": 41250' in inflate.decompress(frame)


async def test_a_sharded_bot_is_told_of_its_servers(discord: FakeDiscord) -> None:
    """Each shard identifies itself, and gets its own servers."""

    class Sharded(library.AutoShardedClient):
        async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
            """Don't wait five seconds between the shards."""

    async with Sharded(intents=library.Intents(guilds=True), shard_count=2) as client:
        running = asyncio.create_task(client.start(discord.token))
        await discord.ready(2)
        assert {i.shard for i in discord.identifies} == {(0, 2), (1, 2)}
        assert client.get_guild(discord.guild_id) is not None
        await client.close()
        await running


async def test_the_server_comes_back_where_it_was(discord: FakeDiscord, bot: SampleBot) -> None:
    """After a restart, it has the same address and state."""
    await channel_of(bot, discord).send("before")
    await discord.stop()
    address = discord.url
    await discord.start()
    assert discord.url == address
    await channel_of(bot, discord).send("after")
    assert [m.content for m in discord.messages()] == ["before", "after"]
