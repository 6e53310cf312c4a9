"""Logs: one pipeline, text or JSON, without secrets anywhere in a line."""

import json
import logging
import math
import re
import string
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import log
from bot.domain.callback_token import generate_token
from bot.log import Redactor
from bot.settings import LogFormat, LogLevel


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Restore the root logger, which other tests read, too."""
    names = [None, *log._LIBRARIES_AT_INFO]
    root = logging.getLogger()
    handlers, levels = root.handlers[:], [logging.getLogger(name).level for name in names]
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(capture=False)
    root.handlers = handlers
    for name, level in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(level)


pytestmark = pytest.mark.usefixtures("logging_as_before")


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return what was written to standard error. Standard output must stay empty."""
    out, err = capsys.readouterr()
    assert not out
    return err.splitlines()


def test_json_logs_are_one_object_a_line_with_every_extra(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(LogLevel.INFO, LogFormat.JSON)
    structlog.stdlib.get_logger("bot.worker").info("job_submitted", job_id="0abc")
    logging.getLogger("some.library").info("looked %d times", 3, extra={"job": "0abc"})
    logging.getLogger("some.library").warning("careful")
    written = [json.loads(line) for line in lines(capsys)]
    assert all(each.pop("timestamp").endswith("Z") for each in written)
    assert written == [
        {"event": "job_submitted", "job_id": "0abc", "level": "info", "logger": "bot.worker"},
        {"event": "looked 3 times", "job": "0abc", "level": "info", "logger": "some.library"},
        {"event": "careful", "level": "warning", "logger": "some.library"},
    ]


def test_a_console_line_is_short_and_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(LogLevel.DEBUG, LogFormat.CONSOLE, fields={"role": "all", "process": "0abc"})
    own, library = structlog.stdlib.get_logger("bot.worker"), logging.getLogger("some.library")
    own.info("gateway_ready", guild_count=3)
    own.info("gateway_ready", guild_count=1, shard_id=0, shards=2)
    own.info("ledger_reconciled", discrepancies=0)
    own.warning("jobs_unknown", jobs=2, oldest_days=12, why="too busy", none=None, all=["x"], said="a\nb")
    library.error("looked %d times", 3, extra={"job": "0abc"})
    told = [line.partition(" ") for line in lines(capsys)]
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d", moment) for moment, _, _ in told)
    assert [line for _, _, line in told] == [
        "Ready in 3 servers",
        "Ready in 1 server shard_id=0 shards=2",
        "Audited the ledger: 0 mismatches",
        "WARNING Jobs unknown all=['x'] jobs=2 none=None oldest_days=12 said='a\\nb' why='too busy'",
        "ERROR some.library: looked 3 times job=0abc",
    ]


def test_the_fields_of_each_sentence_are_logged() -> None:
    """A missing one would cost the line."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path("bot").rglob("*.py"))
    for event, sentence in log._SENTENCES.items():
        [call] = re.findall(rf'_log\.info\("{event}"(.*)\)$', source, re.MULTILINE)
        assert all(f"{blank[1]}=" in call for blank in log._BLANK.finditer(sentence)), event


def test_nothing_in_a_console_line_moves_the_cursor_or_begins_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(LogLevel.INFO, LogFormat.CONSOLE)
    odd = "a\n2026 [error] forged\x1b[2J\x07\u2028\x85"
    error = ValueError("\x1b[2J")
    logging.getLogger("bot").error(odd, exc_info=error, extra={"said": odd, "odd\x1b": "\x0b"})
    text = capsys.readouterr().err
    assert sum("forged" in line for line in text.splitlines()) == 1
    assert all(each.isprintable() or each == "\n" for each in text)


def test_a_traceback_shows_no_local_variables(capsys: pytest.CaptureFixture[str]) -> None:
    """Local variables may contain the key. In JSON it stays within its line: a log reader needs whole records."""
    samsar_key = "sk-".ljust(20, "7")
    for log_format in LogFormat:
        log.configure(LogLevel.INFO, log_format)
        try:
            [samsar_key][len(samsar_key)]
        except IndexError:
            logging.getLogger("bot").exception("failed")
        shown = lines(capsys)
        if log_format is LogFormat.JSON:
            [line] = shown
            shown = json.loads(line)["exception"].splitlines()
        assert "IndexError: list index out of range" in shown
        assert samsar_key not in "".join(shown)


def test_libraries_say_nothing_at_debug_whatever_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    """At DEBUG, discord.py logs URLs with interaction tokens. The bot's own lines are unaffected."""
    log.configure(LogLevel.DEBUG, LogFormat.JSON)
    for name in ("discord", "discord.http", "aiohttp.access", "aiosqlite", "asyncio"):
        logging.getLogger(name).debug("https://discord.com/api/webhooks/1/interaction-token")
        logging.getLogger(name).info("connected")
        logging.getLogger("bot.worker").debug("awake")
        assert [json.loads(line)["event"] for line in lines(capsys)] == ["connected", "awake"], name


def test_the_level_holds_for_everyone(capsys: pytest.CaptureFixture[str]) -> None:
    order = list(LogLevel)
    for number, level in enumerate(order):
        log.configure(level, LogFormat.JSON)
        for name in ("bot", "discord"):
            for each in order:
                logging.getLogger(name).log(logging.getLevelNamesMapping()[each.value], each.value)
        written = [(record["logger"], record["event"]) for record in map(json.loads, lines(capsys))]
        expected = [("bot", each.value) for each in order[number:]]
        assert written == expected + [("discord", each.value) for each in order[max(1, number) :]], level


TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"
INTERACTION = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5" * 6
OPAQUE = st.text(string.ascii_letters + string.digits + "-_", min_size=20, max_size=80)
AROUND = st.text(st.characters(blacklist_categories=("Cs",)), max_size=30)
SIGNED = st.text(string.ascii_letters + string.digits + "%&=+/~._:;,!$'()*@?-", min_size=1, max_size=120)

SECRET = {
    "an interaction's token": (f"POST https://discord.com/api/v10/interactions/99/{INTERACTION}/callback", INTERACTION),
    "a webhook's token": (f"/webhooks/123/{INTERACTION}/messages/@original with 10062", INTERACTION),
    "a callback's secret": ("POST /callbacks/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "abcdefghijklmnopqrstuv"),
    "a signed link": ("at https://cdn.example/a.mp4?X-Sig=deadbeef&Expires=17 now", "deadbeef"),
    "a signed link with an apostrophe": ("https://cdn.example/a.mp4?name=o'hara&sig=deadbeef", "deadbeef"),
    "a link in capitals": ("HTTPS://CDN.EXAMPLE/a.mp4?sig=deadbeef", "deadbeef"),
    "a link in quotes": ("cannot read 'https://cdn.example/a.mp4?sig=deadbeef'", "deadbeef"),
    "a link in brackets": ("(https://cdn.example/a.mp4?sig=deadbeef)", "deadbeef"),
    "a link of the cloud": ("s3://bucket/a.mp4?sig=deadbeef", "deadbeef"),
    "a password in an address": ("https://user:hunter22@cdn.example/a.mp4", "hunter22"),
    "a key in a header": ("{'Authorization': 'Bearer sk-0123456789abcdef'}", "sk-0123456789abcdef"),
    "a key in a header in small letters": ("authorization: bearer sk-0123456789abcdef", "sk-0123456789abcdef"),
    "a member in an address": ("PATCH https://discord.com/api/v10/guilds/11/members/220022 with 403", "220022"),
    "a user in an address": ("GET /users/220022 with 404", "220022"),
    "a header of a bot with a short token": ("Authorization: Bot abcdef012345", "abcdef012345"),
    "a bot's header": ("Authorization: Bot " + TOKEN, TOKEN),
    "another bot's token": (f"got {TOKEN}!", TOKEN),
}

HARMLESS = (
    "looked 3 times",
    "job 0mhwz9k3aabbccdd: HTTP 503 (the API gave no reason)",
    "https://cdn.example/a.mp4: more than 10485760 bytes",
    "/callbacks/",
    "audited differences=0",
    "No bot is connected; the Bearer is missing",
    "var/backups/matinee-2026-11-24T17.46.06.db",
)


def test_each_kind_of_secret_is_taken_out_and_what_is_none_stays() -> None:
    for name, (text, secret) in SECRET.items():
        cleaned = Redactor().redact(text)
        assert secret not in cleaned, name
        assert "…" in cleaned, name
    assert [Redactor((TOKEN,)).redact(text) for text in HARMLESS] == [*HARMLESS]


@given(AROUND, AROUND, st.text())
def test_our_own_secrets_are_taken_out_wherever_they_stand(before: str, after: str, text: str) -> None:
    clean = Redactor((TOKEN, "s3cr3t+/=")).redact
    for secret in (TOKEN, "s3cr3t+/="):
        assert secret not in clean(f"{before}{secret}{after}")
    assert clean(clean(text)) == clean(text)


@given(OPAQUE, SIGNED, AROUND)
def test_tokens_and_signatures_go_whatever_they_look_like(token: str, query: str, around: str) -> None:
    clean = Redactor().redact
    for path in (f"/interactions/1/{token}/callback", f"/webhooks/1/{token}", f"/callbacks/{token}"):
        assert token not in clean(f"{around} {path} {around}").replace(around, "")
    line = clean(f"GET https://cdn.example/m.mp4?sig={token}&{query} done")
    assert line == "GET https://cdn.example/m.mp4?… done"


NESTS = st.recursive(
    st.sampled_from([f"x {TOKEN}", f"https://a.example/?s={TOKEN}", TOKEN.encode(), Exception(TOKEN), 5, None, True]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=10,
)


@given(NESTS)
def test_nothing_is_too_deep_to_be_cleaned_and_no_name_hides_it(value: Any) -> None:
    """A field's name may itself be a secret."""
    for key in ("extra", "_token", "_record", "__x", ""):
        event = {"event": "e", key: value, TOKEN: 1, "more": {key: TOKEN, TOKEN: 1}}
        assert TOKEN not in repr(Redactor((TOKEN,)).redact_event(None, "info", event))


def test_a_number_that_json_cannot_represent_becomes_text_and_any_other_stays() -> None:
    cleaned = Redactor((TOKEN,)).redact_event(None, "info", {"rate": math.nan, "wait": math.inf})
    assert (cleaned["rate"], cleaned["wait"]) == ("nan", "inf")
    event = {"event": "e", "n": 3, "seconds": 1.5, "ok": True, "none": None}
    assert Redactor((TOKEN,)).redact_event(None, "info", dict(event)) == event


def test_a_secret_that_is_hardly_one_is_not_looked_for() -> None:
    """A placeholder of five letters would redact parts of every line."""
    assert Redactor(("robot", "")).redact("the robot is ready") == "the robot is ready"
    assert Redactor(("hunter",)).redact("the hunter2 is ready") == "the …2 is ready"


@pytest.mark.parametrize("log_format", LogFormat)
def test_tracebacks_arguments_and_extras_are_cleaned(log_format: LogFormat, capsys: pytest.CaptureFixture[str]) -> None:
    callback = generate_token().value
    log.configure(LogLevel.DEBUG, log_format, (TOKEN, "sk-key-0123456789"))
    secrets = (TOKEN, "sk-key-0123456789", INTERACTION, callback, "deadbeef")

    def fail() -> None:
        cause = ValueError("key sk-key-0123456789 at https://cdn.example/a.mp4?sig=deadbeef")
        raise RuntimeError(f"/callbacks/{callback}") from cause

    for name in ("bot.worker", "discord.http", "some.library"):
        logger = logging.getLogger(name)
        try:
            fail()
        except RuntimeError:
            logger.exception("POST /interactions/1/%s/callback failed", INTERACTION, extra={"token": [TOKEN]})
        logger.info("%s", {"headers": {"Authorization": f"Bot {TOKEN}"}}, stack_info=True)
        logger.warning("/webhooks/1/%s", INTERACTION, extra={"url": "https://a.example/?sig=deadbeef", "n": 1})
    out, err = capsys.readouterr()
    assert not [secret for secret in secrets if secret in out + err]
    assert err.count("RuntimeError") >= 3
    if log_format is LogFormat.JSON:
        assert all(json.loads(line) for line in err.splitlines())


UNCAUGHT = """
import asyncio, gc, sys, threading
from bot import log
from bot.settings import LogFormat, LogLevel

def fail(): raise RuntimeError("the token is " + sys.argv[2])

class Unclean:
    def __del__(self): fail()

async def main():
    asyncio.get_running_loop().call_soon(fail)
    asyncio.get_running_loop().create_future().set_exception(RuntimeError("the token is " + sys.argv[2]))
    gc.collect()
    await asyncio.sleep(0)

log.configure(LogLevel.INFO, LogFormat(sys.argv[1]), (sys.argv[2],))
asyncio.run(main())
thread = threading.Thread(target=fail)
thread.start()
thread.join()
Unclean()
fail()
"""


@pytest.mark.full
def test_an_uncaught_error_is_redacted() -> None:
    command = [sys.executable, "-c", UNCAUGHT, LogFormat.JSON.value, TOKEN]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert TOKEN not in ended.stdout + ended.stderr
    assert ended.stderr.count("RuntimeError: the token is ") == 5
    assert all(json.loads(line) for line in ended.stderr.splitlines())


def test_a_line_whose_words_do_not_fit_is_named_and_not_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    """Python would print the line with all its arguments."""
    log.configure(LogLevel.INFO, LogFormat.JSON, (TOKEN,))
    logging.getLogger("some.library").info("%d", TOKEN)
    [line] = capsys.readouterr().err.splitlines()
    assert TOKEN not in line
    assert (json.loads(line)["event"], json.loads(line)["of"]) == ("log_format_error", "some.library")
