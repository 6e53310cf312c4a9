"""A start with an operator's mistake ends with readable lines, without secrets."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from data.engine.migration_files import SCHEMA_NUMBER, newest_migration
from data.storage import engines
from tests.helpers.command_line import run
from tests.helpers.fake_discord.faults import Close, Phase
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import Place, execute
from tests.helpers.settings import KEY
from tests.process.bot_process import environment, matinee

ENV_FILE = "Put it in .env (copy .env.example) or in the environment."
REJECTED = "Discord rejected the token (DISCORD_TOKEN). Copy it from the developer portal (Bot, Reset Token)."


async def refused(folder: Path, status: int, discord: FakeDiscord, *args: str, **env: str) -> list[str]:
    said = (await run(folder, *args, discord_url=discord.url, **env)).refused(status)
    assert KEY not in said
    assert discord.token not in said
    assert discord.requests == ()
    return said.splitlines()


async def test_wrong_settings_and_a_broken_line_are_named(discord: FakeDiscord, tmp_path: Path) -> None:
    missing = [f"{name} is not set. {ENV_FILE}" for name in ("DISCORD_TOKEN", "SAMSAR_API_KEY")]
    assert await refused(tmp_path, 2, discord) == missing
    (tmp_path / ".env").write_text(f'\n\nDISCORD_TOKEN={discord.token}\nSAMSAR_API_KEY="{KEY}\n', encoding="utf-8")
    assert await refused(tmp_path, 2, discord) == [".env line 4: expected NAME=value"]


async def test_each_mistake_in_a_file_is_named_with_its_line(discord: FakeDiscord, tmp_path: Path) -> None:
    catalogue = (
        '[[video_models]]\nkey = "LUMA"\nlabel = "Luma"\ncredits_per_second = -1\naspect_ratios = ["4:3"]\n'
        '[[image_models]]\nkey = "FLUX"\nlabel = "Flux"\n'
    )
    for setting, text, told in (
        ("CATALOGUE_PATH", catalogue, ["mine line 4: ", "mine line 5: "]),
        ("STYLES_PATH", '[[styles]]\nkey = "noir"\nlabel = ""\nwords = "Noir."\n', ["mine line 3: [[styles]] label "]),
        ("PROMPT_FILTER_PATH", "fine\n\n***\n", ["mine line 3: the rule has no letters"]),
    ):
        (tmp_path / "mine").write_text(text, encoding="utf-8")
        lines = await refused(tmp_path, 2, discord, **environment(discord), **{setting: "mine"})
        assert [line[: len(start)] for line, start in zip(lines, told, strict=True)] == told
    assert not (tmp_path / "movies.db").exists()


async def test_a_database_that_cannot_be_used_is_named_with_the_reason(discord: FakeDiscord, tmp_path: Path) -> None:
    notes = tmp_path / "occupied"
    notes.write_text("Not a database, but somebody's notes.\n" * 9, encoding="utf-8")
    lines = await refused(tmp_path, 1, discord, **environment(discord, DATABASE_URL="sqlite:///occupied"))
    assert lines == ["DATABASE_URL: can't use occupied: file is not a database"]
    [line] = await refused(tmp_path, 1, discord, **environment(discord, DYNO="worker.1"))
    assert "no persistent disk" in line
    assert "Use a host with a volume, or PostgreSQL" in line
    assert not (tmp_path / "movies.db").exists()


NEWER = "The database has schema 9999 of a newer version, and this one knows only up to {known}: upgrade the bot, or"
OLDER = "The database or backup has schema {older}, and this version upgrades only from {schema} on: upgrade it"
FOREIGN = "{place} has tables of another program: set DATABASE_URL to a database that only the bot uses."


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_an_unknown_schema_is_left_alone_and_told_in_one_sentence(
    discord: FakeDiscord, tmp_path: Path, request: pytest.FixtureRequest, engine: str
) -> None:
    place: Place = request.getfixturevalue("empty_postgresql_url") if engine == "postgresql" else tmp_path / "movies.db"
    url = place if isinstance(place, str) else f"sqlite:///{place}"
    for column, number, told in (
        ("number", 9999, f"{NEWER} restore a backup from before that upgrade."),
        ("number", SCHEMA_NUMBER - 1, f"{OLDER} with the git tag before-one-schema first, as docs/operators.md says."),
        ("version", 9999, FOREIGN),
    ):
        execute(place, "DROP TABLE IF EXISTS schema_migrations")
        execute(place, f"CREATE TABLE schema_migrations ({column} INTEGER PRIMARY KEY, name TEXT, applied_at TEXT)")
        execute(place, f"INSERT INTO schema_migrations ({column}, name) VALUES ({number}, 'other')")
        for command in ((), ("audit",)):
            lines = await refused(tmp_path, 1, discord, *command, **environment(discord, DATABASE_URL=url))
            known, place_name = newest_migration(), engines.engine(url).place
            assert lines == [told.format(known=known, older=number, schema=SCHEMA_NUMBER, place=place_name)]


async def test_a_port_that_is_taken_is_one_readable_line(discord: FakeDiscord, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        lines = await refused(tmp_path, 1, discord, **environment(discord, PORT=str(port), HOST="127.0.0.1"))
    assert lines == [f"Can't listen on 127.0.0.1 port {port}. Set PORT to a free port, or leave it empty."]


@pytest.mark.full  # a process
@pytest.mark.parametrize("withdrawn", [False, True])
async def test_a_wrong_token_is_named(discord: FakeDiscord, tmp_path: Path, *, withdrawn: bool) -> None:
    env = {} if withdrawn else {"DISCORD_TOKEN": "MTIzNDU2.wrong-token.from-elsewhere"}
    if withdrawn:
        discord.break_gateway(Phase.IDENTIFY, Close(4004))
    async with matinee(discord, None, tmp_path, **env) as bot:
        assert await bot.wait_exit(timeout=10) == 1
    assert bot.stderr[-1] == REJECTED
    assert not [line for line in bot.stderr if "Traceback" in line or "wrong-token" in line or discord.token in line]
    assert len(discord.identifies) == withdrawn


NEEDED_LATER = {
    *("aiohttp.web", "babel", "bot.cli.parser", "bot.http_port", "bot.sandbox", "fluent.runtime", "PIL", "simcord"),
    *("opentelemetry", "prometheus_client", "rich.console"),
}
"""Modules that only a port, a text, a report, traces, the demo or a command of the operator's needs."""


@pytest.mark.full  # a process
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_a_start_imports_nothing_that_it_may_never_need(
    discord: FakeDiscord, tmp_path: Path, request: pytest.FixtureRequest, engine: str
) -> None:
    """After a deploy, members wait for READY, which follows the imports. This start registers the commands, too."""
    env = environment(discord) | {"PYTHONPROFILEIMPORTTIME": "1"}
    if engine == "postgresql":
        args, not_needed = ("worker",), {*NEEDED_LATER, "cogs"} - {"bot.cli.parser"}
        env["DATABASE_URL"] = request.getfixturevalue("empty_postgresql_url")
    else:
        args, not_needed = (), {*NEEDED_LATER, "psycopg"}
    async with BotProcess(discord.url, workdir=tmp_path, env=env, args=args, anew=True) as bot:
        await bot.wait_for_line("ledger_reconciled")  # after READY, or the login of a worker
        if engine == "sqlite":
            await bot.wait_for_line("commands_synced")
        await bot.stop()
    imported = {line.rpartition("|")[2].strip() for line in bot.stderr if line.startswith("import time:")}
    assert imported & not_needed == set()
    assert len([each for each in imported if each.partition(".")[0] in {"bot", "cogs", "data"}]) <= 250
