"""The command `python -m bot.sandbox samsar`."""

from __future__ import annotations

import argparse
import asyncio
import json

import pytest

from bot.errors import StartupError
from bot.sandbox import fake_samsar_cli
from bot.sandbox.fake_samsar import FakeSamsar


def _arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    fake_samsar_cli.add_arguments(parser)
    return parser.parse_args(words)


async def test_the_command_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--port", "0", "--render-seconds", "1.5", "--fault", "503:2", "--fault", "slow", "--key"]
    serving = asyncio.create_task(fake_samsar_cli.serve(_arguments(*words, "it's mine")))
    said = ""
    async with asyncio.timeout(10):
        while "Ctrl-C" not in said:
            await asyncio.wait([serving], timeout=0.02)
            said += capsys.readouterr().out
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert "http://127.0.0.1:" in said
    assert "'Authorization: Bearer it'\"'\"'s mine'" in said
    assert "a movie takes 1.5 s" in said
    assert "503: ignores the request and answers 503" in said
    assert "curl" in said
    example = said.partition("-d '")[2].partition("' \\")[0]
    assert json.loads(example)["input"]["duration"] == 8


def test_a_fault_is_named_with_how_often_it_happens(capsys: pytest.CaptureFixture[str]) -> None:
    faults = _arguments("--fault", "503:3", "--fault", "cut").fault
    assert [(chosen.name, times) for chosen, times in faults] == [("503", 3), ("cut", None)]
    for word in ("flood", "503:", "503:0", "503:x", "503:-1"):
        with pytest.raises(SystemExit):
            _arguments("--fault", word)
        assert "503" in capsys.readouterr().err


async def test_the_command_needs_a_free_port(fake_samsar: FakeSamsar) -> None:
    with pytest.raises(StartupError):
        await fake_samsar_cli.serve(_arguments("--port", fake_samsar.origin.rpartition(":")[2]))
