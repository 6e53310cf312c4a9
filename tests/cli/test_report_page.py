"""`report --html`: the page for the operator."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from data.database import Database
from tests.helpers.command_line import ALICE, Ended, run
from tests.helpers.restore_helpers import names

PAGE = ("report", "2026-11", "--html", "report.html")
PROMPT, REASON = "a red balloon", "The provider <b>timed out</b>"
ALONE = {"meta"}


class Reader(HTMLParser):
    """Reads a page's texts, and checks that its elements end."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)


async def read(tmp_path: Path, *options: str) -> Reader:
    said = Ended(0, "Report written to report.html. Open it in a browser.\n", "")
    assert await run(tmp_path, *PAGE, *options) == said
    return Reader((tmp_path / "report.html").read_text(encoding="utf-8"))


@pytest.fixture
async def failed(tmp_path: Path, database: Database) -> Database:
    """A movie of Alice's is ready, one failed at a cost, and one renders without end."""
    await run(tmp_path, "jobs", "resolve", "0000000000002", "--failed", "--charged")
    change = "UPDATE jobs SET upstream_message = :reason WHERE state = 'failed'"
    await database.write(lambda tx: tx.execute(change, {"reason": REASON}))
    return database


@pytest.mark.usefixtures("failed")
async def test_the_page_has_the_money_the_failures_and_what_is_stuck(tmp_path: Path) -> None:
    page = await read(tmp_path)
    text = "|".join(page.texts)
    for told in (
        "Report for November 2026|All servers",
        "Credits spent|100|on 1 movie",
        "A spent credit really cost|2.00|credits at the API, which charged 200",
        "Lost to failed movies|100|1 movie failed",
        "On hold|100|for 1 movie in progress",
        "4,700 of 5,000 credits are left.",
        "Most was spent on day 10: 100.",
        "Server 11|100|100|100|+0|2,000",
        "Luma Dream Machine| LUMA|1|100|100|+0|1.00",
        f"alice ({ALICE})|1|100",
        "Marked as failed by the bot's operator| resolved_by_operator|1|100|100",
        "0000000000002|2026-11-10 12:00|LUMA|100|Marked as failed by the bot's operator",
        "0000000000003|rendering|2026-11-10 12:00|LUMA|100|python -m bot jobs show 0000000000003",
    ):
        assert told in text.replace("| (", " ("), told


@pytest.mark.usefixtures("failed")
async def test_the_page_loads_nothing_runs_nothing_and_has_nobodys_words_unless_asked(tmp_path: Path) -> None:
    page = await read(tmp_path)
    source = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert not page.tags & {"script", "img", "link", "iframe", "object", "a", "form"}
    assert not page.attributes & {"src", "href"}
    assert not [name for name in page.attributes if name.startswith("on")]
    assert re.findall(r"https?:|url\(|@import", source) == []
    assert not {PROMPT, REASON} & set(" ".join(page.texts).split("|"))
    assert (PROMPT in source, "timed out" in source) == (False, False)
    text = "".join((await read(tmp_path, "--prompts")).texts)
    assert f"{PROMPT} · {REASON}" in text
    assert (tmp_path / "report.html").stat().st_mode & 0o777 == 0o600


async def test_a_name_or_a_prompt_is_never_a_part_of_the_page(tmp_path: Path, database: Database) -> None:
    evil = "</td><script>alert('1')</script>\u202e"
    await database.write(lambda tx: tx.execute("UPDATE jobs SET member_name = :it, prompt = :it", {"it": evil}))
    page = await read(tmp_path, "--prompts")
    assert "script" not in page.tags
    assert "\u202e" not in "".join(page.texts)
    assert f"</td><script>alert('1')</script> ({ALICE})" in "".join(page.texts)


@pytest.mark.usefixtures("database")
async def test_a_month_without_movies_is_a_page_too_and_one_of_a_server_names_it(tmp_path: Path) -> None:
    given = ("report", "2026-09", "--server", "12", "--html", "report.html")
    assert (await run(tmp_path, *given)).status == 0
    text = "|".join(Reader((tmp_path / "report.html").read_text(encoding="utf-8")).texts)
    assert "Report for September 2026|Server 12 · made " in text
    assert "A spent credit really cost|–" in text
    assert "By server|None.|By model" in text
    assert "Stuck movies" not in text


@pytest.mark.usefixtures("database")
async def test_a_page_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    there = await run(tmp_path, "report", "--html", "taken/report.html")
    assert there.refused() == "Can't write taken/report.html: a file is in the way\n"
    assert "--prompts needs --html FILE." in (await run(tmp_path, "report", "--prompts")).refused(2)
    assert names(tmp_path, "*.part") == []
