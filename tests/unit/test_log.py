"""Logs: one pipeline, text or JSON, without interaction tokens."""

from __future__ import annotations

import json
import logging
import re

import pytest
import structlog

from bot import log
from bot.settings import LogFormat, LogLevel

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
    ours, extra, theirs = (json.loads(line) for line in lines(capsys))
    assert ours.pop("timestamp").endswith("Z")
    assert extra.pop("timestamp").endswith("Z")
    assert ours == {"event": "job_submitted", "job_id": "0abc", "level": "info", "logger": "bot.worker"}
    assert extra == {"event": "looked 3 times", "job": "0abc", "level": "info", "logger": "some.library"}
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("careful", "warning", "some.library")


def test_a_console_line_has_columns_and_ordered_extras(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(LogLevel.INFO, LogFormat.CONSOLE)
    extra = {"seconds": 1.5, "reason": "too busy", "job": "0abc", "none": None, "all": ["x"], "said": "a\nb"}
    logging.getLogger("bot.worker").info("looked", extra=extra)
    [line] = lines(capsys)
    moment, _, rest = line.partition(" ")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", moment)
    assert rest == (
        "[info     ] looked                         [bot.worker]"
        " all=['x'] job=0abc none=None reason='too busy' said='a\\nb' seconds=1.5"
    )


def test_an_extra_that_is_called_like_a_part_of_the_line_takes_no_place(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure(LogLevel.INFO, LogFormat.JSON)
    extra = {"level": ["odd"], "event": 5, "timestamp": None, "exception": "x"}
    extra |= {"logger": "another", "logger_name": "a third", "stack": "of cards"}
    logging.getLogger("some.library").info("said", extra=extra)
    record = json.loads("".join(lines(capsys)))
    assert (record["event"], record["level"], record["logger"]) == ("said", "info", "some.library")
    assert {name: record.get(f"{name}_", "missing") for name in extra} == extra


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
