"""The columns that name a member or hold their words, and what becomes of each.

An erasure, an export, the retention of old data and the end of a departed server follow from `PERSONAL`. A test reads
the schema, and fails for a column that is neither here nor in its own list of columns that say nothing about members.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.domain.message import PITCH_NOTICES
from data import movie_nights, movie_reports, pitches
from data.database import Params, Transaction, Value
from data.engine.table_copy import TABLES
from data.jobs import OPEN

PAID_BY_OTHERS: Final = """
(jobs.state = 'completed' AND jobs.removed_at IS NULL AND EXISTS (SELECT 1 FROM pledges
    WHERE pledges.pitch_id = jobs.pitch_id AND pledges.state = 'spent' AND pledges.member_id > 0
    AND pledges.member_id <> jobs.member_id))
"""
"""Whether members who are not erased paid for a job's movie, besides the one who pitched it."""

_TOLD: Final = "NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.job_id = jobs.id AND outbox.status = 'pending')"
"""A movie that is not delivered yet keeps its link."""

_NOTICE: Final = "COALESCE((SELECT status FROM messages WHERE subject_id = id), 'none')"

_ALL: Final = "*"
"""All words of a row."""

_UNIQUE: Final = ":number - old.place"
"""A random negative number, as for an erased member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A column with a member's id, in the rows that `only` selects.

    An erasure `deletes` the row, or replaces the id by a pseudonym, clears the words that `clears` names or all of the
    row's, and assigns `also`. The export has the row, and a column `flag` that tells whether it names the member,
    where the row may name another; None: it is not the member's to have.

    `interaction` is what the row's `interaction_id` becomes. It makes an interaction count once that reaches two
    processes, which it does within seconds, and Discord knows whose it was. So it goes after a day, once `settled`.
    """

    deletes: bool = False
    only: str = "TRUE"
    clears: str = ""
    also: str = ""
    flag: str | None = ""
    interaction: str = ""
    settled: str = "TRUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What a table holds about members.

    `export` is the name of the exported record, `shown` its columns, and `computed` what it has besides; it has the
    rows that `exported` selects. `words` are columns with texts, results and ids elsewhere, and what each is cleared
    to; `kept` says when an erasure leaves one of them. `mentions` are words of someone else that may mention the
    member, and in which rows.

    Rows go when they are `ended`, `with_server`, or with the words of the tables that they are `part_of`; the columns
    named last have those tables' ids. Their words go when they are `old`, and then `forgotten` is assigned.
    """

    export: str
    shown: str
    computed: Mapping[str, str] = field(default_factory=dict[str, str])
    exported: str = "TRUE"
    named: Mapping[str, Named] = field(default_factory=dict[str, Named])
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    kept: Mapping[str, str] = field(default_factory=dict[str, str])
    mentions: Mapping[str, str] = field(default_factory=dict[str, str])
    old: str = ""
    forgotten: str = ""
    ended: str = ""
    part_of: Mapping[str, str] = field(default_factory=dict[str, str])
    with_server: bool = False


PERSONAL: Final[Mapping[str, Personal]] = {
    "jobs": Personal(
        export="movies",
        shown="id state created_at submitted_at finished_at guild_id channel_id member_name prompt duration_seconds"
        " video_model image_model aspect_ratio spoken_language subtitles tone music voice price_credits charged_credits"
        " movie_url"
        " samsar_request_id unverified_request_id end_reason upstream_message approval decline_reason delivery_target"
        " role_ids member_language server_language card_message_id interaction_id continues_id remixed_id"
        " operation source_ids scenes step review stop_reason",
        named={
            "member_id": Named(
                clears=_ALL,
                also="decided_by = NULL",
                # tells where the card is until the end was told (bot/discord_client/cards.py)
                interaction=_UNIQUE,
                settled=f"finished_at IS NOT NULL AND {_TOLD}",
            ),
            "decided_by": Named(clears="decline_reason", flag=None),
        },
        words=dict.fromkeys(["prompt", "member_name", "role_ids"], "''")
        | dict.fromkeys(["upstream_message", "decline_reason", "card_message_id"], "NULL")
        | dict.fromkeys(["staff_channel_id", "staff_message_id", "callback_token_hash"], "NULL")
        | dict.fromkeys(["movie_url", "samsar_request_id", "unverified_request_id"], "NULL"),
        kept={  # what tells how an open job's movie ends; others who paid for a movie get new links
            "unverified_request_id": OPEN,
            "callback_token_hash": OPEN,
            "movie_url": PAID_BY_OTHERS,
            "samsar_request_id": f"{OPEN} OR {PAID_BY_OTHERS}",
        },
        mentions={"decline_reason": "decided_by IS NOT NULL"},
        # repeats the words of the index jobs_with_words
        old=f"prompt <> '' AND finished_at IS NOT NULL AND finished_at < :before AND {_TOLD}",
    ),
    "outbox": Personal(
        export="messages",
        shown="job_id type status created_at sent_at channel_id message_id",
        words={  # 0: deleted before its id was known
            "channel_id": "CASE WHEN message_id IS NULL THEN channel_id END",
            "message_id": "CASE WHEN message_id IS NOT NULL THEN 0 END",
        },
    ),
    "late_callbacks": Personal(
        export="late_answers",
        shown="job_id received_at request_id",
        words={"request_id": "NULL"},
        part_of={"jobs": "job_id"},
    ),
    "stills": Personal(export="stills", shown="job_id scene words url", part_of={"jobs": "job_id"}),
    "followers": Personal(
        export="followed_movies", shown="job_id", named={"member_id": Named(deletes=True)}, part_of={"jobs": "job_id"}
    ),
    "stars": Personal(
        export="stars",
        shown="job_id guild_id given created_at interaction_id",
        named={"member_id": Named(deletes=True, interaction="0")},
        part_of={"jobs": "job_id"},
        with_server=True,
    ),
    "quotes": Personal(
        export="quotes",
        shown="id created_at cancelled_at guild_id channel_id prompt own_prompt base_prompt improvement style"
        " duration_seconds video_model image_model aspect_ratio spoken_language subtitles tone music voice"
        " price_credits accepted_job_id continues_id remixed_id operation source_ids scenes",
        named={"member_id": Named(deletes=True)},
        words={"prompt": "''", "own_prompt": "NULL", "base_prompt": "NULL"},
        ended="created_at < :before",
        with_server=True,
    ),
    "pictures": Personal(  # they are on their way to the movie service
        export="pictures", shown="id created_at type bytes", named={"member_id": Named(deletes=True)}
    ),
    "member_preferences": Personal(
        export="preferences",
        shown="duration_seconds video_model image_model aspect_ratio spoken_language subtitles tone music voice"
        " delivery_target unlisted storyboard",
        named={"member_id": Named(deletes=True)},
    ),
    "balances": Personal(
        export="balances",
        shown="scope guild_id month granted used held",
        named={"member_id": Named(only="scope IN ('member', 'extra')")},
    ),
    "ledger_entries": Personal(
        export="credits",
        shown="id created_at entry_type guild_id month allowance extra released_allowance released_extra"
        " upstream_charge job_id reason",
        named={
            "member_id": Named(clears=_ALL, flag="is_yours"),
            "actor_id": Named(only="entry_type IN ('grant', 'adjust')", clears=_ALL, flag="by_you"),
        },
        words={"reason": "''"},
        mentions={"reason": "reason <> ''"},
        old="reason <> '' AND created_at < :before",
    ),
    "quota_limits": Personal(
        export="limits",
        shown="guild_id credits",
        named={"subject_id": Named(deletes=True, only="scope = 'member'")},
        with_server=True,
    ),
    "starter_movies": Personal(
        export="starter_movies",
        shown="guild_id entry_id",
        named={"member_id": Named(deletes=True)},
        with_server=True,
    ),
    "member_blocks": Personal(
        export="blocks",
        shown="guild_id expires_at reason is_timeout",
        named={"member_id": Named(deletes=True)},
        words={"reason": "''"},
        mentions={"reason": "TRUE"},
        ended="expires_at < :before",
        with_server=True,
    ),
    "credit_requests": Personal(  # what was granted is in the ledger
        export="credit_requests",
        shown="id created_at guild_id channel_id credits price_credits state decided_at",
        computed={"notice": _NOTICE},
        named={"member_id": Named(deletes=True, flag="is_yours"), "decided_by": Named(flag="by_you")},
        ended="created_at < :before",
        with_server=True,
    ),
    "gifts": Personal(
        export="gifts",
        shown="id created_at guild_id channel_id credits",
        computed={"notice": _NOTICE},
        named={
            "giver_id": Named(flag="by_you"),
            "recipient_id": Named(flag="to_you"),
        },
    ),
    "movie_reports": Personal(
        export="movie_reports",
        shown="job_id created_at guild_id reason interaction_id",
        named={"member_id": Named(deletes=True, interaction="0")},
        words={"reason": "''"},
        mentions={"reason": "TRUE"},
        ended="created_at < :before",
        with_server=True,
    ),
    "reported_movies": Personal(
        export="report_decisions",
        shown="job_id state decided_at guild_id",
        named={
            "decided_by": Named(flag="decided_by_you"),
            "blocked_by": Named(flag="blocked_by_you"),
        },
        ended="reported_at < :before AND NOT EXISTS"
        " (SELECT 1 FROM movie_reports WHERE movie_reports.job_id = reported_movies.job_id)",
        with_server=True,
    ),
    "pitches": Personal(
        export="pitches",
        shown="id state created_at ends_at ended_at end_reason guild_id channel_id message_id member_name prompt"
        " duration_seconds video_model image_model aspect_ratio spoken_language subtitles tone music voice"
        " price_credits member_language server_language interaction_id continues_id remixed_id parent_channel_id"
        " age_restricted operation source_ids scenes",
        named={
            "member_id": Named(
                clears=_ALL,
                interaction=_UNIQUE,
                settled="ended_at IS NOT NULL",  # a funded pitch's becomes its job's
            )
        },
        words={"prompt": "''", "member_name": "''"},
        old="prompt <> '' AND ended_at IS NOT NULL AND ended_at < :before",
        forgotten="message_id = NULL",
    ),
    "pledges": Personal(
        export="pledges",
        shown="pitch_id state created_at ended_at guild_id month allowance extra spent member_language interaction_id",
        named={"member_id": Named(interaction="0")},
    ),
    "pitch_votes": Personal(
        export="pitch_votes",
        shown="pitch_id",
        named={"member_id": Named(deletes=True)},
        part_of={"pitches": "pitch_id"},
    ),
    "messages": Personal(
        export="pitch_messages",
        shown="subject_id kind credits reason status due_since",
        exported=f"kind IN {tuple(kind.value for kind in PITCH_NOTICES)}",  # others are with what they are about
        named={"member_id": Named(deletes=True)},
        ended="status <> 'pending' AND due_since < :before",
        part_of={"jobs": "member_id <> 0 AND subject_id", "pitches": "subject_id"},
        with_server=True,
    ),
    "failure_waivers": Personal(
        export="waived_failures",
        shown="guild_id waived_at",
        named={"member_id": Named(deletes=True)},
        ended="waived_at < :month",  # it counts in its own month
        with_server=True,
    ),
    "audit_log": Personal(
        export="log",
        shown="id created_at guild_id action amount duration_hours job_id reason_code reason interaction_id",
        named={
            "subject_id": Named(
                clears=_ALL,
                flag="about_you",
                # a request could not be granted any more, and a refused prompt's words are gone; all other changes
                # are posted without a name
                also="is_pending = CASE WHEN action IN ('request_credits', 'prompt_refused', 'prompt_flagged') THEN 0"
                " ELSE is_pending END",
            ),
            "actor_id": Named(clears=_ALL, flag="by_you", interaction="NULL"),
        },
        words={"reason": "''", "rule": "NULL"},
        mentions={"reason": "reason <> ''"},
        old="reason <> '' AND created_at < :before",
        with_server=True,
    ),
    "erasure_requests": Personal(
        export="requested_erasure",
        shown="id requested_at deletes_messages",
        named={"member_id": Named(deletes=True)},
    ),
}
"""The tables, in the export's order, and each before those that it refers to where its rows are deleted."""

