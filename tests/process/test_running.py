"""The real process works, stops, and continues after a restart."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.domain.language import Language
from bot.locales.texts import texts_in
from bot.sandbox.fault_injection import Route
from tests.helpers.expected_text import ENGLISH, cost_text, notification_text
from tests.helpers.fake_discord.faults import Phase, Refuse, StopHeartbeats
from tests.helpers.fake_discord.models import Message, walk_components
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.settings import KEY
from tests.process.bot_process import ENDS_WITHIN, MOVIE, matinee


async def ordered(discord: FakeDiscord, api: ManualSamsar) -> tuple[int, str]:
    """Order a movie, and return its card's id and request id."""
    await discord.ready()
    before = len(api.orders)
    answer = await discord.slash(discord.user_id, "movie", MOVIE)
    request_id = f"movie-{before + 1}"
    await api.polled(request_id)
    assert answer.message_id is not None
    return answer.message_id, request_id


async def posted(discord: FakeDiscord, url: str) -> Message:
    """Wait for the message that brings a movie."""
    return await discord.wait_for_message(lambda m: url in m.content, what=f"a message with {url}")


def field(embed: dict[str, object], name: str) -> str:
    """Return the value of an embed's field."""
    fields = embed["fields"]
    assert isinstance(fields, list)
    return next(f["value"] for f in fields if f["name"] == name)


async def stopped(bot: BotProcess) -> None:
    """Stop the bot as a host does, and check its exit."""
    bot.terminate()
    assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log


