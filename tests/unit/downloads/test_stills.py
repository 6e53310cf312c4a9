"""The pictures of a storyboard: what the API's links have is untrusted, and Discord takes only so much."""

from __future__ import annotations

from pathlib import Path

from bot.discord_client.uploads import DEFAULT_UPLOAD_LIMIT, Attachments
from bot.domain.jobs import Still
from tests.helpers import factories
from tests.unit.downloads.conftest import by_path, here, open_downloader
from tests.unit.samsar.conftest import http, serving

PNG = b"\x89PNG\r\n\x1a\n"
MIB = 2**20


async def a_server(_guild_id: int) -> int:
    return 50 * MIB


async def shown(folder: Path, answers: dict[str, bytes], *elsewhere: str) -> list[int]:
    """Return the scenes that are shown."""
    async with serving(by_path(answers)) as server, open_downloader(folder, server) as downloader:
        urls = [*(here(server, path) for path in answers), *elsewhere]
        stills = [Still(number, "a scene", url) for number, url in enumerate(urls, 1)]
        files = await Attachments(downloader, a_server).stills_of(factories.job(), stills, spoiler=False)
    assert sum(len(each.content) for each in files if isinstance(each.content, bytes)) < DEFAULT_UPLOAD_LIMIT
    return [int(each.name.removeprefix("scene-").partition(".")[0]) for each in files]


async def test_only_pictures_that_fit_are_shown_and_nothing_private_is_asked(tmp_path: Path) -> None:
    answers = {
        "/1": http(200, PNG),
        "/page": http(200, b"<html>sign in</html>"),
        "/ended": http(403, b"AccessDenied"),
        "/huge": http(200, PNG + bytes(11 * MIB)),
        "/5": http(200, b"\xff\xd8\xff"),
    }
    private = "http://10.0.0.1/a.png", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd"
    assert await shown(tmp_path, answers, *private) == [1, 5]


async def test_where_not_all_pictures_fit_the_first_ones_are_shown(tmp_path: Path) -> None:
    """Those of ten scenes may be larger than a tenth of what Discord takes."""
    answers = {f"/{number}": http(200, PNG + bytes(3 * MIB // 2)) for number in range(1, 11)}
    assert await shown(tmp_path, answers) == [1, 2, 3, 4, 5, 6]
