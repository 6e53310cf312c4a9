"""What members are to be told: that an upgrade tells everything, and nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.delivery import MessageDeletion, PostedMessage, Venue
from bot.domain.message import MessageKind
from data.engine.migration_files import load_migrations, load_postgresql_migrations
from data.storage import engines, postgresql_migrations, sqlite_migrations
from tests.helpers.due_work import due_deletions, due_entries, due_notices, due_pitches, due_states
from tests.helpers.ledger_checks import Place, execute, query

ENGINES = ("sqlite",)

_PENDING = "'pending', 1, 500"

OLD = (
    """INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,
    video_model, image_model, aspect_ratio, price_credits, state, created_at)
    VALUES ('job', 1, 10, 20, 3, 'al', 'x', 10, 'a', 'b', '16:9', 9, 'cancelled', 8)""",
    """INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,
    video_model, image_model, aspect_ratio, price_credits, state, created_at, removed_at)
    VALUES ('removed', 2, 10, 20, 3, 'al', 'x', 10, 'a', 'b', '16:9', 9, 'completed', 8, 9)""",
    """INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month)
    VALUES ('t', 5, 'grant', 10, 3, '2026-11'), ('g', 5, 'grant', 10, 4, '2026-11')""",
    f"""INSERT INTO gifts (id, guild_id, channel_id, giver_id, recipient_id, credits, taken_entry_id, given_entry_id,
    created_at, notice, attempts, next_attempt_at) VALUES ('gift', 10, 20, 3, 4, 5, 't', 'g', 400, {_PENDING})""",
    f"""INSERT INTO credit_requests (id, guild_id, channel_id, member_id, day, credits, price_credits, member_language,
    state, created_at, decided_by, decided_at, notice, attempts, next_attempt_at) VALUES
    ('asked', 10, 20, 3, 'a day', 300, 400, 'ja', 'granted', 200, 5, 300, {_PENDING}),
    ('untold', 10, 20, 4, 'a day', 300, 400, 'ja', 'granted', 200, 5, 300, 'undeliverable', 0, NULL),
    ('open', 10, 20, 5, 'a day', 300, 400, 'ja', 'open', 200, NULL, NULL, 'none', 0, NULL)""",
    f"""INSERT INTO followers (job_id, member_id, queued_at, notice, attempts, next_attempt_at)
    VALUES ('job', 4, 450, {_PENDING}), ('job', 5, NULL, 'none', 0, NULL), ('removed', 4, 450, {_PENDING})""",
    """INSERT INTO pitches (id, interaction_id, guild_id, channel_id, member_id, member_name, member_language,
    server_language, prompt, duration_seconds, video_model, image_model, aspect_ratio, price_credits, state,
    created_at, ends_at, ended_at, message_id, message_due_at, message_attempts, message_check_at, next_run_at) VALUES
    ('pitch', 5, 10, 20, 3, 'al', 'ja', 'de', 'x', 10, 'a', 'b', '16:9', 100, 'lapsed', 5, 6, 6, 77, 490, 2, 7, NULL),
    ('open', 6, 10, 20, 3, 'al', 'ja', 'de', 'x', 9, 'a', 'b', '16:9', 100, 'open', 5, 6, NULL, 78, NULL, 0, 495, 6)""",
    f"""INSERT INTO pitch_notices (pitch_id, member_id, kind, credits, reason, created_at, status, attempts,
    next_attempt_at) VALUES ('pitch', 3, 'returned', 7, 'lapsed', 460, {_PENDING}),
    ('pitch', 4, 'returned', 8, 'lapsed', 470, 'sent', 0, NULL),
    ('pitch', 4, 'waiting', 8, NULL, 470, 'suppressed', 0, NULL)""",
    """INSERT INTO reported_movies (job_id, guild_id, state, reported_at, attempts, next_attempt_at)
    VALUES ('job', 10, 'open', 5, 3, 480)""",
    """INSERT INTO message_deletions (message_id, channel_id, job_id, attempts, next_attempt_at, venue)
    VALUES (77, 20, 'job', 4, 470, 'forum')""",
    "INSERT INTO guild_settings (guild_id, staff_channel_id, movie_night_at) VALUES (10, 90, 440)",
    """INSERT INTO movie_nights (id, guild_id, week, starts_at, state, created_at, attempts, next_attempt_at) VALUES
    ('night', 10, 'w', 1, 'pending', 2, 5, 430), ('over', 10, 'v', 1, 'posted', 2, 0, NULL)""",
    """INSERT INTO audit_log (id, created_at, guild_id, actor_id, action, subject_id, reason, next_attempt_at) VALUES
    ('a', 1, 10, 2, 'grant', 3, '', NULL), ('b', 1, 10, 2, 'grant', 3, '', 900), ('c', 1, 10, 2, 'grant', 3, '', 1)""",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A database with what was pending before the table of messages."""
    if request.param == "sqlite":
        place: Place = tmp_path / "movies.db"
        every = load_migrations()
        migrate = sqlite_migrations.migrate
    else:
        place = request.getfixturevalue("empty_postgresql_url")
        every = load_postgresql_migrations()
        migrate = postgresql_migrations.migrate
    migrate(place, tuple(each for each in every if each.number < 48))
    for sql in OLD:
        execute(place, sql)
    migrate(place, every)
    return place


