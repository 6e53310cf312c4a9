"""The worker posts a movie night once, and keeps its message true."""

import pytest

from bot.core.errors import DeliveryDeferred, DeliveryRejected, GalleryRejected
from bot.domain.delivery import MAX_ATTEMPTS, NONCE_TTL_SECONDS
from bot.domain.jobs import Job
from bot.domain.movie_nights import MovieNight, next_start
from bot.domain.quota import AuditContext, AuditReason
from bot.domain.server_setup import ServerSetup, Weekday
from data import galleries, outbox, rankings, removals, server_setup, setup_changes
from tests.helpers.at_time import at_time
from tests.helpers.fakes import nothing
from tests.helpers.ledger_checks import execute, query
from tests.helpers.worker_harness import ALICE, BOB, CHANNEL, GUILD, WorkerHarness

GALLERY, SECRET, OTHER = 55, 81, 82
CLUB, STAFF = 71, 72
ROLE, STAFF_ONLY, MEMBERS = frozenset({CLUB}), frozenset({STAFF}), frozenset({CLUB, STAFF})
OBJECTION = DeliveryRejected("AutoMod", code=200000, is_closed=False)
NO_ACCESS = DeliveryRejected("no access", code=50001)
CLOSED_GALLERY = GalleryRejected("missing access", code=50001)
BY = AuditContext(ALICE, GUILD)

Shown = list[list[tuple[str, str]]]


async def starred_in(harness: WorkerHarness, *channels: int) -> list[Job]:
    made: list[Job] = []
    for number, channel in enumerate(reversed(channels)):
        job = await harness.make(0)
        execute(harness.path, f"UPDATE jobs SET channel_id = {channel} WHERE id = '{job.id}'")
        execute(harness.path, f"UPDATE outbox SET channel_id = {channel} WHERE job_id = '{job.id}'")
        await harness.database.write(rankings.toggle, job.id, BOB, interaction_id=number)
        made.append(await harness.job(job))
    return made[::-1]


async def on_the_day(harness: WorkerHarness, *, gallery: int | None = None) -> int:
    changes = {ServerSetup.movie_night: Weekday.FRIDAY, ServerSetup.gallery: gallery}
    expected = (await harness.database.read(server_setup.get, GUILD)).fingerprint(changes)
    await harness.database.write(setup_changes.change, changes, expected, by=BY)
    start = next_start(Weekday.FRIDAY, harness.clock.now())
    await harness.advance_and_run((start - harness.clock.now()) / 1000)
    return start


async def remove(harness: WorkerHarness, job: Job) -> None:
    await harness.database.write(removals.remove, job.id, BY)
    await harness.worker.run_until_idle()


def sent(harness: WorkerHarness) -> list[tuple[int | None, list[str], int | None]]:
    messages = harness.publisher.movie_nights.sent
    return [(night.channel_id, [each.job.id for each in night.movies], since) for night, since in messages]


def updated(harness: WorkerHarness) -> Shown:
    nights = harness.publisher.movie_nights.updated
    return [[(each.job.id, each.job.request.prompt) for each in night.movies] for night in nights]


def told(harness: WorkerHarness) -> list[str]:
    rows = query(harness.path, "SELECT action FROM audit_log WHERE action <> 'change_setting' ORDER BY id")
    return [row["action"] for row in rows]


def states(harness: WorkerHarness) -> list[str]:
    return [row["state"] for row in query(harness.path, "SELECT state FROM movie_nights")]


async def test_the_best_five_that_are_still_there_are_posted_once(harness: WorkerHarness) -> None:
    movies = await starred_in(harness, OTHER, *[CHANNEL] * 6)
    gone = await harness.database.read(outbox.message_about, movies[0])
    harness.publisher.movie_nights.deleted.add(gone.message_id)
    await on_the_day(harness)
    assert sent(harness) == [(CHANNEL, [each.id for each in movies[1:6]], None)]
    harness.new_worker()
    await harness.advance_and_run(3600)
    await harness.advance_and_run(7 * 24 * 3600)
    assert len(sent(harness)) == 1  # nothing new was starred
    assert told(harness) == []


async def test_a_message_that_discord_defers_is_repeated_with_the_same_movies(harness: WorkerHarness) -> None:
    [best, other] = await starred_in(harness, CHANNEL, CHANNEL)
    harness.publisher.movie_nights.answers = [DeliveryDeferred("503"), DeliveryDeferred("503", retry_after=3600)]
    start = await on_the_day(harness)
    for fan in (77, 78):
        await harness.database.write(at_time(start, rankings.toggle), other.id, fan, interaction_id=fan)
    await harness.advance_and_run(NONCE_TTL_SECONDS + 1)
    await harness.advance_and_run(3600)
    movies = [best.id, other.id]
    assert sent(harness) == [(CHANNEL, movies, None), (CHANNEL, movies, start), (CHANNEL, movies, start)]


