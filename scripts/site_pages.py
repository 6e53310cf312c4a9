"""A hook of MkDocs: the files at the root of the repository are pages of the site, too.

GitHub looks for them there. Links in all pages are to files of the repository, as GitHub follows them; here they become
links to pages.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "benchmarks/results.md": "benchmarks.md",
}
"""Files outside of docs/, and the pages that they become."""

_SOURCES = {page: file for file, page in PAGES.items()}
_LINK = re.compile(r"\[([^\]\[]*)\]\((?!\w+:|#|/)([^)#\s]+)(#[^)]*)?\)")
_IMAGE = re.compile(r'\bsrc="(?!\w+:)([^"]+)"')


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages, after those in docs/ were found."""
    for source, page in PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs names them
    """Turn links to files into links to pages."""
    return relinked(markdown, page.file.src_uri)


def relinked(text: str, page: str) -> str:
    """Return a page's text with links to pages.

    What is no page, such as a file of code, loses its link.
    """
    source = posixpath.dirname(_SOURCES.get(page, f"docs/{page}"))
    here = posixpath.dirname(page)

    def target(link: str) -> str | None:
        file = posixpath.normpath(posixpath.join(source, link))
        if file in PAGES or file.startswith("docs/"):
            return posixpath.relpath(PAGES.get(file, file.removeprefix("docs/")), here or ".")
        return None

    def link(found: re.Match[str]) -> str:
        to = target(found[2])
        return found[1] if to is None else f"[{found[1]}]({to}{found[3] or ''})"

    text = _LINK.sub(link, text)
    return _IMAGE.sub(lambda found: f'src="{target(found[1]) or found[1]}"', text)  # MkDocs doesn't look into HTML
