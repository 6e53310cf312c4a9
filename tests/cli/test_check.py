"""`check` reports problems and changes nothing at Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from psycopg.conninfo import conninfo_to_dict

from data import server_policies
from data.database import Database
from data.engine import move_record
from data.engine.move_record import Departure
from data.storage import engines
from tests.helpers import later_version, migrated_file
from tests.helpers.clock import START
from tests.helpers.command_line import check
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import execute
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.settings import CATALOGUE
from tests.process.bot_process import environment

NEEDED = {
    "View Channel": 10,
    "Send Messages": 11,
    "Embed Links": 14,
    "Attach Files": 15,
    "Read Message History": 16,
    "Send Messages in Threads": 38,
}
"""The permissions for posting movies, and their bits in Discord's own table."""


@pytest.fixture
def api(api: ManualSamsar) -> Iterator[ManualSamsar]:
    yield api
    assert api.orders == [], "a check orders nothing"


Checked = Callable[..., Awaitable[tuple[int, list[str]]]]


@pytest.fixture
def checked(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> Checked:
    """Checks a setup that is right but for what the test adds."""
    return lambda since="", **settings: check(tmp_path, discord, environment(discord, api, **settings), since)


def named(lines: list[str], verdict: str) -> list[str]:
    found = [line.removeprefix(f"{verdict:<6}") for line in lines if line.startswith(f"{verdict:<6}")]
    return [line.partition(": ")[0] for line in found] if verdict == "ok" else found


async def test_all_in_order(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, checked: Checked) -> None:
    env = {"DATABASE_URL": "sqlite:///var/data/movies.db"}
    assert (await checked(**env))[0] == 0
    status, lines = await checked(**env)
    assert status == 0
    assert "ok    Database: var/data/movies.db will be created on first start" in lines
    assert not (tmp_path / "var" / "data" / "movies.db").exists()
    assert named(lines, "ok") == [
        *("Settings", "Port", "Files", "Catalogue", "Styles", "Prompt filter", "Database", "Privacy", "Discord"),
        "Samsar API",
    ]
    reached = f"ok    Samsar API: {api.base_url} is reachable and is version 2025-03, key accepted, 4,200 credits left"
    assert reached in lines
    (link,) = (line.strip() for line in lines if "https://discord.com" in line)
    asked = parse_qs(urlsplit(link).query)
    assert urlsplit(link).path == "/oauth2/authorize"
    assert asked["client_id"] == [str(discord.state.application_id)]
    assert set(asked["scope"][0].split()) == {"bot", "applications.commands"}
    assert int(asked["permissions"][0]) == sum(1 << bit for bit in NEEDED.values())


async def test_the_servers_that_the_bot_serves_are_ready_to_paste(discord: FakeDiscord, checked: Checked) -> None:
    """Without this list, anyone can invite the bot. Discord lists 200 servers at a time."""
    _, lines = await checked(SERVER_MONTHLY_CREDITS="")
    shown = [line.strip() for line in lines]
    assert f"ALLOWED_SERVERS={','.join(map(str, sorted(discord.state.guilds)))}" in shown
    assert any(line.startswith("It serves every server") and "2,000 credits" in line for line in shown)
    assert any("switch Public Bot off" in line for line in shown)
    assert "3 such servers can spend your whole plan, and one person can have several" in shown
    _, lines = await checked(ALLOWED_SERVERS="1")
    assert [line.strip() for line in lines if "so the bot will leave it" in line] == [
        f"It is in {guild.name} ({guild.id}), which isn't in ALLOWED_SERVERS, so the bot will leave it"
        for guild in discord.state.guilds.values()
    ]
    discord.state.bot_public = False
    for number in range(201):
        discord.state.add_guild(f"Cinema {number}", discord.owner_id)
    _, lines = await checked()
    ids = ",".join(map(str, sorted(discord.state.guilds)))
    assert {"      Only you can invite it (Public Bot is off)", f"      ALLOWED_SERVERS={ids}"} <= {*lines}


REJECTED = "Discord: Discord rejected the token (DISCORD_TOKEN). Copy it from the developer portal"
CANT_REACH = "Discord: Can't reach Discord"


@pytest.mark.parametrize(
    ("given", "fault", "told"),
    [
        ({"DISCORD_TOKEN": "MTIzNDU2.wrong-token.from-elsewhere"}, {}, REJECTED),
        ({}, {"status": 403, "times": None}, f"{CANT_REACH} (403 Forbidden"),
        ({}, {"cut": "after", "times": None}, f"{CANT_REACH} (Server disconnected"),
        ({}, {"status": 429, "retry_after": 300.0}, f"{CANT_REACH} (Too many requests. Retry in 300"),
        (
            {"SAMSAR_API_KEY": "another-key-9876543210"},
            {},
            "Samsar API: The API rejected the key (SAMSAR_API_KEY). Copy it from your Samsar dashboard.",
        ),
        ({"SAMSAR_BASE_URL": "{discord}/elsewhere"}, {}, "Samsar API: Unexpected answer from {discord}/elsewhere/: "),
        ({"DYNO": "worker.1"}, {}, "Database: This host has no persistent disk"),
        ({"DATABASE_URL": "sqlite:////proc/movies.db"}, {}, "Database: DATABASE_URL: can't write to /proc: No such"),
    ],
    ids=["token", "403", "cut", "429", "key", "address", "host", "folder"],
)
async def test_a_problem_is_one_line_with_what_to_do(
    discord: FakeDiscord, checked: Checked, given: dict[str, str], fault: dict[str, Any], told: str
) -> None:
    if fault:
        discord.fail("GET", "/users/@me", **fault)
    own = {name: value.format(discord=discord.url) for name, value in given.items()}
    status, lines = await checked(**own)
    assert status == 1
    [line] = named(lines, "fail")
    assert line.startswith(told.format(discord=discord.url))
    assert len(named(lines, "ok")) == 9


async def test_all_problems_of_files_appear_at_once_with_place_and_reason(tmp_path: Path, checked: Checked) -> None:
    (tmp_path / "models.toml").write_text("# ours\nthis is wrong\n", encoding="utf-8")
    (tmp_path / "rules.txt").write_text("fine\nb*d\n@de/fun\n", encoding="utf-8")
    paths = {"CATALOGUE_PATH": "models.toml", "STYLES_PATH": "absent.toml", "PROMPT_FILTER_PATH": "rules.txt"}
    _, lines = await checked(**paths)
    catalogue, styles, rule, preset = named(lines, "fail")
    assert rule.startswith("Prompt filter: rules.txt line 2: the rule has a star inside a word")
    assert preset.startswith("Prompt filter: rules.txt line 3: there is no preset de/fun.")
    assert styles == "Styles: absent.toml can't be read: No such file or directory. Check STYLES_PATH."
    assert catalogue.startswith("Catalogue: models.toml: ")
    assert "line 2" in catalogue


async def test_a_port_and_addresses_that_give_secrets_away_are_told(tmp_path: Path, checked: Checked) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO\n", encoding="utf-8")
    _, lines = await checked(PUBLIC_URL="http://bot.example.org", SAMSAR_BASE_URL="http://203.0.113.5:1/v1/")
    assert [line for line in named(lines, "fail") if line.startswith("Port")] == [
        "Port: PUBLIC_URL is set, but nothing listens for callbacks. Set PORT, or remove PUBLIC_URL.",
        "Port: PUBLIC_URL sends the secret in each callback's address unencrypted. Use https://.",
        "Port: SAMSAR_BASE_URL sends the API key unencrypted. Use https://.",
    ]


async def test_files_that_everyone_can_read_or_write_are_told(tmp_path: Path, checked: Checked) -> None:
    """A group may have access on purpose."""
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:///movies.db\n", encoding="utf-8")
    env = {"DATABASE_URL": "sqlite:///movies.db"}
    told = [
        f"Files: {file} contains {what}, and every user of this machine can read or change it. Run: chmod 600 {file}"
        for file, what in ((".env", "the token and the key"), ("movies.db", "prompts and links"))
    ]
    for mode, expected in ((0o644, told), (0o602, told), (0o640, [])):
        for file in (path, tmp_path / ".env"):
            file.chmod(mode)
        _, lines = await checked(**env)
        assert named(lines, "fail") == expected, oct(mode)


async def test_a_database_is_tried(tmp_path: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    later_version.begin(monkeypatch, tmp_path)
    env = {"DATABASE_URL": "sqlite:///movies.db"}
    status, lines = await checked(**env)
    [line] = [each for each in lines if each.startswith("ok    Database: ")]
    assert status == 0
    assert line.endswith(f"movies.db is readable and writable; the next start upgrades it ({later_version.NAME})")
    execute(path, "DROP TABLE key_value")
    status, lines = await checked(**env)
    [told] = named(lines, "fail")
    assert (status, told.startswith("Database: ")) == (1, True)
    assert "key_value" in told


async def test_a_pause_and_a_move_are_told(checked: Checked, empty_database: Database) -> None:
    env = {"DATABASE_URL": "sqlite:///movies.db"}
    await empty_database.write(server_policies.set_paused, paused=True)
    status, lines = await checked(**env)
    assert status == 0
    assert "      Orders have been paused since 2026-11-10 12:00:00 UTC. To resume: python -m bot resume" in lines
    await empty_database.write(move_record.set_departure, Departure("1", "elsewhere", START, complete=True))
    _, lines = await checked(**env)
    [line] = named(lines, "fail")
    assert line.startswith("Database: This database was moved to elsewhere (2026-11-10 12:00 UTC)")


async def test_a_postgresql_server_is_described_and_one_elsewhere_that_is_not_verified_is_warned_about(
    checked: Checked, postgresql_url: str
) -> None:
    """It is a warning: the network in between may be the operator's own."""
    host = f"{conninfo_to_dict(postgresql_url)['host']}"
    for url, exposed in ((postgresql_url, False), (postgresql_url.replace(host, f"{host},db.test"), True)):
        status, lines = await checked("Database", DATABASE_URL=url)
        assert status == 0
        assert lines[0].startswith(f"ok    Database: {engines.engine(url).place} (PostgreSQL ")
        assert lines[0].endswith(" ms apart) is readable and writable")
        warning = (
            "      Warning: DATABASE_URL leads to another machine without sslmode=verify-full, so others on the way"
            " could read or change what is sent. See docs/deploy/data.md"
        )
        assert (warning in lines) is exposed


async def test_wrong_settings_do_not_hide_the_rest(discord: FakeDiscord, tmp_path: Path, checked: Checked) -> None:
    status, lines = await checked(DISCORD_TOKEN="", PORT="80a", CATALOGUE_PATH="models.toml")
    assert status == 2
    empty, port, catalogue = named(lines, "fail")
    assert empty == "Settings: DISCORD_TOKEN is empty. Put it in .env (copy .env.example) or in the environment."
    assert port == "Settings: PORT must be a whole number (currently '80a')."
    assert catalogue.startswith("Catalogue: models.toml")
    assert named(lines, "ok") == ["Files", "Styles", "Prompt filter", "Database", "Privacy", "Samsar API"]
    assert named(lines, "skip") == ["Port: needs a valid PORT", "Discord: needs a valid DISCORD_TOKEN"]
    status, lines = await check(tmp_path, discord, {})
    skipped = ["Discord: needs a valid DISCORD_TOKEN", "Samsar API: needs a valid SAMSAR_API_KEY"]
    assert (status, named(lines, "skip"), len(named(lines, "fail"))) == (2, skipped, 2)


DISABLED_IMAGES = '[[image_models]]\nkey = "OLD"\nlabel = "Old"\nenabled = false\n'
STYLES = "".join(
    f'[[styles]]\nkey = "{key}"\nlabel = "{key}"\nwords = "Like ours."\nenabled = {enabled}\n'
    for key, enabled in (("noir", "true"), ("house", "false"))
)
MEANINGS: tuple[tuple[Mapping[str, str], str], ...] = (
    (
        {},
        """\
ok    Port: closed (PORT is empty)
ok    Catalogue: enabled models: 5 video, 2 image
      A movie with all defaults costs 200 credits (Luma Dream Machine, 20 s)
      A month's plan of 5,000 credits pays for 25 of them
      A member's allowance of 600 credits pays for 3
ok    Styles: enabled: 10
ok    Prompt filter: none set; server managers can set their own with /setup
      the movie service's moderation is not asked about prompts (MODERATION=off)
ok    Privacy: what people write is kept for 365 days
      no privacy policy; publish yours and set PRIVACY_URL
      no terms; publish yours and set TERMS_URL""",
    ),
    (
        {
            "PORT": "8080",
            "PUBLIC_URL": "https://bot.example.org/movies",
            "PROMPT_FILTER_PATH": "rules.txt",
            "RETENTION_DAYS": "0",
            "PRIVACY_URL": "https://cinema.test/privacy",
            "TERMS_URL": "https://cinema.test/terms",
        },
        """\
ok    Port: 0.0.0.0 port 8080; the proxy in front of it must strip /movies (from PUBLIC_URL) from callbacks
ok    Prompt filter: rules that apply in every server: 2
      the movie service's moderation is not asked about prompts (MODERATION=off)
ok    Privacy: what people write is kept forever
      privacy policy: https://cinema.test/privacy
      terms: https://cinema.test/terms""",
    ),
    (
        {"MEMBER_MONTHLY_CREDITS": "599", "ALLOWED_SERVERS": "1,2,3", "SERVER_MONTHLY_CREDITS": "2000"},
        """\
      A member's allowance of 599 credits pays for 2
      Warning: That is more than a third of a member's allowance. Set MEMBER_MONTHLY_CREDITS to 600
      Warning: 3 servers with up to 2,000 credits each exceed the plan. Set SERVER_MONTHLY_CREDITS to 1666""",
    ),
    ({"PORT": "8080"}, "ok    Port: 127.0.0.1 port 8080, reachable from this machine only"),
    (
        {
            "PORT": "8080",
            "HOST": "localhost",
            "PUBLIC_URL": "http://localhost:8080",
            "CATALOGUE_PATH": "models.toml",
            "STYLES_PATH": "styles.toml",
        },
        """\
ok    Port: localhost port 8080, reachable from this machine only
ok    Catalogue: enabled models: 3 video, 1 image
ok    Styles: enabled: 1""",
    ),
)


async def test_the_lines_say_what_the_settings_mean(tmp_path: Path, checked: Checked) -> None:
    (tmp_path / "rules.txt").write_text("fine\nbad\n", encoding="utf-8")
    (tmp_path / "models.toml").write_text(f"{CATALOGUE}{DISABLED_IMAGES}", encoding="utf-8")
    (tmp_path / "styles.toml").write_text(STYLES, encoding="utf-8")
    for settings, told in MEANINGS:
        _, lines = await checked(**settings)
        assert [line for line in told.splitlines() if line not in lines] == [], settings


@pytest.mark.full  # a process
async def test_ctrl_c_ends_a_check(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    discord.fail("GET", "/users/@me", hold=asyncio.Event())
    async with BotProcess(discord.url, workdir=tmp_path, env=environment(discord, api), args=("check",)) as bot:
        await discord.wait_for_request("GET", "/users/@me")
        bot.interrupt()
        assert await bot.wait_exit(timeout=10) == 130
    assert bot.stderr == []
