"""An operator's mistake is one readable line, without secrets."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from data.connect import place_of
from data.migration_files import newest_migration
from tests.helpers.fake_discord.faults import Close, Phase
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import execute
from tests.helpers.settings import KEY
from tests.process.bot_process import environment

ROOT = Path(__file__).parent.parent.parent

NOBODY = "http://127.0.0.1:1"
"""A port without a listener."""

LOG_LINE = re.compile(r"\d{4}-\d\d-\d\dT\S+ \[\w+ *\] ")


async def ended(
    workdir: Path, env: dict[str, str], *args: str, url: str = NOBODY, secrets: tuple[str, ...] = (KEY,)
) -> tuple[int, list[str]]:
    """Start the bot; return its exit status and its error lines."""
    async with BotProcess(url, workdir=workdir, env=env, args=args) as bot:
        status = await bot.wait_exit(timeout=10)
    output = "\n".join([*bot.stdout, *bot.stderr])
    assert "Traceback" not in output
    for secret in (*secrets, env.get("DISCORD_TOKEN", KEY)):
        assert secret not in output
    assert bot.stdout == []
    return status, [line for line in bot.stderr if not LOG_LINE.match(line)]


async def test_what_is_missing_is_named_at_once(tmp_path: Path) -> None:
    """The exit status is 2."""
    assert await ended(tmp_path, {}) == (
        2,
        [
            "DISCORD_TOKEN is not set. Put it in .env (copy .env.example) or in the environment.",
            "SAMSAR_API_KEY is not set. Put it in .env (copy .env.example) or in the environment.",
        ],
    )


async def test_a_placeholder_is_no_key(discord: FakeDiscord, tmp_path: Path) -> None:
    """The API page's placeholder is rejected, without quoting the token."""
    env = environment(discord, SAMSAR_API_KEY="YOUR_ACTUAL_KEY_HERE")
    status, lines = await ended(tmp_path, env)
    assert status == 2
    assert lines == ["SAMSAR_API_KEY is still the placeholder. Replace it with your real one."]
    assert discord.requests == ()


async def test_a_broken_env_file_is_named_with_its_line(discord: FakeDiscord, tmp_path: Path) -> None:
    """The line has its number, but not its text."""
    (tmp_path / ".env").write_text(
        f'# Matinee\n\nDISCORD_TOKEN={discord.token}\n\nSAMSAR_API_KEY="{KEY}\n', encoding="utf-8"
    )
    status, lines = await ended(tmp_path, {}, secrets=(KEY, discord.token))
    assert (status, lines) == (2, [".env line 5: expected NAME=value"])


async def test_a_misspelt_name_is_told_once(discord: FakeDiscord, tmp_path: Path) -> None:
    """The name resembles a setting's.

    The right name is not reported as missing as well.
    """
    (tmp_path / ".env").write_text(f"DISCORD_TOKN={discord.token}\nSAMSAR_API_KEY={KEY}\n", encoding="utf-8")
    status, lines = await ended(tmp_path, {}, secrets=(KEY, discord.token))
    assert (status, lines) == (2, [".env line 1: unknown setting DISCORD_TOKN. Did you mean DISCORD_TOKEN?"])


@pytest.mark.parametrize("address", ["http://ada:pass@127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1/", "movies"])
async def test_an_address_that_is_none_is_named(discord: FakeDiscord, tmp_path: Path, address: str) -> None:
    """A password in it is not repeated."""
    status, lines = await ended(tmp_path, environment(discord, SAMSAR_BASE_URL=address), secrets=(KEY, "pass@"))
    assert status == 2
    echo = "" if "@" in address else f" (currently {address!r})"
    assert lines == [f"SAMSAR_BASE_URL must be a plain URL, such as https://api.samsar.one/v1/video/{echo}."]
    assert not (tmp_path / "var").exists()


async def test_a_broken_catalogue_is_named_with_its_line(discord: FakeDiscord, tmp_path: Path) -> None:
    (tmp_path / "models.toml").write_text("# ours\nthis is wrong\n", encoding="utf-8")
    status, lines = await ended(tmp_path, environment(discord, CATALOGUE_PATH="models.toml"))
    assert status == 2
    assert len(lines) == 1
    assert lines[0].startswith("models.toml: Expected '='")
    assert "line 2" in lines[0]


async def test_a_mistake_in_the_styles_is_named_with_its_line(discord: FakeDiscord, tmp_path: Path) -> None:
    """The check comes before the database is opened."""
    styles = '[[styles]]\nkey = "noir"\nlabel = ""\nwords.de = "Schwarz-Weiß."\n'
    (tmp_path / "styles.toml").write_text(styles, encoding="utf-8")
    status, lines = await ended(tmp_path, environment(discord, STYLES_PATH="styles.toml"))
    assert status == 2
    assert lines == [
        "styles.toml line 3: [[styles]] label must be a text of 1 to 100 characters",
        "styles.toml line 4: [[styles]] words needs a text for en-US",
    ]
    assert not (tmp_path / "var").exists()


async def test_a_mistake_in_the_rules_for_prompts_is_named_with_its_line(discord: FakeDiscord, tmp_path: Path) -> None:
    """The check comes before the database is opened."""
    (tmp_path / "rules.txt").write_text("fine\n\n***\n", encoding="utf-8")
    status, lines = await ended(tmp_path, environment(discord, PROMPT_FILTER_PATH="rules.txt"))
    assert (status, lines) == (2, ["rules.txt line 3: the rule has no letters"])
    assert not (tmp_path / "var").exists()