async def test_what_may_have_been_sent_before_an_upgrade_keeps_its_nonce(upgraded: Place) -> None:
    """The texts of the nonces are those that the version before made.

    Nobody is told of a movie that was removed. Who was not told that a pitch waited is told once it waits again.
    """
    database = await engines.engine(upgraded if isinstance(upgraded, str) else f"sqlite:///{upgraded}").open()
    try:
        due = [notice for message in await database.read(due_notices) for notice in message]
        [pitch] = await database.read(due_pitches)
        [start] = await database.read(due_states, MessageKind.MOVIE_NIGHT_START)
        [night] = await database.read(due_states, MessageKind.MOVIE_NIGHT)
        [check] = await database.read(due_states, MessageKind.PITCH_CHECK)
        [(gone, deletion)] = await database.read(due_deletions)
        [report] = await database.read(due_states, MessageKind.REPORT)
        [(entry, channel)] = await database.read(due_entries)
    finally:
        await database.close()
    assert (pitch.subject_id, pitch.attempts) == ("pitch", 2)
    assert (gone.attempts, deletion) == (4, MessageDeletion("job", PostedMessage(20, 77, Venue.FORUM)))
    assert check.subject_id == "open"
    assert (start.subject_id, night.subject_id, night.attempts) == ("10", "night", 5)
    assert (report.subject_id, report.attempts) == ("job", 3)
    assert (entry.id, channel) == ("b", 90)
    assert {(each.kind, each.member_id, each.due_since, each.attempts) for each in due} == {
        (MessageKind.GIFT, 4, 400, 1),
        (MessageKind.ANSWER, 3, 300, 1),
        (MessageKind.FOLLOWED, 4, 450, 1),
        (MessageKind.RETURNED, 3, 460, 1),
    }
    assert {each.nonce_for(direct=direct) for each in due for direct in each.routes} == {
        *("gift-True", "gift-False", "asked-answer", "job-4-followed-True"),
        *("pitch-returned-3-460-True", "pitch-returned-3-460-False"),
    }
    told_later = query(upgraded, "SELECT subject_id FROM messages WHERE status = 'pending' AND member_id > 0")
    assert sorted(row["subject_id"] for row in told_later) == ["asked", "gift", "job", "pitch"]
    told = query(upgraded, "SELECT subject_id, member_id, status FROM messages WHERE status <> 'pending'")
    assert sorted(row["subject_id"] for row in told) == ["pitch", "untold"]