COLUMNS: Final = tuple(
    (table, column, named) for table, personal in PERSONAL.items() for column, named in personal.named.items()
)
"""The columns with a member's id, with their tables."""

Records = dict[str, list[dict[str, Value]]]
"""Rows by their name in the export; each row by column."""

_SHOWN_AS: Final = {
    "guild_id": "guild_id AS server_id",
    "job_id": "job_id AS movie_id",
    "accepted_job_id": "accepted_job_id AS movie_id",
    "continues_id": "continues_id AS continued_movie_id",
    "remixed_id": "remixed_id AS remixed_movie_id",
    "samsar_request_id": "samsar_request_id AS request_id",
    "card_message_id": "card_message_id AS message_id",
    "subject_id": "subject_id AS pitch_id",
    "due_since": "due_since AS created_at",
    "interaction_id": "CASE WHEN interaction_id > 0 THEN interaction_id END AS interaction_id",  # else it was cleared
}

CLEAR_INTERACTIONS: Final = """
UPDATE {table} SET interaction_id = {cleared}
FROM (SELECT interaction_id AS id, ROW_NUMBER() OVER (ORDER BY interaction_id) AS place FROM {table}
    WHERE interaction_id > 0 AND {where}) AS old
WHERE {table}.interaction_id = old.id AND {table}.interaction_id > 0
"""
"""With a random `:number`. The last condition is that of partial indexes."""