async def test_every_mistake_in_a_catalogue_is_named(discord: FakeDiscord, tmp_path: Path) -> None:
    """Each has a line of its own."""
    (tmp_path / "models.toml").write_text(
        '[[video_models]]\nkey = "LUMA"\nlabel = "Luma"\ncredits_per_second = -1\naspect_ratios = ["4:3"]\n'
        '[[image_models]]\nkey = "FLUX"\nlabel = "Flux"\n',
        encoding="utf-8",
    )
    status, lines = await ended(tmp_path, environment(discord, CATALOGUE_PATH="models.toml"))
    assert status == 2
    assert sorted(line.partition(": ")[0] for line in lines) == ["models.toml line 4", "models.toml line 5"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:////proc/nope/movies.db", "can't create {path}: No such file or directory"),
        ("sqlite:///occupied/movies.db", "can't create {path}: a file is in the way of its folder"),
        ("sqlite:///occupied/deeper/movies.db", "can't create {path}: a file is in the way of its folder"),
        ("sqlite:///folder", "can't create {path}: unable to open database file"),
        ("sqlite:///occupied", "can't use {path}: file is not a database"),
    ],
)
async def test_a_database_that_cannot_be_used_is_named(
    discord: FakeDiscord, tmp_path: Path, url: str, reason: str
) -> None:
    """The line has the path and the reason."""
    (tmp_path / "occupied").write_text("Not a database, but somebody's notes.\n" * 9, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    status, lines = await ended(tmp_path, environment(discord, DATABASE_URL=url))
    assert status == 1
    assert lines == [f"DATABASE_URL: {reason.format(path=url.removeprefix('sqlite:///'))}"]
    assert discord.requests == ()


NEWER = "The database has schema 9999 of a newer version, and this one knows only up to {known}: upgrade the bot, or"
FOREIGN = "{place} has tables of another program: set DATABASE_URL to a database that only the bot uses."


@pytest.mark.parametrize(
    ("column", "told"),
    [("number", f"{NEWER} restore a backup from before that upgrade."), ("version", FOREIGN)],
    ids=["newer", "foreign"],
)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize("command", [(), ("audit",)])
async def test_an_unknown_schema_is_left_alone_and_told_in_one_sentence(
    discord: FakeDiscord,
    tmp_path: Path,
    empty_postgresql_url: str,
    engine: str,
    column: str,
    told: str,
    command: tuple[str, ...],
) -> None:
    url = f"sqlite:///{tmp_path / 'movies.db'}" if engine == "sqlite" else empty_postgresql_url
    place = tmp_path / "movies.db" if engine == "sqlite" else url
    execute(place, f"CREATE TABLE schema_migrations ({column} INTEGER PRIMARY KEY, name TEXT, applied_at TEXT)")
    execute(place, f"INSERT INTO schema_migrations ({column}, name) VALUES (9999, 'other')")
    status, lines = await ended(tmp_path, environment(discord, DATABASE_URL=url), *command)
    assert status == 1
    assert lines == [told.format(known=newest_migration(), place=place_of(url))]


async def test_a_wrong_token_is_named(discord: FakeDiscord, tmp_path: Path) -> None:
    """The line names the setting, and not the token."""
    env = environment(discord, DISCORD_TOKEN="MTIzNDU2.wrong-token.from-elsewhere")
    status, lines = await ended(tmp_path, env, url=discord.url)
    assert status == 1
    assert lines == ["Discord rejected DISCORD_TOKEN. Copy the token from the developer portal (Bot, Reset Token)."]


async def test_a_token_that_is_withdrawn_is_named(discord: FakeDiscord, tmp_path: Path) -> None:
    """The gateway closes with 4004."""
    discord.break_gateway(Phase.IDENTIFY, Close(4004))
    status, lines = await ended(tmp_path, environment(discord), url=discord.url)
    assert status == 1
    assert lines == ["Discord rejected DISCORD_TOKEN. Copy the token from the developer portal (Bot, Reset Token)."]
    assert len(discord.identifies) == 1


async def test_an_unknown_command_shows_the_usage(tmp_path: Path) -> None:
    """The status is 2, and the usage lists the subcommands."""
    status, lines = await ended(tmp_path, {}, "dance")
    assert status == 2
    assert lines[0].startswith("usage: python -m bot ")
    assert "argument command: invalid choice: 'dance'" in lines[-1]


async def test_help_needs_no_settings(tmp_path: Path) -> None:
    """`--help` lists the commands."""
    async with BotProcess(NOBODY, workdir=tmp_path, env={}, args=("--help",)) as bot:
        assert await bot.wait_exit() == 0
    assert bot.stderr == []
    assert {"run", "check"} <= {line.split()[0] for line in bot.stdout if line.strip()}


NEEDED_LATER = "matplotlib opentelemetry bot.cli.check bot.cli.jobs bot.sandbox simcord"
"""Modules that only a report, traces, a command of the operator's or the demo needs."""


def test_a_start_waits_for_nothing_that_it_may_never_need() -> None:
    """After a deploy, members wait for READY, which follows the imports."""
    code = f"import sys, bot.__main__, bot.log, bot.lifecycle; print(*sys.modules.keys() & {set(NEEDED_LATER.split())})"
    told = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True, timeout=30)
    assert told.split() == []
