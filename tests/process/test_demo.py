"""The demo: a session, and a page on a terminal."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.helpers.snapshots import TextFile

ROOT = Path(__file__).parent.parent.parent
TIMEOUT_SECONDS = 200


async def start(folder: Path, stdout: int, *options: str) -> Process:
    command = (sys.executable, "-m", "bot.sandbox", "demo", *options)
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return await asyncio.create_subprocess_exec(*command, cwd=folder, env=environ, stdin=DEVNULL, stdout=stdout)


async def read_until(terminal: int, text: str) -> str:
    said = ""
    while text not in said.replace("\r\n", "\n"):
        said += (await asyncio.to_thread(os.read, terminal, 4096)).decode()
    return said.replace("\r\n", "\n")


def files(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def script_of(said: str) -> str:
    """Return what was printed, without what depends on the time, the machine or the render's speed."""
    without = (
        r"^ {10}(You're next|Started|Right now:|Sending it to|Step \d+ of|Waiting in line).*\n",
        r"^ {10}[█░]+ \d+% .*\n(?= Matinee)",  # a pitch that is funded
        r"^ {10}🗓️ (.*\n)+?(?= {10}[█░]| {3,7}\w)",  # only in a month's last week
    )
    for pattern in without:
        said = re.sub(pattern, "", said, flags=re.MULTILINE)
    said = re.sub("🎟️ Your movie is waiting in line|🎬 Making your movie", "A movie's card", said)
    said = re.sub(r"\s+reset\s+in\s+\d+\s+\w+", " reset next month", said)
    said = re.sub(r"\s+until\s+1\s+\w+\s+00:00\s+UTC", " until the next month", said)
    return re.sub(r"\bID\s+t\w{12}", "ID t1", said)


@pytest.mark.parametrize(
    "options", [pytest.param((), marks=pytest.mark.smoke), ("--api", "2026")], ids=["2025", "2026"]
)
async def test_the_demo_without_a_terminal_plays_its_session_and_ends_with_status_0(
    tmp_path: Path, options: tuple[str, ...], snapshot: SnapshotAssertion
) -> None:
    demo = await start(tmp_path, PIPE, *options)
    async with asyncio.timeout(TIMEOUT_SECONDS):
        out, _ = await demo.communicate()
    said = out.decode()
    assert demo.returncode == 0, said
    assert len(re.findall(r"^ {10}Step \d+ of \d+: .+ · [█░]+ \d+%", said, re.MULTILINE)) >= 3, (
        "each render shows its progress"
    )
    assert script_of(said) == snapshot.use_extension(TextFile)
    assert b"ftyp" in (tmp_path / "var/demo/lighthouse.mp4").read_bytes()[:16]
    assert files(tmp_path) == {"var/demo/lighthouse.mp4"}


async def test_a_demo_on_a_terminal_keeps_its_page_open_and_its_files_beside_a_second_demo(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    terminal, output = pty.openpty()
    first = await start(tmp_path, output)
    os.close(output)
    async with asyncio.timeout(TIMEOUT_SECONDS):
        said = await read_until(terminal, "to end the demo.\n")
        invitation = re.sub(r"127\.0\.0\.1:\S+", "127.0.0.1", said[said.index("Try it yourself:") :])
        assert invitation == snapshot.use_extension(TextFile)
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
