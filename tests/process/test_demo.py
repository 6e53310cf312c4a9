"""The demo: a session, and a page on a terminal."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TIMEOUT_SECONDS = 100


async def start(folder: Path, stdout: int, *options: str) -> Process:
    command = (sys.executable, "-m", "bot.sandbox", "demo", *options)
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return await asyncio.create_subprocess_exec(*command, cwd=folder, env=environ, stdin=DEVNULL, stdout=stdout)


async def read_until(terminal: int, text: str) -> str:
    said = ""
    while text not in said:
        said += (await asyncio.to_thread(os.read, terminal, 4096)).decode()
    return said


def files(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        pytest.param((), ["can afford 1 min with"], marks=pytest.mark.smoke),
        (("--api", "2026"), ["can afford 30 s", "French · Subtitles"]),
    ],
)
async def test_the_demo_without_a_terminal_plays_its_session_and_ends_with_status_0(
    tmp_path: Path, options: tuple[str, ...], shown: list[str]
) -> None:
    demo = await start(tmp_path, PIPE, *options)
    async with asyncio.timeout(TIMEOUT_SECONDS):
        out, _ = await demo.communicate()
    said = out.decode()
    assert demo.returncode == 0, said
    for words in (
        "Your movie is ready",
        "/movies/",
        *shown,
        "200 credits refunded",
        "[The rest (350)]",
        "Paid for by @bob, @alice, @carol.",
        "   alice  hold",
        "Audit passed: all balances match.",
    ):
        assert words in said
    assert "Try it yourself" not in said, "the page is gone when this is read"
    assert b"ftyp" in (tmp_path / "var/demo/lighthouse.mp4").read_bytes()[:16]
    assert files(tmp_path) == {"var/demo/lighthouse.mp4"}


async def test_a_demo_on_a_terminal_keeps_its_page_open_and_its_files_beside_a_second_demo(tmp_path: Path) -> None:
    terminal, output = pty.openpty()
    first = await start(tmp_path, output)
    os.close(output)
    async with asyncio.timeout(TIMEOUT_SECONDS):
        said = await read_until(terminal, "Press Ctrl-C")
        assert "Try it yourself: http://127.0.0.1:" in said
        assert "“fail” in its prompt" in said
        before = files(tmp_path)
        assert any(each.endswith("movies.db") for each in before)
        second = await start(tmp_path, PIPE)
        await second.communicate()
        assert second.returncode == 0
        assert files(tmp_path) == before | {"var/demo/lighthouse-2.mp4"}
        first.send_signal(signal.SIGTERM)
        assert await first.wait() == 0
    assert files(tmp_path) == {"var/demo/lighthouse.mp4", "var/demo/lighthouse-2.mp4"}
    os.close(terminal)
