"""Write bot/locales/message_ids.py from the English texts, so that pyright knows every id."""

from __future__ import annotations

import itertools
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from fluent.syntax import FluentParser, ast

LOCALES = Path(__file__).resolve().parents[1] / "bot" / "locales"
TARGET = LOCALES / "message_ids.py"

_HEAD = '''"""The ids of all messages: written by scripts/generate_message_ids.py."""

from __future__ import annotations

from typing import Literal

# fmt: off
MessageId = Literal[
'''


def main() -> int:
    """Write the file and return the exit status."""
    TARGET.write_text(generated(), encoding="utf-8")
    print(f"{TARGET.name} is written.")
    return 0


def generated() -> str:
    """Return the module's source."""
    body = FluentParser().parse((LOCALES / "en-US.ftl").read_text(encoding="utf-8")).body
    ids = [entry.id.name for entry in body if isinstance(entry, ast.Message)]
    blocks = [
        f"    # {area}\n{_wrapped(names)},\n"
        for area, names in itertools.groupby(ids, key=lambda name: name.partition("-")[0])
    ]
    return f"{_HEAD}{''.join(blocks)}]\n"


def _wrapped(names: Iterable[str]) -> str:
    line, indent = ", ".join(f'"{name}"' for name in names), "    "
    return textwrap.fill(line, 119, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


if __name__ == "__main__":
    sys.exit(main())
