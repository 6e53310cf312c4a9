"""A server's weekly movie night, with movies that its members may see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.message import Delivery, MessageKind, SentMessage
from bot.domain.movie_nights import LATEST_MS, MovieNight, MovieNightState, Recap, StarredMovie, next_start
from bot.domain.movie_reports import ReportState
from bot.domain.quota import AuditContext
from bot.domain.server_setup import Weekday, WeeklyRecap
from bot.domain.setting_kinds import SettingValue
from bot.services.privacy import clear_old_data
from data import departed_servers, galleries, messages, movie_nights, movie_reports, personal, removals
from data.messages import DueMessage
from data.outbox import mark_sent
from data.rankings import toggle
from data.restore_review import hold_open_work, make_due
from data.retention import clear_old
from tests.helpers.at_time import at_time
from tests.helpers.due_work import every_due
from tests.helpers.ledger_checks import execute, query
from tests.helpers.server_settings import change_setup
from tests.helpers.store_harness import ALICE, BOB, CAROL, CHANNEL, DAY, GUILD, HOUR, NOW, StoreHarness, a_job

BY = AuditContext(ALICE, GUILD)
GALLERY = 88
ELSEWHERE = 11
START = NOW + 6 * HOUR
"""18:00 on the day of NOW, a Tuesday."""
WEEK = 7 * DAY
_STARTS = "kind = 'movie_night_start'"


@pytest.fixture
async def store(store: StoreHarness) -> StoreHarness:
    """A server with a movie night on Tuesdays."""
    await setup(store, movie_night=Weekday.TUESDAY)
    return store


async def setup(store: StoreHarness, now: int = NOW, *, guild: int = GUILD, **values: SettingValue) -> None:
    await change_setup(store.database, AuditContext(ALICE, guild), now, **values)


async def made(
    store: StoreHarness,
    number: int,
    given: int = 1,
    member: int = ALICE,
    *,
    at: int = NOW,
    venue: Venue = Venue.CHANNEL,
    guild: int = GUILD,
) -> Job:
    job = await store.posted(a_job(number, member, cost=1, guild=guild), venue)
    execute(store.place, f"UPDATE jobs SET finished_at = {at} WHERE id = '{job.id}'")
    for fan in range(given):
        await store.database.write(toggle, job.id, 1000 + fan, interaction_id=fan)
    return await store.found(job.id)


async def begun(store: StoreHarness, now: int = START) -> list[MovieNight]:
    for start in await store.database.read(at_time(now, every_due), MessageKind.MOVIE_NIGHT_START):
        await store.database.write(at_time(now, movie_nights.begin), start)
    due = await store.database.read(at_time(now, every_due), MessageKind.MOVIE_NIGHT)
    return [await store.database.read(movie_nights.get, each.subject_id) for each in due]


async def message_of(store: StoreHarness, night: MovieNight) -> DueMessage:
    due = await store.database.read(at_time(START + 100 * DAY, every_due), MessageKind.MOVIE_NIGHT)
    [message] = [each for each in due if each.subject_id == night.id]
    return message


async def candidates(store: StoreHarness, night: MovieNight) -> list[StarredMovie]:
    return [*await store.database.read(movie_nights.candidates, night)]


async def chosen(store: StoreHarness, now: int = START) -> MovieNight:
    [night] = await begun(store, now)
    found = await candidates(store, night)
    gallery_id = await store.database.read(at_time(now, galleries.find_open), GUILD)
    venue = Venue.CHANNEL if gallery_id is None else Venue.GALLERY
    return await store.database.write(movie_nights.choose, night, found[:5], gallery_id or CHANNEL, venue)


async def mark_shown(store: StoreHarness, night: MovieNight, at: int = START) -> None:
    """Record that a message shows a night as it is now."""
    place = night.message or PostedMessage(night.channel_id or 0, 4711, night.venue)
    await store.database.write(at_time(at, movie_nights.mark_posted), await message_of(store, night), night, place)


async def posted(store: StoreHarness) -> MovieNight:
    night = await chosen(store)
    await mark_shown(store, night, NOW)
    return await store.database.read(movie_nights.get, night.id)


async def remove(store: StoreHarness, job: Job, now: int = START) -> None:
    await store.database.write(at_time(now, removals.remove), job.id, BY)


def numbers(night: MovieNight) -> list[int]:
    return [int(each.job.id) for each in night.movies]


@pytest.mark.usefixtures("time_zone")
@pytest.mark.parametrize(
    ("day", "now", "at"),
    [
        (Weekday.TUESDAY, START - 1, START),
        (Weekday.TUESDAY, START, START + WEEK),
        (Weekday.WEDNESDAY, START, START + DAY),
        (Weekday.MONDAY, NOW, START + 6 * DAY),
    ],
)
def test_the_next_one_starts_on_its_day_at_one_hour(day: Weekday, now: int, at: int) -> None:
    assert next_start(day, now) == at


async def test_a_week_has_one_and_a_server_without_a_day_has_none(store: StoreHarness) -> None:
    assert await begun(store, START - 1) == []
    assert await store.database.read(messages.next_due_at, NOW) == START
    [start] = await store.database.read(at_time(START, every_due), MessageKind.MOVIE_NIGHT_START)
    [night] = await begun(store)
    await store.database.write(movie_nights.begin, start)
    execute(store.place, f"UPDATE messages SET due_since = {START}, due_at = {START} WHERE {_STARTS}")
    assert [each.id for each in await begun(store, START + 1)] == [night.id]
    await setup(store, START + 1, movie_night=Weekday.FRIDAY)
    assert [each.id for each in await begun(store, START + 3 * DAY)] == [night.id]
    assert len(await begun(store, START + 10 * DAY)) == 2
    await setup(store, START + 10 * DAY, movie_night=None)
    assert len(await begun(store, START + 17 * DAY)) == 2


ON = WeeklyRecap.ON
SUNDAY = START + 5 * DAY


async def test_a_recap_is_off_unless_chosen_and_is_one_message_with_the_movie_night(store: StoreHarness) -> None:
    await setup(store, movie_night=None, weekly_recap=ON)
    assert await store.database.read(messages.next_due_at, NOW) == SUNDAY
    [start] = await store.database.read(at_time(SUNDAY, every_due), MessageKind.MOVIE_NIGHT_START)
    [alone] = await begun(store, SUNDAY)
    await store.database.write(at_time(SUNDAY, movie_nights.begin), start)  # another process, or a restart
    assert [each.id for each in await begun(store, SUNDAY + 1)] == [alone.id]
    assert (alone.is_night, alone.recap) == (False, Recap(0, 0))
    await setup(store, SUNDAY + 1, movie_night=Weekday.TUESDAY)
    [_, both] = await begun(store, START + WEEK)
    assert (both.is_night, both.recap) == (True, Recap(0, 0))
    assert len(await begun(store, SUNDAY + WEEK)) == 2, "one message a week, not two"
    await setup(store, SUNDAY + WEEK, weekly_recap=None)
    [*_, night] = await begun(store, START + 2 * WEEK)
    assert (night.is_night, night.recap) == (True, None)
    await setup(store, START + 2 * WEEK, movie_night=None)
    assert len(await begun(store, SUNDAY + 3 * WEEK)) == 3


async def test_a_recap_adds_up_the_week_and_names_who_made_most_until_they_are_erased(store: StoreHarness) -> None:
    await setup(store, weekly_recap=ON)
    for number, member in ((1, ALICE), (2, BOB), (3, BOB), (4, CAROL), (5, CAROL), (6, CAROL)):
        await made(store, number, 1 if member == ALICE else 0, member)
    await made(store, 7, 1, BOB, at=START - WEEK - 1)
    await made(store, 8, 1, BOB, guild=ELSEWHERE)
    await store.database.write(movie_nights.set_unlisted, CAROL, unlisted=True)
    night = await posted(store)
    assert (numbers(night), night.recap) == ([1], Recap(6, 6, BOB, 2))
    await store.database.write(personal.replace, GUILD, BOB, -5)  # as an erasure does
    [again] = await begun(store, START + 1)
    assert (again.id, again.recap) == (night.id, Recap(6, 6, ALICE, 1)), "and the message is shown again"


async def test_one_is_held_neither_late_nor_where_the_bot_has_left(store: StoreHarness) -> None:
    assert await begun(store, START + LATEST_MS + 1) == []
    await store.database.write(departed_servers.record_left, GUILD)
    assert await begun(store, START + WEEK) == []
    later = START + 100 * DAY
    execute(store.place, f"UPDATE messages SET due_since = {later}, due_at = {later} WHERE {_STARTS}")
    await store.database.write(at_time(START + 2, make_due), START + 2)  # the clock was set back
    assert await begun(store, START + 2) == []
    assert query(store.place, f"SELECT due_at FROM messages WHERE {_STARTS}") == [{"due_at": START + WEEK}]
    await store.database.write(at_time(START + 2, make_due), START + 2)
    assert query(store.place, f"SELECT due_at FROM messages WHERE {_STARTS}") == [{"due_at": START + WEEK}]


async def test_the_best_come_first_and_only_what_members_may_see(store: StoreHarness) -> None:
    await made(store, 1, 2, at=NOW - 1)
    dismissed = await made(store, 2, 3)
    await made(store, 3, 2, BOB, at=NOW - 2)
    await made(store, 4, 0)
    await made(store, 5, 9, venue=Venue.DIRECT)
    await made(store, 6, 9, CAROL)
    await store.database.write(movie_nights.set_unlisted, CAROL, unlisted=True)
    await remove(store, await made(store, 7, 9))
    for job in (await made(store, 8, 9), dismissed):
        by = AuditContext(BOB, GUILD, interaction_id=int(job.id))
        await store.database.write(movie_reports.report, job.id, "no", by=by)
    await store.database.write(movie_reports.decide, dismissed.id, ReportState.DISMISSED, CAROL)
    await made(store, 9, 9, at=START - WEEK - 1)
    await made(store, 10, 1, at=START - WEEK)
    await made(store, 11, 9, at=START)
    [choosing] = await begun(store)
    night = await chosen(store)
    assert numbers(night) == [2, 1, 3, 10], "of equals, the newer one first"
    assert [(each.place, each.stars) for each in night.movies] == [(1, 3), (2, 2), (3, 2), (4, 1)]
    assert (night.state, night.channel_id, night.venue) == (MovieNightState.PENDING, CHANNEL, Venue.CHANNEL)
    again = await store.database.write(movie_nights.choose, choosing, [], None, Venue.CHANNEL)  # another process, later
    assert again == night
    assert await candidates(store, replace(night, id="another")) == []


async def test_a_week_without_stars_posts_nothing(store: StoreHarness) -> None:
    await made(store, 1, 0)
    assert (await chosen(store)).state is MovieNightState.EMPTY
    job = await made(store, 2, at=START)
    *_, later = await begun(store, START + WEEK)
    found = await candidates(store, later)
    await remove(store, job, START + WEEK)
    none = await store.database.write(movie_nights.choose, later, found, CHANNEL, Venue.CHANNEL)
    assert (len(found), none.state) == (1, MovieNightState.EMPTY)


async def test_it_goes_to_the_gallery_until_that_is_closed(store: StoreHarness) -> None:
    await setup(store, gallery=GALLERY)
    job = await made(store, 1)
    night = await chosen(store)
    assert (night.channel_id, night.venue) == (GALLERY, Venue.GALLERY)
    await store.database.write(movie_nights.reject, await message_of(store, night), night)
    await remove(store, job)
    assert await begun(store, START + DAY) == []
    await made(store, 2, at=START + DAY)
    night = await chosen(store, START + WEEK)
    assert night.channel_id == GALLERY
    for number, venue in enumerate((Venue.GALLERY, Venue.FORUM), 2):
        at = START + number * WEEK
        for _ in range(2):
            await store.database.write(at_time(at, galleries.mark_closed), GUILD, GALLERY)
        assert await store.database.read(at_time(at, galleries.find_open), GUILD) is None
        await mark_shown(store, replace(night, venue=venue), at)
        await store.database.write(at_time(at, messages.show), MessageKind.MOVIE_NIGHT, night.id, GUILD)
        assert await store.database.read(at_time(at, galleries.find_open), GUILD) == GALLERY, "it took one"
    told = query(store.place, "SELECT action FROM audit_log WHERE subject_id = 88 ORDER BY id")
    assert [row["action"] for row in told] == ["movie_night_failed", "gallery_failed", "gallery_failed"]


async def test_who_opts_out_or_is_erased_later_is_shown_no_more(store: StoreHarness) -> None:
    await made(store, 1, 2)
    await made(store, 2, 1, BOB)
    night = await posted(store)
    for unlisted, shown in ((True, [2]), (False, [1, 2])):
        await store.database.write(at_time(START, movie_nights.set_unlisted), ALICE, unlisted=unlisted)
        [again] = await begun(store, START + 1)
        assert (again.id, numbers(again)) == (night.id, shown), "the message is shown again"
        await mark_shown(store, night, START + 1)
        assert await begun(store, START + 1) == []
    await store.database.write(personal.replace, GUILD, ALICE, -5)  # as an erasure does
    [night] = await begun(store, START + 1)
    assert numbers(night) == [2]
    assert query(store.place, "SELECT place FROM movie_night_movies") == [{"place": 2}]
    await mark_shown(store, night, START + 1)
    [later] = await begun(store, START + WEEK)
    await made(store, 3, 1, CAROL, at=START + DAY)
    found = await candidates(store, later)
    await store.database.write(movie_nights.set_unlisted, CAROL, unlisted=True)
    none = await store.database.write(movie_nights.choose, later, found, CHANNEL, Venue.CHANNEL)
    assert (none.state, none.movies) == (MovieNightState.PENDING, ())


async def test_a_removed_movie_goes_from_the_message(store: StoreHarness) -> None:
    jobs = [await made(store, number, at=NOW + number) for number in (1, 2, 3)]
    [night] = await begun(store)
    found = await candidates(store, night)
    await remove(store, jobs[2])
    night = await store.database.write(movie_nights.choose, night, found, CHANNEL, Venue.CHANNEL)
    assert numbers(night) == [2, 1]
    message, place = await message_of(store, night), PostedMessage(CHANNEL, 4711)
    await store.database.write(messages.retry, message, START)
    await remove(store, jobs[1])
    await store.database.write(movie_nights.mark_posted, message, night, place)
    [shown] = await begun(store, START + 1)
    assert (shown.state, numbers(shown), shown.message) == (MovieNightState.POSTED, [1], place)
    message = await message_of(store, night)
    assert message.attempts == 0, "the updates have attempts of their own"
    await store.database.write(movie_nights.mark_posted, message, shown, place)
    assert await begun(store, START + 1) == []
    await remove(store, jobs[0], START + 2)
    [empty] = await begun(store, START + 2)
    assert (empty.movies, empty.message) == ((), place)
    message = await message_of(store, empty)
    await mark_shown(store, empty, START + 2)
    assert await begun(store, START + 3) == [], "an update is made once"
    await store.database.write(movie_nights.end, message, empty, MovieNightState.EMPTY)
    await store.database.write(messages.retry, message, START + 3)  # another process, later
    assert await begun(store, START + DAY) == []


async def test_a_movie_that_was_taken_out_of_the_gallery_is_in_no_movie_night(store: StoreHarness) -> None:
    await setup(store, gallery=GALLERY, gallery_stars=1)
    jobs = [await made(store, number, at=NOW + number) for number in (1, 2)]
    for job in jobs:
        sent = SentMessage(PostedMessage(GALLERY, 200 + int(job.id), Venue.GALLERY))
        await store.database.write(mark_sent, Delivery(job, NotificationType.STARRED, 0), sent)
    assert numbers(await posted(store)) == [2, 1]
    assert await store.database.write(removals.leave_gallery, jobs[0].id, BY)
    assert query(store.place, "SELECT 1 AS one FROM audit_log WHERE action = 'gallery_removed'") == [], "it is hers"
    [night] = await begun(store, START + 1)
    assert numbers(night) == [2]
    assert [int(each.job.id) for each in await candidates(store, night)] == [2]


async def test_old_ones_go_with_the_words_of_that_time_and_with_their_server(store: StoreHarness) -> None:
    await made(store, 1)
    night = await posted(store)
    await store.database.write(clear_old, "jobs", START)
    assert ((await store.database.read(movie_nights.get, night.id)).movies, await begun(store, START + 1)) == ((), [])
    await store.database.write(messages.show, MessageKind.MOVIE_NIGHT, night.id, GUILD)
    for after, left in ((0, 1), (1, 0)):
        store.now = START + 30 * DAY + after
        await clear_old_data(store.database, store.clock, 30)
        assert len(query(store.place, "SELECT 1 FROM movie_nights")) == left
        assert len(query(store.place, "SELECT 1 FROM messages WHERE kind = 'movie_night'")) == left
    assert query(store.place, "SELECT 1 FROM movie_night_movies") == []
    assert len(await begun(store, START + WEEK)) == 1
    await store.database.write(at_time(NOW, departed_servers.record_left), GUILD)
    assert await store.database.write(at_time(NOW + 60 * DAY, departed_servers.forget_server), GUILD)
    assert query(store.place, "SELECT 1 FROM movie_nights") == []


async def test_what_happens_in_one_server_changes_nothing_in_another(store: StoreHarness) -> None:
    await setup(store, guild=ELSEWHERE, movie_night=Weekday.TUESDAY)
    for guild in (GUILD, ELSEWHERE):
        await made(store, guild, guild=guild)
    nights = {night.guild_id: night for night in await begun(store)}
    for guild, night in nights.items():
        found = await candidates(store, night)
        assert [int(each.job.id) for each in found] == [guild]
        nights[guild] = await store.database.write(movie_nights.choose, night, found, guild, Venue.CHANNEL)
    assert [await store.database.read(movie_nights.get, night.id) for night in nights.values()] == [*nights.values()]
    here, left = nights[GUILD], nights[ELSEWHERE]
    message, kept_message = await message_of(store, here), await message_of(store, left)
    for change in (
        lambda tx: movie_nights.mark_posted(tx, message, here, PostedMessage(GUILD, 4711)),
        lambda tx: movie_nights.drop_movie(tx, here.movies[0].job.id),
        lambda tx: movie_nights.end(tx, message, here, MovieNightState.EMPTY),
    ):
        await store.database.write(change)
        assert await store.database.read(movie_nights.get, left.id) == left
        assert await message_of(store, left) == kept_message
    await setup(store, movie_night=None)
    assert await store.database.read(messages.next_due_at, START) == START + WEEK


@pytest.mark.parametrize("is_chosen", [True, False])
async def test_a_restored_database_repeats_none(store: StoreHarness, *, is_chosen: bool) -> None:
    await made(store, 1)
    await (chosen(store) if is_chosen else begun(store))
    await store.database.write(at_time(START + WEEK + LATEST_MS, hold_open_work))
    kept = await begun(store, START + WEEK + LATEST_MS)
    assert [each.state for each in kept] == [MovieNightState.SUPPRESSED], "it may have been posted since the backup"
    assert await store.database.read(messages.next_due_at, START + 9 * DAY) == START + 2 * WEEK