def _export(table: str, personal: Personal) -> str:
    own = {column: named for column, named in personal.named.items() if named.flag is not None}
    flags = {column: named.flag for column, named in own.items() if named.flag}
    shown = [
        *(_SHOWN_AS.get(column, column) for column in personal.shown.split()),
        *(f"{sql} AS {name}" for name, sql in personal.computed.items()),
        *(f"CASE WHEN {column} = :member_id THEN 1 ELSE 0 END AS {flag}" for column, flag in flags.items()),
    ]
    mine = " OR ".join(f"{column} = :member_id AND {named.only}" for column, named in own.items())
    where = mine or "job_id IN (SELECT id FROM jobs WHERE member_id = :member_id)"
    return f"SELECT {', '.join(shown)} FROM {table} WHERE ({where}) AND {personal.exported} ORDER BY {TABLES[table]}"


def _replacements(table: str, column: str, named: Named) -> Iterator[str]:
    personal, where = PERSONAL[table], f"guild_id = :guild_id AND {column} = :member_id AND {named.only}"
    if named.interaction:
        yield CLEAR_INTERACTIONS.format(table=table, cleared=named.interaction, where=where)
    changes = [f"{column} = :pseudonym", *filter(None, [named.also])]
    for word in personal.words if named.clears == _ALL else named.clears.split():
        kept = personal.kept.get(word, "FALSE")
        changes.append(f"{word} = CASE WHEN {kept} THEN {word} ELSE {personal.words[word]} END")
    yield f"UPDATE {table} SET {', '.join(changes)} WHERE {where}"


