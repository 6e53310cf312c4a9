"""The parts of a message as discord.py takes them."""

from __future__ import annotations

from pathlib import Path

from bot.discord_client import movie_messages
from bot.ui.job_messages import Message
from tests.helpers.store_harness import a_job


def test_an_attached_movie_is_hidden_where_it_is_a_spoiler(tmp_path: Path) -> None:
    movie = tmp_path / "movie.mp4"
    movie.write_bytes(b"movie")
    for spoiler in (False, True):
        message = Message("ready", None, alt_text="a balloon", spoiler=spoiler)
        [file] = movie_messages.parts(a_job(1), message, movie)["files"]
        file.close()
        assert (file.filename.startswith("SPOILER_"), file.description) == (spoiler, "a balloon")
