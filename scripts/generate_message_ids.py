"""Write bot/locales/message_ids.py from the English texts, so that pyright knows every id."""

from __future__ import annotations

import sys
import textwrap
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
    blocks: list[str] = []
    for path in sorted((LOCALES / "en-US").glob("*.ftl")):
        body = FluentParser().parse(path.read_text(encoding="utf-8")).body
        ids = [entry.id.name for entry in body if isinstance(entry, ast.Message)]
        line = ", ".join(f'"{name}"' for name in ids)
        indent = "    "
        if ids:
            wrapped = textwrap.fill(line, 119, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
            blocks.append(f"    # {path.name}\n{wrapped},\n")
    return f"{_HEAD}{''.join(blocks)}]\n"


if __name__ == "__main__":
    sys.exit(main())