_EXPORTS: Final = {personal.export: _export(table, personal) for table, personal in PERSONAL.items()}
"""Other people's ids are left out. So are the secrets of callbacks, and what is only remembered as a hash."""

_MEMBERS: Final = " UNION ".join(
    f"SELECT {column} AS member_id FROM {table} WHERE {column} > 0 AND {named.only}" for table, column, named in COLUMNS
)

_SERVERS: Final = " UNION ".join(
    f"SELECT guild_id FROM {table} WHERE {column} = :member_id AND {named.only}"
    for table, column, named in COLUMNS
    if not named.deletes
)

_REPLACE: Final = tuple(
    (PERSONAL[table].with_server, sql)
    for table, column, named in COLUMNS
    if not named.deletes
    for sql in _replacements(table, column, named)
)

_DELETE: Final = tuple(
    f"DELETE FROM {table} WHERE {column} = :member_id AND {named.only}"
    for table, column, named in COLUMNS
    if named.deletes
)

_CLEAR_MENTIONS: Final = tuple(
    f"UPDATE {table} SET {word} = {personal.words[word]} WHERE {where} AND {word} LIKE :named"
    for table, personal in PERSONAL.items()
    for word, where in personal.mentions.items()
)
"""Also in reasons of what was done about others."""


def export(tx: Transaction, member_id: int) -> Records:
    """Read everything that is stored about a member, as they may have it."""
    return {name: tx.fetch_records(sql, {"member_id": member_id}) for name, sql in _EXPORTS.items()}