async def test_a_movie_is_made(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """It is ordered once, and replaces its card."""
    async with matinee(discord, api, tmp_path) as bot:
        card_message_id, request_id = await ordered(discord, api)
        (card,) = discord.message(card_message_id).embeds
        assert "a red boat" in card["description"]
        assert field(card, "Cost") == cost_text(JobState.QUEUED, 120)
        assert field(card, ENGLISH("cards-requester-field")) in {"Ada", f"<@{discord.user_id}>"}
        api.finish(request_id)
        movie = await posted(discord, api.movie_url(request_id))
        await discord.until(lambda: [each.id for each in discord.messages()] == [movie.id])
        await stopped(bot)
    (order,) = api.orders
    assert (order["input"]["prompt"], order["input"]["duration"]) == ("a red boat", 12)


async def test_a_first_connection_that_fails_is_tried_again(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The gateway is down during the start."""
    broken = discord.break_gateway(Phase.CONNECT, Refuse(), times=1)
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready(timeout=20)
        assert broken.hits == 1
        await stopped(bot)


async def test_a_finished_movie_is_posted_for_the_requester(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """One message with the link mentions only the requester."""
    async with matinee(discord, api, tmp_path):
        _, request_id = await ordered(discord, api)
        api.finish(request_id)
        message = await posted(discord, api.movie_url(request_id))
    sent = await discord.wait_for_request("POST", f"/channels/{discord.channel_id}/messages")
    assert message.content.startswith(f"<@{discord.user_id}> ")
    assert message.content.splitlines()[-1] == api.movie_url(request_id)
    assert message.nonce
    assert sent.json["enforce_nonce"] is True
    allowed = sent.json["allowed_mentions"]
    assert (allowed.get("parse", []), allowed["users"]) == ([], [discord.user_id])
    assert not allowed.get("roles")
    links = [c["url"] for c in walk_components(message.components) if "url" in c]
    assert links == [f"https://app.samsar.one/video/{request_id}"]


async def test_a_member_reads_and_is_answered_in_their_language(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The member's language counts, not the server's, in commands and answers."""
    users, guilds, german = discord.state.users, discord.state.guilds, texts_in(Language.GERMAN)
    users[discord.user_id] = replace(users[discord.user_id], locale="de")
    guilds[discord.guild_id] = replace(guilds[discord.guild_id], locale="fr")
    async with matinee(discord, api, tmp_path):
        await discord.ready()
        commands = await discord.until(discord.commands, what="commands")
        described = {each["name"]: each["description_localizations"]["de"] for each in commands if each["type"] == 1}
        assert described["credits"] == german("commands-credits")
        account = await discord.slash(discord.user_id, "credits")
    assert field(account.embeds[0], german("credits-receipts-field")) == german("credits-no-receipts")


async def test_credits_are_right(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """/credits shows what is held, and then used."""
    async with matinee(discord, api, tmp_path):
        _, request_id = await ordered(discord, api)
        held = await discord.slash(discord.user_id, "credits")
        assert held.ephemeral
        assert field(held.embeds[0], ENGLISH("credits-used-field")).startswith("0 credits")
        assert field(held.embeds[0], ENGLISH("credits-on-hold-field")).startswith("120 credits")
        api.finish(request_id)
        await posted(discord, api.movie_url(request_id))
        used = await discord.slash(discord.user_id, "credits")
    assert field(used.embeds[0], ENGLISH("credits-used-field")).startswith("120 credits")
    assert field(used.embeds[0], ENGLISH("credits-on-hold-field")).startswith("0 credits")
    assert "**480 credits** left" in used.embeds[0]["description"]


@pytest.mark.parametrize("how", ["terminate", "interrupt"])
async def test_it_ends_when_it_is_asked_to(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, how: str) -> None:
    """SIGTERM and SIGINT end an idle bot with status 0."""
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready()
        getattr(bot, how)()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0
        await discord.ready(0)
    assert "Traceback" not in "\n".join(bot.stderr)


async def test_sigint_ends_it_although_it_was_ignored_at_the_start(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """`nohup python -m bot &` does so."""
    async with matinee(discord, api, tmp_path, LOOPBACK_IGNORES_SIGINT="1") as bot:
        await discord.ready()
        bot.interrupt()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0


@pytest.mark.parametrize("how", ["terminate", "interrupt"])
async def test_it_ends_while_discord_refuses_it(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, how: str
) -> None:
    """The gateway accepts no connection meanwhile."""
    refusal = discord.break_gateway(Phase.CONNECT, Refuse(), times=None)
    async with matinee(discord, api, tmp_path) as bot:
        await bot.wait_for_line("[Aa]ttempting a reconnect|Cannot connect|Traceback")
        getattr(bot, how)()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0
    assert refusal.hits >= 1


async def test_it_ends_while_discord_is_silent(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """The gateway sends nothing, not even a close."""
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready()
        for connection in discord._gateway._connections:
            connection._transport.pause_reading()
        await stopped(bot)


async def test_it_ends_before_the_login(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """Discord does not answer the login."""
    discord.fail("GET", "/users/@me", hold=asyncio.Event())
    async with matinee(discord, api, tmp_path) as bot:
        await discord.wait_for_request("GET", "/users/@me")
        await stopped(bot)


async def test_it_ends_before_it_is_ready(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """The gateway does not answer the IDENTIFY."""
    discord.break_gateway(Phase.IDENTIFY, StopHeartbeats())
    async with matinee(discord, api, tmp_path) as bot:
        await discord.until(lambda: discord.identifies, what="an IDENTIFY")
        await stopped(bot)


async def test_it_ends_in_the_middle_of_its_work(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """After the next start, no order is lost or duplicated."""
    async with matinee(discord, api, tmp_path) as bot:
        _, request_id = await ordered(discord, api)
        discord.fail("POST", "/channels/**", at="after", hold=asyncio.Event())
        api.finish(request_id)
        await posted(discord, api.movie_url(request_id))
        unanswered = api.hold(Route.CREATE)
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.ordered(2)
        await stopped(bot)
    assert "Traceback" not in "\n".join(bot.stderr)
    unanswered.set()
    async with matinee(discord, api, tmp_path) as bot:
        await discord.wait_for_message(lambda m: notification_text(NotificationType.UNKNOWN) in m.content)
        await discord.wait_for_request("POST", "/channels/*/messages", n=3)
        await stopped(bot)
    assert len([m for m in discord.messages() if api.movie_url(request_id) in m.content]) == 1
    assert len(api.orders) == 2


async def test_a_movie_goes_on_after_a_restart(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """It is polled on and posted once."""
    async with matinee(discord, api, tmp_path) as bot:
        _, request_id = await ordered(discord, api)
        await stopped(bot)
    api.finish(request_id)
    async with matinee(discord, api, tmp_path) as bot:
        await posted(discord, api.movie_url(request_id))
        await stopped(bot)
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready()
        used = await discord.slash(discord.user_id, "credits")
        await stopped(bot)
    assert field(used.embeds[0], ENGLISH("credits-used-field")).startswith("120 credits")
    assert len([m for m in discord.messages() if api.movie_url(request_id) in m.content]) == 1
    assert [r.path for r in discord.requests if r.method == "POST" and r.path.endswith("/messages")] == [
        f"/channels/{discord.channel_id}/messages"
    ]
    assert len(api.orders) == 1


async def test_commands_are_registered_once(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """A second start with the same commands registers nothing."""
    for _ in range(2):
        async with matinee(discord, api, tmp_path) as bot:
            await discord.ready()
            await discord.wait_for_request("PUT", "/applications/*/commands")
            await stopped(bot)
    assert [r.path for r in discord.requests if r.method == "PUT"] == [
        f"/applications/{discord.state.application_id}/commands"
    ]
    assert {"movie", "credits"} <= {c["name"] for c in discord.commands()}


async def test_it_starts_although_its_commands_are_not_registered(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """A possible cause is Discord's daily limit.

    Paid movies continue, and the operator reads why.
    """
    discord.fail("PUT", "/applications/**", status=400, code=30034)
    async with matinee(discord, api, tmp_path) as bot:
        await bot.wait_for_line("command_sync_failed")
        await discord.ready()
        await stopped(bot)
    assert "Traceback" not in "\n".join(bot.stderr)


async def test_it_ends_quietly_while_it_registers_its_commands(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """Discord has not answered yet, so the next start registers them."""
    discord.fail("PUT", "/applications/**", hold=asyncio.Event())
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready()
        await discord.wait_for_request("PUT", "/applications/*/commands")
        await stopped(bot)
    log = "\n".join(bot.stderr)
    assert [name for name in ("command_sync_failed", "upkeep_ended", "Traceback") if name in log] == []
    async with matinee(discord, api, tmp_path) as bot:
        await bot.wait_for_line("commands_synced")
        await stopped(bot)
    assert {"movie", "credits"} <= {c["name"] for c in discord.commands()}


async def trouble(discord: FakeDiscord, api: ManualSamsar) -> None:
    """Cause every logged problem, while a movie is made."""
    await discord.ready()
    discord.fail("POST", "/interactions/**", status=404, code=10062)
    await discord.send_slash(discord.user_id, "movie", MOVIE)
    await discord.wait_for_request("POST", "/interactions/**", n=1)
    discord.fail("POST", "/interactions/**", cut="before")
    await discord.send_slash(discord.user_id, "credits")
    await discord.wait_for_request("POST", "/interactions/**", n=2)
    discord.fail("POST", "/interactions/**", status=429, retry_after=0.01)
    discord.fail("PATCH", "/channels/**", status=429, retry_after=0.01)
    discord.fail("POST", "/channels/**", status=403, code=50013)
    _, request_id = await ordered(discord, api)
    api.finish(request_id)
    await posted(discord, api.movie_url(request_id))
    await discord.drop(4000)
    await discord.ready()


@pytest.mark.parametrize("log_format", ["console", "json"])
async def test_no_secret_is_logged(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, log_format: str) -> None:
    """The log is at DEBUG, and many things fail.

    A logged error quotes the token and the key.
    """
    discord.fail("GET", "/users/@me", status=503, message=f"neither {discord.token} nor {KEY}")
    async with matinee(discord, api, tmp_path, LOG_LEVEL="DEBUG", LOG_FORMAT=log_format) as bot:
        await bot.wait_for_line("login_failed")
        await trouble(discord, api)
        await stopped(bot)
    output = "\n".join([*bot.stdout, *bot.stderr])
    tokens = {r.path.split("/")[3] for r in discord.requests if r.path.startswith("/interactions/")}
    assert len(tokens) == 3
    assert [secret for secret in (discord.token, KEY, *tokens) if secret in output] == []
    assert "neither" in output
    assert "response_unconfirmed" in output
    assert "command_failed" in output


async def test_json_logs_are_one_object_a_line(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """Each line has its level, logger, time and exception."""
    async with matinee(discord, api, tmp_path, LOG_FORMAT="json") as bot:
        await trouble(discord, api)
        await stopped(bot)
    assert bot.stdout == []
    entries = [json.loads(line) for line in bot.stderr]
    assert all({"event", "level", "logger", "timestamp"} <= set(entry) for entry in entries)
    assert any("Traceback" in entry.get("exception", "") for entry in entries)
    assert {"job_submitted", "job_completed"} <= {entry["event"] for entry in entries}


async def test_a_movie_is_made_after_a_press_of_refresh_link(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The button and the poll loop share the API client."""
    async with matinee(discord, api, tmp_path) as bot:
        _, request_id = await ordered(discord, api)
        api.finish(request_id)
        movie = await posted(discord, api.movie_url(request_id))
        pressed = await discord.send_component(discord.user_id, movie.id, ENGLISH("buttons-new-link-button"))
        await pressed.answered()
        await discord.wait_for_message(
            lambda m: m.interaction_id == pressed.id and ENGLISH("buttons-new-link") in m.content, what="the fresh link"
        )
        _, request_id = await ordered(discord, api)
        api.finish(request_id)
        await posted(discord, api.movie_url(request_id))
        await stopped(bot)
    assert len(api.orders) == 2
