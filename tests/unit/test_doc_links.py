"""Links from the pages to files of the repository, as on GitHub.

`make docs` follows links between pages, and takes a link to anything else, such as a file of code, away.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md"), *ROOT.glob(".github/*.md")]
)
TARGET = re.compile(r'\]\(([^)\s]+)\)|\bsrc="([^"]+)"')
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_each_link_of_a_page_leads_to_something() -> None:
    broken: list[tuple[str, str]] = []
    for page in PAGES:
        links = [one or other for one, other in TARGET.findall(CODE.sub("", page.read_text(encoding="utf-8")))]
        for link in (each for each in links if not re.match(r"\w+:", each)):
            path, _, anchor = link.partition("#")
            to = page.parent / path if path else page
            if not to.exists() or (anchor and anchor not in anchors(to)):
                broken.append((str(page.relative_to(ROOT)), link))
    assert broken == []


def test_the_security_page_names_a_contact_times_versions_and_files_that_exist() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for words in ("*Report a vulnerability*", "3 working days", "## Supported versions"):
        assert words in page
    named = re.findall(r"`((?:tests|scripts|\.github)/[\w./-]+)`", page)
    assert named
    assert [each for each in named if not (ROOT / each).exists()] == []