def is_known(tx: Transaction, member_id: int) -> bool:
    """Return whether anything is stored about a member."""
    return any(tx.fetch_one(sql, {"member_id": member_id}) for sql in _EXPORTS.values())


def known_members(tx: Transaction) -> list[int]:
    """Return every member of whom a database knows something."""
    return tx.fetch_column(_MEMBERS)


def generate_pseudonym() -> int:
    """Generate a negative number that nothing maps back. Ids of Discord are positive, so no member can have it."""
    return -1 - secrets.randbelow(2**62)


def take_out(tx: Transaction, member_id: int) -> None:
    """Take a member out of every table. The caller holds the member's lock.

    Their rows stay where credits depend on them, so every sum stays right. Each server gets a pseudonym of its own, so
    that nothing tells that two of them are one person.
    """
    whose = {"member_id": member_id}
    for guild_id in tx.fetch_column(f"{_SERVERS} ORDER BY guild_id", whose):
        replace(tx, guild_id, member_id, generate_pseudonym())
    reported = "job_id IN (SELECT job_id FROM movie_reports WHERE member_id = :member_id)"
    movie_reports.show(tx, f"staff_message_id IS NOT NULL AND {reported}", whose)
    for sql in _DELETE:
        tx.execute(sql, whose)
    for sql in _CLEAR_MENTIONS:
        tx.execute(sql, {"named": f"%{member_id}%"})


def replace(tx: Transaction, guild_id: int, member_id: int, pseudonym: int, *, departed: bool = False) -> None:
    """Replace a member by a pseudonym in a server, and clear their words there.

    What Discord has to delete is still deleted. The caller holds the member's lock. `departed`: leave the rows that go
    with the server.
    """
    account = {"guild_id": guild_id, "member_id": member_id}
    own_jobs = "SELECT id FROM jobs WHERE guild_id = :guild_id AND member_id = :member_id"
    movie_nights.forget_movies(tx, guild_id, member_id)
    named = f"(job_id IN ({own_jobs}) OR guild_id = :guild_id AND :member_id IN (decided_by, blocked_by))"
    movie_reports.show(tx, f"staff_message_id IS NOT NULL AND {named}", account)
    delete_parts(tx, "jobs", own_jobs, account)
    tx.execute(f"UPDATE outbox SET {cleared('outbox')} WHERE job_id IN ({own_jobs})", account)
    own_pitches = tx.fetch_column(
        "SELECT id FROM pitches WHERE guild_id = :guild_id AND member_id = :member_id ORDER BY id", account
    )
    for with_server, sql in _REPLACE:
        if not (departed and with_server):
            tx.execute(sql, {**account, "pseudonym": pseudonym, "number": generate_pseudonym()})
    for pitch_id in own_pitches:  # their messages have the name, and are forgotten without it
        pitches.show(tx, pitch_id)


def cleared(table: str) -> str:
    """Return the assignments that clear a table's words."""
    return ", ".join(f"{word} = {nothing}" for word, nothing in PERSONAL[table].words.items())


def delete_parts(tx: Transaction, table: str, ids: str, values: Params) -> None:
    """Delete what goes with some rows of a table. `ids` is SQL for their ids."""
    for part, personal in PERSONAL.items():
        if table in personal.part_of:
            tx.execute(f"DELETE FROM {part} WHERE {personal.part_of[table]} IN ({ids})", values)
