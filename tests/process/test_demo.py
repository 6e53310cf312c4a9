"""The demo is the README's first command: a short session, and an exit status that can be trusted."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


async def test_the_demo_plays_its_session_and_ends_with_status_0(tmp_path: Path) -> None:
    """Alice gets her movie, Bob hears what fits, Carol's credits come back; the ledger is right."""
    demo = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.sandbox",
        "demo",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(50):
        out, _ = await demo.communicate()
    said = out.decode()
    assert demo.returncode == 0, said
    for words in ("Your movie is ready", "/movies/", "1 min fits", "200 credits came back", "every sum is right", "#"):
        assert words in said
    assert b"ftyp" in (tmp_path / "var/demo/lighthouse.mp4").read_bytes()[:16]
