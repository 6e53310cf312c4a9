"""What a database's schema says, in whatever words it was made: its columns, constraints, indexes and triggers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.helpers.ledger_checks import Place, query

_POSTGRESQL = """
SELECT attrelid::regclass || '.' || attname AS name,
    concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attcollation, pg_get_expr(adbin, adrelid)) AS fact
FROM pg_attribute JOIN pg_tables ON tablename = attrelid::regclass::text AND schemaname = 'public'
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped
UNION ALL SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def schema_facts(place: Place) -> list[str]:
    if isinstance(place, str):
        return sorted(f"{row['name']}: {row['fact']}" for row in query(place, _POSTGRESQL))
    made = [_plain(row["sql"]) for row in query(place, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    return sorted(fact for sql in made for fact in (_parts(sql) if sql.startswith("CREATE TABLE") else (sql,)))


def _plain(sql: str) -> str:
    """Return a statement without comments, and with single spaces."""
    bare = " ".join(re.sub(r"--[^\n]*", "", sql).replace('"', "").split())
    return re.sub(r" ?([(),]) ?", r"\1", bare)


def _parts(table: str) -> Iterator[str]:
    """Return a table's columns, and its CHECKs, which may be written beside a column."""
    name, _, body = table.removesuffix(")").partition("(")
    for part in re.sub(r",(?![^()]*(?:\([^()]*\)[^()]*)*\))", "\n", body).splitlines():
        column, check, condition = part.partition("CHECK(")
        yield from (f"{name}: {each}" for each in (column.strip(), f"{check}{condition}") if each)