@pytest.mark.parametrize("is_unrestricted", [False, True])
async def test_with_a_closed_gallery_it_goes_to_the_channel(harness: WorkerHarness, *, is_unrestricted: bool) -> None:
    [movie] = await starred_in(harness, CHANNEL)
    rejected = GalleryRejected("missing access", code=50001, is_unrestricted=is_unrestricted)
    harness.publisher.movie_nights.answers = [rejected, NO_ACCESS]
    await on_the_day(harness, gallery=GALLERY)
    await harness.advance_and_run(24 * 3600)
    assert sent(harness) == [(GALLERY, [movie.id], None), (CHANNEL, [movie.id], None)]
    assert told(harness) == ["gallery_failed", "movie_night_failed"]
    [entry] = query(harness.path, "SELECT reason_code FROM audit_log WHERE action = 'gallery_failed'")
    assert (entry["reason_code"] == AuditReason.NOT_AGE_RESTRICTED) is is_unrestricted


async def test_where_discord_objects_to_the_words_it_is_posted_without_them(harness: WorkerHarness) -> None:
    [movie] = await starred_in(harness, CHANNEL)
    objection = GalleryRejected("AutoMod", code=200000, is_closed=False)
    harness.publisher.movie_nights.answers = [objection, objection, OBJECTION]
    await on_the_day(harness, gallery=GALLERY)
    assert sent(harness) == [(channel, [movie.id], None) for channel in (GALLERY, GALLERY, CHANNEL, CHANNEL)]
    prompts = [night.movies[0].job.request.prompt for night, _ in harness.publisher.movie_nights.sent]
    assert prompts == ["a red balloon", ""] * 2
    assert told(harness) == []
    assert await harness.database.read(galleries.find_open, GUILD) == GALLERY


async def test_a_movie_that_is_deleted_leaves_the_message_at_once(harness: WorkerHarness) -> None:
    movies = await starred_in(harness, *[CHANNEL] * 3)
    gone = movies[2].id
    harness.publisher.movie_nights.while_sending = lambda _: harness.database.write(removals.remove, gone, BY)
    await on_the_day(harness)
    first, second = [(each.id, "a red balloon") for each in movies[:2]]
    assert updated(harness) == [[first, second]]
    harness.publisher.movie_nights.answers = [OBJECTION]
    await remove(harness, movies[1])
    assert updated(harness)[1:] == [[first], [(first[0], "")]]
    harness.publisher.movie_nights.answers = [DeliveryDeferred("503") for _ in range(4)]
    await remove(harness, movies[0])
    await harness.assert_tried_after((5, 15, 45, 135), lambda: len(updated(harness)))
    await harness.advance_and_run(24 * 3600)
    assert (updated(harness)[3:], len(sent(harness))) == ([[]] * 5, 1)


@pytest.mark.parametrize("problem", [None, NO_ACCESS])
async def test_an_unrecorded_post_goes_with_its_movie(harness: WorkerHarness, problem: Exception | None) -> None:
    [movie] = await starred_in(harness, CHANNEL)
    harness.publisher.movie_nights.answers = [DeliveryDeferred("cut"), DeliveryDeferred("503"), problem]
    await on_the_day(harness)
    await harness.database.write(removals.remove, movie.id, BY)
    for _ in range(2):
        await harness.advance_and_run(NONCE_TTL_SECONDS)
    messages = [(night.movies, night.message) for night in harness.publisher.movie_nights.updated]
    assert messages == [((), None)] * 2
    assert (len(sent(harness)), states(harness)) == (1, ["empty"])


@pytest.mark.parametrize(("error", "updates"), [(NO_ACCESS, 1), (DeliveryDeferred("503"), MAX_ATTEMPTS + 1)])
async def test_an_update_that_never_succeeds_ends(harness: WorkerHarness, error: Exception, updates: int) -> None:
    [_, second] = await starred_in(harness, CHANNEL, CHANNEL)
    await on_the_day(harness)
    harness.publisher.movie_nights.answers = [error] * (2 * MAX_ATTEMPTS)
    await remove(harness, second)
    for _ in range(MAX_ATTEMPTS + 5):
        await harness.advance_and_run(3600)
    assert len(updated(harness)) == updates


async def test_a_message_whose_deletion_is_refused_is_tried_again_by_the_next_change(harness: WorkerHarness) -> None:
    [movie] = await starred_in(harness, CHANNEL)
    await on_the_day(harness)
    harness.publisher.movie_nights.answers = [NO_ACCESS]
    await remove(harness, movie)
    assert (updated(harness), states(harness)) == ([[]], ["posted"])


async def test_the_edit_of_a_message_does_not_open_a_gallery_again(harness: WorkerHarness) -> None:
    """Discord takes edits where nothing can be posted."""
    [_, second] = await starred_in(harness, CHANNEL, CHANNEL)
    await on_the_day(harness, gallery=GALLERY)
    await harness.database.write(galleries.mark_closed, GUILD, GALLERY, None)
    await remove(harness, second)
    assert len(updated(harness)) == 1
    [row] = query(harness.path, "SELECT gallery_failed_at FROM guild_settings")
    assert row["gallery_failed_at"] is not None


