"""`python -m bot check` reports problems and changes nothing at Discord."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from data import move_record, server_policies
from data.migrations_runner import load_migrations, migrate
from data.move_record import Departure
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import environment

NOBODY = "http://127.0.0.1:1"
"""A port without a listener."""

NEEDED = {
    "View Channel": 10,
    "Send Messages": 11,
    "Embed Links": 14,
    "Attach Files": 15,
    "Read Message History": 16,
    "Send Messages in Threads": 38,
}
"""The permissions for posting movies, and their bits in Discord's own table."""

FIX = "Fix the problems above, then run the check again."


@pytest.fixture
def discord(discord: FakeDiscord) -> Iterator[FakeDiscord]:
    """A fake Discord without a gateway connection."""
    yield discord
    assert discord.identifies == (), "a check spends no IDENTIFY"
    assert {request.method for request in discord.requests} <= {"GET"}, "a check registers and posts nothing"


@pytest.fixture
def api(api: ManualSamsar) -> Iterator[ManualSamsar]:
    """A movie API from which nothing is ordered."""
    yield api
    assert api.orders == [], "a check orders nothing"


async def checked(
    workdir: Path, env: dict[str, str], url: str, *, secrets: tuple[str, ...] = ("DISCORD_TOKEN", "SAMSAR_API_KEY")
) -> tuple[int, list[str]]:
    """Run the check; return its exit status and its lines.

    The lines contain no secret.
    """
    async with BotProcess(url, workdir=workdir, env=env, args=("check",)) as bot:
        status = await bot.wait_exit(timeout=10)
    output = "\n".join([*bot.stdout, *bot.stderr])
    assert "Traceback" not in output
    for name in secrets:
        assert env[name] not in output
    assert bot.stderr == []
    return status, bot.stdout


def wrong(lines: list[str]) -> list[str]:
    """Return the lines of problems, which begin with their verdict."""
    assert lines[-1] == FIX
    return [line for line in lines if line.startswith("fail ")]


