"""What the bot does in a walk through its features: its requests to Discord and to the API, and what it stores."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from syrupy.assertion import SnapshotAssertion

from data.engine.table_copy import TABLES
from tests.helpers.bot_harness import BotHarness
from tests.helpers.ledger_checks import query

_NAMED = ("jobs", "quotes", "pitches", "movie_nights", "credit_requests", "audit_log", "ledger_entries", "gifts")
"""Tables whose ids are made from the time and chance. Their rows are named in the order of their ids."""

_RANDOM = (
    r"(?<=127\.0\.0\.1:)\d+",
    r'(?<=")(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16})(?=[" ])',
    r'(?<=leased_by": ")[0-9a-f]+',
    r'(?<=request_id": ")[0-9a-f]+',
    r'(?<=nonce": ")[0-9a-f-]+',
    r"-\d{15,}",
)
"""Ports, digests and salts, processes, ids of what is erased, nonces, and pseudonyms."""

_USUAL = {("operation", "movie")}
"""What most rows have in these columns."""

_LONGEST = 60
"""So much of a text tells which one it is; snapshots of the texts hold the rest."""


class Transcript:
    def __init__(self, bot: BotHarness, snapshot: SnapshotAssertion) -> None:
        self._bot = bot
        self._snapshot = snapshot
        self._steps: list[tuple[str, list[str]]] = []
        self._read_discord, self._read_api = len(bot.env.http_requests), len(bot.upstream.requests)

    def after(self, step: str) -> None:
        """Add what was asked since the last step."""
        discord = self._bot.env.http_requests[self._read_discord :]
        api = self._bot.upstream.requests[self._read_api :]
        self._read_discord, self._read_api = len(self._bot.env.http_requests), len(self._bot.upstream.requests)
        lines = [f"{each.method} {_path(each.path)} {_written(_body(each.json))}" for each in discord]
        lines += [f"Samsar: {each.method} {each.path} {_written(each.query)} {_written(each.body)}" for each in api]
        self._steps.append((step, lines))

    def check(self) -> None:
        """Compare all steps, and the rows of all tables, with the snapshot."""
        assert self.text() == self._snapshot

    def text(self) -> str:
        names: dict[str, str] = {}
        rows = [line for table in TABLES for line in self._rows(table, names)]
        shown: list[str] = []
        for step, lines in self._steps:  # sorted by their names: much of it is sent at the same time
            shown += [f"\n{step}", *sorted(_named(f"  {line}", names) for line in lines)]
        text = "\n".join([*shown, "", *(_named(row, names) for row in rows), ""]).lstrip()
        return _numbered(re.sub("|".join(_RANDOM), "…", text))

    def _rows(self, table: str, names: dict[str, str]) -> list[str]:
        """Return the rows of a table, in the order of what they say, and name them for all that point to them."""
        rows = query(self._bot.place, f"SELECT * FROM {table}")
        own = {"id"} if table in _NAMED else set[str]()
        said = [({k: v for k, v in row.items() if v and k not in own and (k, v) not in _USUAL}, row) for row in rows]
        found = sorted(((_named(_written(each), names), row) for each, row in said), key=itemgetter(0))
        lines: list[str] = []
        for number, (line, row) in enumerate(found, 1):
            if own:
                names[row["id"]] = f"{table}-{number}"
            if row.get("samsar_request_id"):
                names[row["samsar_request_id"]] = f"request-{number}"
            lines.append(f"{table}{f'-{number}' if own else ''}: {line}")
        return lines


def _path(path: str) -> str:
    path = re.sub(r"/interactions/\d+/[^/]+", "/interactions/I", path)
    return re.sub(r"/webhooks/(\d+)/[^/?]+", r"/webhooks/\1/T", path)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _body(value: Any) -> Any:
    """Return a request's body with each text, embed and component in a few words."""
    match value:
        case {"components": list(rows), **rest}:
            return {**_body(rest), "components": [*_components(rows)]}
        case dict():
            return {key: "…" if key in ("nonce", "url") else _body(each) for key, each in value.items() if each}
        case list():
            return [_body(each) for each in value]
        case str() if len(value) > _LONGEST:
            return value[:_LONGEST].rpartition(" ")[0] + "…"
        case _:
            return value


def _components(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "custom_id" in value or "url" in value:
            yield f"{value.get('custom_id', 'a link')}{' (disabled)' if value.get('disabled') else ''}"
        value = [*value.values()]
    for each in value if isinstance(value, list) else ():
        yield from _components(each)


def _named(text: str, names: Mapping[str, str]) -> str:
    for id_, name in names.items():
        text = text.replace(id_, name)
    return text


def _numbered(text: str) -> str:
    """Replace Discord's ids by numbers in the order of their creation."""
    found = sorted(set(re.findall(r"(?<![\w.])1\d{17,18}(?!\w)", text)))
    for number, each in enumerate(found, 1):
        text = text.replace(each, f"#{number}")
    return text