PRIVATE = {SECRET: ROLE, OTHER: None}
OF_ROLE = {GALLERY: MEMBERS, SECRET: STAFF_ONLY, OTHER: MEMBERS, CHANNEL: MEMBERS}
NOT_FOR_ALL = {OTHER: None, SECRET: STAFF_ONLY, CHANNEL: MEMBERS}
READERS: dict[str, tuple[tuple[int, ...], dict[int, frozenset[int] | None], int | None, int | None, list[int]]] = {
    "what not all may view is left out": ((SECRET, OTHER, *[CHANNEL] * 6), PRIVATE, GALLERY, GALLERY, [2, 3, 4, 5, 6]),
    "a role's gallery shows what the role may view": ((SECRET, OTHER, CHANNEL), OF_ROLE, GALLERY, GALLERY, [1, 2]),
    "without a gallery, it is for everyone": ((SECRET, OTHER, CHANNEL, OTHER), PRIVATE, None, CHANNEL, [2]),
    "or in the best movie's own channel": ((OTHER, CHANNEL, SECRET, CHANNEL), NOT_FOR_ALL, None, CHANNEL, [1, 3]),
    "without a movie, nothing is posted": ((SECRET, OTHER), {SECRET: None, OTHER: None}, None, None, []),
}
"""Channels of the movies, roles that view channels, the gallery, and which movies are posted where."""


@pytest.mark.parametrize("case", READERS)
async def test_what_is_posted_depends_on_who_reads_it(harness: WorkerHarness, case: str) -> None:
    channels, roles, gallery, posted_in, posted = READERS[case]
    movies = await starred_in(harness, *channels)
    harness.publisher.movie_nights.roles = roles
    await on_the_day(harness, gallery=gallery)
    await harness.advance_and_run(24 * 3600)
    assert sent(harness) == ([(posted_in, [movies[each].id for each in posted], None)] if posted else [])
    assert (told(harness), states(harness)) == ([], ["posted" if posted else "empty"])


async def test_a_movie_whose_message_not_all_may_view_is_left_out(harness: WorkerHarness) -> None:
    [best, other] = await starred_in(harness, CHANNEL, CHANNEL)
    execute(harness.path, f"UPDATE outbox SET channel_id = {SECRET} WHERE job_id = '{best.id}'")
    harness.publisher.movie_nights.roles = {SECRET: ROLE}
    await on_the_day(harness)
    assert sent(harness) == [(CHANNEL, [other.id], None)]


@pytest.mark.parametrize("may_view", [True, False])
async def test_movies_are_chosen_again_where_the_gallery_is_closed(harness: WorkerHarness, *, may_view: bool) -> None:
    movies = await starred_in(harness, SECRET, CHANNEL, OTHER)
    harness.publisher.movie_nights.roles = {GALLERY: ROLE if may_view else None, SECRET: ROLE, OTHER: MEMBERS}
    harness.publisher.movie_nights.answers = [CLOSED_GALLERY] if may_view else []
    await on_the_day(harness, gallery=GALLERY)
    in_gallery = [(GALLERY, [each.id for each in movies], None)] if may_view else []
    assert sent(harness) == [*in_gallery, (CHANNEL, [movies[1].id], None)]
    assert told(harness) == ["gallery_failed"]


async def test_without_a_place_for_movies_it_is_over(harness: WorkerHarness, caplog: pytest.LogCaptureFixture) -> None:
    [movie] = await starred_in(harness, SECRET)
    harness.publisher.movie_nights.answers = [CLOSED_GALLERY] * 2

    async def close_secret(_: MovieNight) -> None:
        harness.publisher.movie_nights.roles = {SECRET: None}
        harness.publisher.movie_nights.refusals = [DeliveryDeferred("503")]
        harness.publisher.movie_nights.while_sending = nothing

    harness.publisher.movie_nights.while_sending = close_secret
    start = await on_the_day(harness, gallery=GALLERY)
    await harness.advance_and_run(24 * 3600)
    assert sent(harness) == [(GALLERY, [movie.id], None), (GALLERY, [movie.id], start)]
    assert (told(harness), states(harness)) == (["gallery_failed"], ["empty"])
    assert "work_item_failed" not in caplog.messages


async def test_it_waits_until_discord_tells_who_reads_what(harness: WorkerHarness) -> None:
    [movie] = await starred_in(harness, CHANNEL)
    harness.publisher.movie_nights.refusals = [DeliveryDeferred("503"), DeliveryDeferred("503", retry_after=3600)]
    start = await on_the_day(harness)
    await harness.advance_and_run(60)
    assert sent(harness) == []
    await harness.advance_and_run(3600)
    assert sent(harness) == [(CHANNEL, [movie.id], start)]


async def test_in_a_server_that_the_bot_has_left_it_is_over(harness: WorkerHarness) -> None:
    await starred_in(harness, CHANNEL)
    harness.publisher.movie_nights.refusals = [DeliveryRejected("unknown server", code=10004)]
    await on_the_day(harness, gallery=GALLERY)
    assert (sent(harness), told(harness), states(harness)) == ([], [], ["empty"])