async def test_all_in_order(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """The status is 0, and the last line names the next step."""
    status, lines = await checked(tmp_path, environment(discord, api), discord.url)
    assert status == 0
    assert [line.partition(": ")[0] for line in lines if line.startswith("ok ")] == [
        "ok    Settings",
        "ok    Port",
        "ok    Files",
        "ok    Catalogue",
        "ok    Styles",
        "ok    Prompt filter",
        "ok    Database",
        "ok    Privacy",
        "ok    Discord",
        "ok    Samsar API",
    ]
    reached = f"ok    Samsar API: {api.base_url} is reachable and is version 2025-03, key accepted, 4,200 credits left"
    assert reached in lines
    assert lines[-1] == "All checks passed. Start the bot: python -m bot"


async def test_the_servers_that_the_bot_serves_are_ready_to_paste(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """Without this list, anyone can invite the bot."""
    ids = ",".join(sorted(str(guild) for guild in discord.state.guilds))
    env = environment(discord, api, SERVER_MONTHLY_CREDITS="")
    _, lines = await checked(tmp_path, env, discord.url)
    shown = [line.strip() for line in lines]
    assert f"ALLOWED_SERVERS={ids}" in shown
    assert any(line.startswith("It serves every server") and "2,000 credits" in line for line in shown)
    assert any("switch Public Bot off" in line for line in shown)
    assert "3 such servers can spend your whole plan, and one person can have several" in shown
    for guild in discord.state.guilds.values():
        assert f"It is in {guild.name} ({guild.id})" in shown, "so that a stranger's server is recognized"
    _, lines = await checked(tmp_path, environment(discord, api, ALLOWED_SERVERS="1"), discord.url)
    assert [line.strip() for line in lines if "so the bot will leave it" in line] == [
        f"It is in {guild.name} ({guild.id}), which isn't in ALLOWED_SERVERS, so the bot will leave it"
        for guild in discord.state.guilds.values()
    ]


async def test_a_private_bot_in_many_servers_lists_them_all(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """Discord lists 200 servers at a time."""
    discord.state.bot_public = False
    for number in range(201):
        discord.state.add_guild(f"Cinema {number}", discord.owner_id)
    status, lines = await checked(tmp_path, environment(discord, api), discord.url)
    assert status == 0
    ids = ",".join(map(str, sorted(discord.state.guilds)))
    assert {"      Only you can invite it (Public Bot is off)", f"      ALLOWED_SERVERS={ids}"} <= {*lines}


async def test_the_invite_link_asks_for_what_is_needed(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """It names the bot, its commands and the required permissions."""
    _, lines = await checked(tmp_path, environment(discord, api), discord.url)
    (link,) = (line.strip() for line in lines if "https://discord.com" in line)
    query = parse_qs(urlsplit(link).query)
    assert urlsplit(link).path == "/oauth2/authorize"
    assert query["client_id"] == [str(discord.state.application_id)]
    assert set(query["scope"][0].split()) == {"bot", "applications.commands"}
    assert int(query["permissions"][0]) == sum(1 << bit for bit in NEEDED.values())


async def test_a_wrong_token(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """Discord rejects the token.

    The line says where to get another, and the other checks run.
    """
    env = environment(discord, api, DISCORD_TOKEN="MTIzNDU2.wrong-token.from-elsewhere")
    status, lines = await checked(tmp_path, env, discord.url)
    assert status == 1
    (line,) = wrong(lines)
    assert line.startswith("fail  Discord: Discord rejected DISCORD_TOKEN. Copy the token from the developer portal")
    assert any(line.startswith("ok    Samsar API: ") for line in lines)


async def test_a_wrong_key(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """The API answers 401.

    The line says where to get another key.
    """
    env = environment(discord, api, SAMSAR_API_KEY="another-key-9876543210")
    status, lines = await checked(tmp_path, env, discord.url)
    assert status == 1
    assert wrong(lines) == [
        "fail  Samsar API: The API rejected the key. Copy it from your Samsar dashboard into SAMSAR_API_KEY."
    ]


async def test_unreachable_services_are_both_named(discord: FakeDiscord, tmp_path: Path) -> None:
    """Each line says what to check."""
    status, lines = await checked(tmp_path, environment(discord), NOBODY)
    assert status == 1
    at_discord, at_api = wrong(lines)
    assert at_discord.startswith("fail  Discord: Can't reach Discord (")
    assert at_discord.endswith("). Check your network and discordstatus.com.")
    assert at_api.startswith(f"fail  Samsar API: Can't reach {NOBODY}/v1/video/ (")
    assert at_api.endswith("). Check SAMSAR_BASE_URL and your network.")


@pytest.mark.parametrize(
    ("fault", "why"),
    [({"status": 403}, "403 Forbidden"), ({"cut": "after"}, "Server disconnected")],
    ids=["403", "cut"],
)
async def test_discord_that_refuses_or_hangs_up_is_told_with_why(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, fault: dict[str, Any], why: str
) -> None:
    discord.fail("GET", "/users/@me", times=None, **fault)
    status, lines = await checked(tmp_path, environment(discord, api), discord.url)
    assert status == 1
    (line,) = wrong(lines)
    assert line.startswith(f"fail  Discord: Can't reach Discord ({why}")


async def test_an_address_that_is_not_the_apis(discord: FakeDiscord, tmp_path: Path) -> None:
    env = environment(discord, SAMSAR_BASE_URL=f"{discord.url}/elsewhere")
    status, lines = await checked(tmp_path, env, discord.url)
    assert status == 1
    (line,) = wrong(lines)
    assert line.startswith(f"fail  Samsar API: Unexpected answer from {discord.url}/elsewhere/: ")


async def test_a_broken_catalogue_styles_and_database(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """All problems appear at once, with place and reason."""
    (tmp_path / "models.toml").write_text("# ours\nthis is wrong\n", encoding="utf-8")
    (tmp_path / "rules.txt").write_text("fine\nb*d\n@de/fun\n", encoding="utf-8")
    paths = {"CATALOGUE_PATH": "models.toml", "STYLES_PATH": "absent.toml", "PROMPT_FILTER_PATH": "rules.txt"}
    env = environment(discord, api, **paths, DATABASE_URL="sqlite:////proc/movies.db")
    status, lines = await checked(tmp_path, env, discord.url)
    assert status == 1
    catalogue, styles, rule, preset, database = wrong(lines)
    assert rule.startswith("fail  Prompt filter: rules.txt line 2: the rule has a star inside a word")
    assert preset.startswith("fail  Prompt filter: rules.txt line 3: there is no preset de/fun.")
    assert styles.startswith("fail  Styles: absent.toml can't be read: ")
    assert catalogue.startswith("fail  Catalogue: models.toml: ")
    assert "line 2" in catalogue
    assert database == ("fail  Database: DATABASE_URL: can't write to /proc: No such file or directory")


async def test_a_host_that_wipes_its_disk_is_told_before_the_first_start(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The line is that of a start."""
    status, lines = await checked(tmp_path, environment(discord, api, DYNO="worker.1"), discord.url)
    assert status == 1
    (line,) = wrong(lines)
    assert line.startswith("fail  Database: This host has no persistent disk")


async def test_a_database_that_the_bot_cannot_write_to_is_told(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The check writes, and one table is missing."""
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE key_value")
    env = environment(discord, api, DATABASE_URL="sqlite:///movies.db")
    status, lines = await checked(tmp_path, env, discord.url)
    assert status == 1
    (line,) = wrong(lines)
    assert line.startswith("fail  Database: ")
    assert "key_value" in line


async def test_wrong_settings_do_not_hide_the_rest(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """Other checks run, and the status is a start's, 2."""
    env = environment(discord, api, DISCORD_TOKEN="", PORT="80a", CATALOGUE_PATH="models.toml")
    status, lines = await checked(tmp_path, env, discord.url, secrets=("SAMSAR_API_KEY",))
    assert status == 2
    assert wrong(lines)[:2] == [
        "fail  Settings: DISCORD_TOKEN is empty. Put it in .env (copy .env.example) or in the environment.",
        "fail  Settings: PORT must be a whole number (currently '80a').",
    ]
    assert wrong(lines)[2].startswith("fail  Catalogue: models.toml")
    assert [line.partition(": ")[0] for line in lines if line.startswith("ok ")] == [
        "ok    Files",
        "ok    Styles",
        "ok    Prompt filter",
        "ok    Database",
        "ok    Privacy",
        "ok    Samsar API",
    ]
    assert [line for line in lines if line.startswith("skip ")] == [
        "skip  Port: needs a valid PORT",
        "skip  Discord: needs a valid DISCORD_TOKEN",
    ]


async def test_without_any_settings_both_secrets_are_asked_for(tmp_path: Path) -> None:
    """Settings with defaults are checked all the same."""
    status, lines = await checked(tmp_path, {}, NOBODY, secrets=())
    assert status == 2
    assert [line.rpartition(": needs a valid ")[2] for line in lines if line.startswith("skip ")] == [
        "DISCORD_TOKEN",
        "SAMSAR_API_KEY",
    ]
    assert len(wrong(lines)) == 2


async def test_ctrl_c_ends_a_check(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """The status is 130, and no traceback is printed."""
    discord.fail("GET", "/users/@me", hold=asyncio.Event())
    async with BotProcess(discord.url, workdir=tmp_path, env=environment(discord, api), args=("check",)) as bot:
        await discord.wait_for_request("GET", "/users/@me")
        bot.interrupt()
        assert await bot.wait_exit(timeout=10) == 130
    assert bot.stderr == []


async def test_a_check_can_be_repeated(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """No check creates a database."""
    env = environment(discord, api, DATABASE_URL="sqlite:///var/data/movies.db")
    for _ in range(2):
        status, lines = await checked(tmp_path, env, discord.url)
        assert status == 0
        assert "ok    Database: var/data/movies.db will be created on first start" in lines
    assert not (tmp_path / "var" / "data" / "movies.db").exists()


async def test_a_pause_of_all_orders_is_told(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """The check passes, because the pause is intended."""
    env = environment(discord, api)
    migrated_file.create(tmp_path / "movies.db")
    env["DATABASE_URL"] = f"sqlite:///{tmp_path / 'movies.db'}"
    database = await SqliteDatabase.open(tmp_path / "movies.db")
    await database.write(server_policies.set_paused, 1_794_312_000_000, paused=True)
    await database.close()
    status, lines = await checked(tmp_path, env, discord.url)
    assert status == 0
    assert "      Orders have been paused since 2026-11-10 12:00:00 UTC. To resume: python -m bot resume" in lines


async def test_a_database_of_the_first_version_passes(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """Tables that only the upgrade creates are not read."""
    env = environment(discord, api)
    migrate(tmp_path / "movies.db", load_migrations()[:1])
    env["DATABASE_URL"] = f"sqlite:///{tmp_path / 'movies.db'}"
    status, lines = await checked(tmp_path, env, discord.url)
    [line] = [each for each in lines if "Database:" in each]
    assert "; the next start upgrades it (0002" in line
    assert status == 0


async def test_a_database_that_was_moved_is_told(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """The bot would not start on it."""
    env = environment(discord, api)
    migrated_file.create(tmp_path / "movies.db")
    env["DATABASE_URL"] = f"sqlite:///{tmp_path / 'movies.db'}"
    database = await SqliteDatabase.open(tmp_path / "movies.db")
    await database.write(move_record.set_departure, Departure("1", "elsewhere", 1_794_312_000_000, complete=True))
    await database.close()
    status, lines = await checked(tmp_path, env, discord.url)
    assert status == 1
    (line,) = wrong(lines)
    assert line.startswith("fail  Database: This database was moved to elsewhere (2026-11-10 12:00 UTC)")


async def test_discord_that_asks_for_minutes_is_not_waited_for(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """A rate limit of five minutes is reported at once."""
    discord.fail("GET", "/users/@me", status=429, retry_after=300.0)
    status, lines = await checked(tmp_path, environment(discord, api), discord.url)
    assert status == 1
    (line,) = wrong(lines)
    assert line.startswith("fail  Discord: Can't reach Discord (Too many requests. Retry in 300")


async def test_a_port_and_addresses_that_give_secrets_away_are_told(discord: FakeDiscord, tmp_path: Path) -> None:
    """They are a callback URL without a listener, and http:// with secrets."""
    env = environment(discord, PUBLIC_URL="http://bot.example.org", SAMSAR_BASE_URL="http://203.0.113.5:1/v1/")
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO\n", encoding="utf-8")
    status, lines = await checked(tmp_path, env, NOBODY)
    assert status == 1
    assert [line for line in wrong(lines) if line.startswith("fail  Port")] == [
        "fail  Port: PUBLIC_URL is set, but nothing listens for callbacks. Set PORT, or remove PUBLIC_URL.",
        "fail  Port: PUBLIC_URL sends the secret in each callback's address unencrypted. Use https://.",
        "fail  Port: SAMSAR_BASE_URL sends the API key unencrypted. Use https://.",
    ]


@pytest.mark.parametrize("mode", [0o644, 0o602])
async def test_files_that_everyone_can_read_or_write_are_told(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, mode: int
) -> None:
    """The line has the command that closes them.

    A group may have access on purpose.
    """
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:///movies.db\n", encoding="utf-8")
    for file in (path, tmp_path / ".env"):
        file.chmod(mode)
    status, lines = await checked(tmp_path, environment(discord, api), discord.url)
    assert status == 1
    assert wrong(lines) == [
        (
            f"fail  Files: {file} contains {what}, and every user of this machine can read or change it."
            f" Run: chmod 600 {file}"
        )
        for file, what in ((".env", "the token and the key"), ("movies.db", "prompts and links"))
    ]
    for file in (path, tmp_path / ".env"):
        file.chmod(0o640)
    assert (await checked(tmp_path, environment(discord, api), discord.url))[0] == 0
