"""/movies: a member's own movies, private, as a list, and the page of one."""

from __future__ import annotations

import discord

from bot.domain.jobs import Job, JobState
from bot.domain.movie_list import MovieFilter
from bot.services.privacy import clear_old_data
from bot.ui import movie_list, quotes
from bot.ui.components import custom_id
from bot.ui.formatting import escape_line, format_credits, format_duration
from bot.ui.job_buttons import STUDIO, VERSIONS
from bot.ui.job_status import state_label, state_title
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, empty_list, list_title, quote_title
from tests.helpers.movie_list import (
    ELSEWHERE,
    answering,
    buttons,
    choose,
    has,
    listed,
    menu,
    numbered,
    one_kept,
    one_kept_long_ago,
    open_one,
    parts,
    prompts,
)
from tests.helpers.reading import (
    about_movie,
    actions,
    addresses,
    answered,
    custom_ids,
    ephemeral_text,
    footer_of,
    job_id_of,
    message_text,
    response_text,
    title_of,
)
from tests.helpers.steps import behind_more, completed_movie


async def test_a_member_finds_their_movies_with_links(bot: AdminHarness) -> None:
    empty = await listed(bot)
    assert (message_text(empty), parts(empty)) == (empty_list(bot.alice.id), [])
    await bot.movie(prompt="a red balloon", duration=10)
    assert state_label(ENGLISH, JobState.QUEUED) in message_text(await listed(bot))
    await bot.run_until_idle()
    await bot.run_until_idle(50)
    assert f"{state_label(ENGLISH, JobState.RENDERING)} `" in message_text(await listed(bot))
    await bot.finish()
    text = message_text(await listed(bot))
    for words in ("**1.** a red balloon", ":R>", "10 s", "100 credits"):
        assert words in text
    assert addresses(await listed(bot)) == [bot.job()["movie_url"]]
    assert response_text(await bot.bob.slash(bot.channel, "movies")) == empty_list(bot.bob.id)


async def test_a_filter_shows_some_of_them(bot: AdminHarness) -> None:
    await has(bot, JobState.RENDERING, JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)
    assert prompts(await listed(bot, show="running")) == numbered([1])
    page = await listed(bot)
    for which, numbers in (("done", [2]), ("not-made", [4, 3]), ("all", [4, 3, 2, 1])):
        await choose(bot, page, "movies-filter", which)
        assert title_of(page) == list_title(MovieFilter(which))
        assert prompts(page) == numbered(numbers)
        chosen = [each["value"] for each in menu(page, "movies-filter")["options"] if each.get("default")]
        assert chosen == [which]
    bobs = await listed(bot, bot.bob, show="running")
    assert message_text(bobs) == empty_list(bot.bob.id, MovieFilter.RUNNING)
    await choose(bot, bobs, "movies-filter", "all", bot.bob)
    assert message_text(bobs) == empty_list(bot.bob.id)
    assert ephemeral_text(await bot.forged(bot.alice, "movies", show="lost")) == ENGLISH("errors-invalid-option")


async def test_one_who_may_manage_the_server_sees_a_members_movies_in_it(bot: AdminHarness) -> None:
    done, _ = await has(bot, JobState.COMPLETED, JobState.QUEUED)
    await has(bot, JobState.COMPLETED, guild_id=ELSEWHERE, name="secret")
    page = await listed(bot, bot.dana, member=bot.alice)
    assert title_of(page) == list_title(MovieFilter.ALL, *bot.stored_jobs()[:1], mine=False)
    assert prompts(page) == numbered([2, 1])
    await open_one(bot, page, 2, who=bot.dana)
    assert ENGLISH("movies-by", name="alice") in message_text(page)
    watch, studio = str(done.movie_url), STUDIO.format(request_id=done.request_id)
    orders = ["remix", "continue", "refresh", "retry"]
    assert actions(page) == [watch, *orders, "delete", studio, movie_list.PAGE_ACTION]
    await bot.dana.click(page, label=ENGLISH("movies-back-button"))
    await open_one(bot, page, 1, who=bot.dana)
    assert actions(page) == ["cancel-staff", "remix", movie_list.OPEN, movie_list.PAGE_ACTION]
    bot.guild.remove_member(bot.alice)
    assert prompts(await listed(bot, bot.dana, member=bot.alice.user)) == numbered([2, 1])
    assert message_text(await listed(bot, bot.dana, member=bot.bob)) == empty_list(bot.bob.id, mine=False)


async def test_one_who_may_not_sees_nothing_of_anyone_elses(bot: AdminHarness) -> None:
    [elsewhere] = await has(bot, JobState.COMPLETED, guild_id=ELSEWHERE)
    [job] = await has(bot, JobState.COMPLETED)
    refused = await bot.bob.slash(bot.channel, "movies", member=bot.alice)
    assert ephemeral_text(refused) == ENGLISH("movies-not-authorized")
    page = await listed(bot, member=bot.alice)
    before, alice, bob = message_text(page), bot.alice.id, bot.bob.id
    for forged, values in (
        (f"m:movies:{alice}:all:here:{job.id}", []),
        (f"m:movies-filter:{alice}", ["done"]),
        (f"m:movies-detail:{alice}:all:{job.id}", [job.id]),
        (f"m:movies-detail:{alice}:all:{job.id}:{job.id}", []),
    ):
        assert ephemeral_text(await bot.press(bot.bob, page, forged, values)) == ENGLISH("movies-not-authorized")
    for who, whose, which in ((bot.bob, bob, job.id), (bot.dana, alice, elsewhere.id)):
        stolen = await bot.press(who, page, f"m:movies-detail:{whose}:all:{which}", [which])
        assert ephemeral_text(stolen) == ENGLISH("movies-not-found")
    assert message_text(page) == before


PROMPT = "a red balloon"
DAY = 24 * 3600


async def test_a_movie_without_words_is_listed_but_not_made_again_and_gets_no_new_link(bot: AdminHarness) -> None:
    await bot.made(prompt=PROMPT)
    await bot.clock.advance(366 * DAY)
    app = bot.app
    await clear_old_data(app.database, app.clock, app.settings.retention_days)
    page = await listed(bot)
    assert prompts(page) == [r"\(prompt deleted\)"]
    await open_one(bot, page)
    assert ENGLISH("privacy-link-gone") in message_text(page)
    assert actions(page) == ["delete", movie_list.PAGE_ACTION]
    credits = await bot.alice.slash(bot.channel, "credits")
    assert r"\(prompt deleted\)" in message_text(answered(credits))
    assert PROMPT not in message_text(page) + message_text(answered(credits))
    posted = bot.messages()[-1]
    for action in ("remix", "retry"):
        for who in (bot.alice, bot.bob):
            answer = await bot.press(who, posted, custom_id(action, bot.job()["id"]))
            assert about_movie(answer) == ENGLISH("privacy-not-again")
    assert bot.ordered() == 1
    await bot.press(bot.alice, posted, custom_id("refresh", bot.job()["id"]))
    assert bot.job()["movie_url"] is None


CONTINUE = ENGLISH("series-continue-button")


def continued(bot: AdminHarness) -> list[object]:
    return [job["continues_id"] for job in ledger_checks.jobs(bot.place)]


async def test_anyone_continues_a_year_old_movie_and_the_series_is_in_its_list(bot: AdminHarness) -> None:
    movie = await completed_movie(bot, prompt="a cat", video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    first = bot.stored_job()
    await bot.clock.advance(365 * 24 * 3600)
    await bot.restart()
    forms = [await bot.bob.click(movie, label=CONTINUE) for _ in range(2)]
    assert repr(quotes.next_scene(ENGLISH, "a cat", 500)) in str(forms[0].modal)
    fields = [label["component"] for label in forms[0].modal["components"]]
    chosen = [each["value"] for field in fields for each in field.get("options", ()) if each["default"]]
    assert chosen == ["KLINGIMGTOVIDPRO", "FLUX1.1PRO", "9:16"]
    priced = await bot.bob.submit_modal(forms[0], {"prompt": "it runs", "seconds": "10"})
    assert quote_title(100) in ephemeral_text(priced)
    form = await bot.bob.click(answered(priced).message, label=ENGLISH("quotes-edit-button"))
    edited = await bot.bob.submit_modal(form, {"prompt": "it fails", "seconds": "5"})
    bot.upstream.fail_renders(lambda prompt: "fails" in prompt)
    await bot.bob.click(answered(edited).message, custom_id=custom_ids(answered(edited))["quote-accept"])
    await bot.finish()
    again = await bot.bob.click(bot.messages()[-1], label=ENGLISH("buttons-retry-button"))
    bot.upstream.clear_faults()
    await bot.bob.click(answered(again).message, custom_id=custom_ids(answered(again))["quote-accept"])
    await bot.finish()
    assert continued(bot) == [None, first.id, first.id]
    jobs = ledger_checks.jobs(bot.place)
    assert [job["member_id"] for job in jobs] == [bot.alice.id, bot.bob.id, bot.bob.id]
    detail = response_text(await bot.alice.slash(bot.channel, "movies", id=first.id))
    assert ENGLISH("series-field", movies=2) in detail
    assert "2. it fails" in detail
    ledger_checks.execute(bot.place, "UPDATE jobs SET guild_id = 5")
    detail = response_text(await bot.alice.slash(bot.channel, "movies", id=first.id))
    assert "it fails" not in detail, "in another server, others' movies of the first one are not shown"


async def test_a_movie_shows_its_versions_and_opens_one_for_everyone_who_may_see_it(bot: AdminHarness) -> None:
    movie = await completed_movie(bot, prompt="a cat")
    for prompt in ("a dubbed cat", "a long cat"):
        await bot.made(bot.bob, prompt=prompt, duration=1)
    cat, dub, film = bot.stored_jobs()

    def changed(job: Job, **values: str | int) -> None:
        assigned = ", ".join(f"{column} = {value!r}" for column, value in values.items())
        ledger_checks.execute(bot.place, f"UPDATE jobs SET {assigned} WHERE id = {job.id!r}")

    changed(dub, operation="dub", source_ids=cat.id, spoken_language="fr")
    changed(film, operation="film", source_ids=f"{cat.id} {dub.id}")
    french = ENGLISH("versions-dub", language="French")
    seen = answered(await bot.alice.slash(bot.channel, "movies", id=cat.id))
    for words in (ENGLISH("versions-list", versions=1), ENGLISH("versions-films", films=1), f"- {french} · <t:"):
        assert words in message_text(seen)
    await bot.alice.select(seen, [dub.id], custom_id=custom_id(VERSIONS))
    assert job_id_of(seen) == dub.id
    assert "Made from a cat · [" in message_text(seen)
    assert movie_list.PAGE_ACTION not in actions(seen), "it is in none of her lists"
    await bot.alice.select(seen, [film.id], custom_id=custom_id(VERSIONS))
    assert ["1. a cat" in message_text(seen), "2. a dubbed cat" in message_text(seen)] == [True, True]
    await bot.alice.select(seen, [cat.id], custom_id=custom_id(VERSIONS))
    assert actions(seen)[-1] == movie_list.PAGE_ACTION, "it is in hers"
    opened = answered(await behind_more(bot.bob, movie, VERSIONS))
    assert (job_id_of(opened), opened.ephemeral) == (cat.id, True)
    assert movie_list.PAGE_ACTION not in actions(opened)
    page = await listed(bot, bot.bob)
    assert f"✅ ready · {french} · <t:" in message_text(page)
    for job in (dub, film):
        ledger_checks.execute(bot.place, f"UPDATE outbox SET venue = 'direct' WHERE job_id = {job.id!r}")
    assert VERSIONS not in custom_ids(answered(await bot.dana.click(movie, label="⋯"))), "they went by DM to Bob"
    assert french in message_text(answered(await behind_more(bot.bob, movie, VERSIONS)))
    refused = await bot.alice.select(seen, [dub.id], custom_id=custom_id(VERSIONS))
    assert ephemeral_text(refused) == ENGLISH("buttons-unknown-movie")


async def test_a_done_movie_shows_everything_and_what_can_be_done_with_it(bot: AdminHarness) -> None:
    await bot.movie(prompt="a red balloon", duration=10)
    page = await listed(bot, show="running")
    await bot.run_until_idle()
    await open_one(bot, page)
    assert title_of(page) == state_title(ENGLISH, JobState.RENDERING)
    await bot.finish()
    await bot.alice.click(page, label=ENGLISH("movies-refresh-button"))
    job, text = bot.job(), message_text(page)
    assert addresses(page).count(job["movie_url"]) == 2
    assert not title_of(page), "the movie is the title"
    parts = ("> a red balloon", format_credits(ENGLISH, 100), f"<#{bot.channel.id}>")
    for words in (*parts, format_duration(ENGLISH, 60), f"<t:{job['created_at'] // 1000}:f>"):
        assert words in text
    studio = STUDIO.format(request_id=job["samsar_request_id"])
    assert actions(page) == [
        job["movie_url"],
        "remix",
        "continue",
        "refresh",
        "retry",
        "delete",
        studio,
        movie_list.PAGE_ACTION,
    ]
    await bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert message_text(page) == empty_list(bot.alice.id, MovieFilter.RUNNING)


async def test_pages_are_turned_and_left_and_work_after_a_restart(bot: AdminHarness) -> None:
    await has(bot, *[JobState.COMPLETED] * 7)
    page = await listed(bot)
    assert (prompts(page), buttons(page)) == (numbered([7, 6, 5, 4, 3]), {"Watch": True, "Newer": False, "Older": True})
    await bot.restart()
    await bot.alice.click(page, label=ENGLISH("movies-older-button"))
    assert (prompts(page), buttons(page)) == (numbered([2, 1]), {"Watch": True, "Newer": True, "Older": False})
    await open_one(bot, page, 2)
    assert "> movie 1" in message_text(page)
    await bot.restart()
    await bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert prompts(page) == numbered([2, 1])
    await bot.alice.click(page, label=ENGLISH("movies-newer-button"))
    assert prompts(page) == numbered([7, 6, 5, 4, 3])
    await choose(bot, page, "movies-filter", "not-made")
    assert message_text(page) == empty_list(bot.alice.id, MovieFilter.UNSUCCESSFUL)


async def test_a_movie_that_could_be_posted_nowhere_is_claimed(bot: AdminHarness) -> None:
    job = await one_kept(bot)
    page = await listed(bot)
    assert "📬" in message_text(page)
    await open_one(bot, page)
    assert message_text(page).startswith(ENGLISH("movies-posted-late"))
    assert job["movie_url"] in addresses(page)
    [notification] = ledger_checks.outbox(bot.path)
    assert notification["sent_at"] == bot.clock.now()
    await bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert state_label(ENGLISH, JobState.COMPLETED) in message_text(page)
    await open_one(bot, page)
    assert ENGLISH("movies-posted-late") not in message_text(page)


async def test_an_old_movie_is_claimed_with_a_fresh_link(bot: AdminHarness) -> None:
    job = await one_kept_long_ago(bot)
    without = answering(bot, {"status": "PENDING"})
    page = await listed(bot)
    await open_one(bot, page)
    late = ENGLISH("movies-posted-late"), ENGLISH("movies-link-may-have-expired")
    assert message_text(page).startswith("\n".join(late))
    first_answer = bot.requests("POST", "/callback")[-1].json or {}
    assert first_answer["type"] == discord.InteractionResponseType.deferred_message_update.value
    await bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert "📬" in message_text(page)
    without.stop()
    await bot.clock.advance(600)
    answering(bot, {"status": "COMPLETED", "result": {"url": "https://movies.test/fresh.mp4"}})
    page = await listed(bot, id=job.id)
    assert message_text(page).startswith(ENGLISH("movies-posted-late"))
    assert bot.job()["movie_url"] == "https://movies.test/fresh.mp4"
    [notification] = ledger_checks.outbox(bot.path)
    assert notification["sent_at"] == bot.clock.now()
    assert ENGLISH("movies-posted-late") not in message_text(await listed(bot, id=job.id))


async def test_only_the_member_claims_a_movie(bot: AdminHarness) -> None:
    await one_kept(bot)
    page = await listed(bot, bot.dana, member=bot.alice)
    assert escape_line(ENGLISH("movies-hidden-prompt"), 120) in message_text(page)
    assert "a red balloon" not in message_text(page)
    assert str(bot.job()["movie_url"]) not in message_text(page)
    forged = custom_id(movie_list.OPEN, bot.alice.id, "all", bot.job()["id"])
    assert ephemeral_text(await bot.press(bot.dana, page, forged, [bot.job()["id"]])) == ENGLISH("movies-not-found")
    [notification] = ledger_checks.outbox(bot.path)
    assert notification["sent_at"] is None


async def test_a_movie_is_opened_by_the_id_of_its_footer(bot: AdminHarness) -> None:
    [movie] = await has(bot, JobState.QUEUED)
    for typed in (movie.id, f" ID {movie.id.upper()} ", f"{'0' * 13} · {movie.id}"):
        page = await listed(bot, id=typed)
        assert title_of(page) == state_title(ENGLISH, JobState.QUEUED)
        assert footer_of(page).splitlines()[-1] == ENGLISH("movies-id-footer", id=movie.id)
    await bot.alice.click(page, label=ENGLISH("movies-back-button"))
    assert prompts(page) == ["movie 1"]


async def test_a_movie_of_another_member_is_opened_by_a_manager_of_its_server_only(bot: AdminHarness) -> None:
    [movie] = await has(bot, JobState.QUEUED)
    [elsewhere] = await has(bot, JobState.QUEUED, guild_id=ELSEWHERE)
    page = await listed(bot, bot.dana, id=movie.id)
    assert title_of(page) == state_title(ENGLISH, JobState.QUEUED)
    assert movie_list.PAGE_ACTION in actions(page)
    assert "cancel" not in actions(page)
    for who, typed in (
        (bot.bob, movie.id),
        (bot.dana, elsewhere.id),
        (bot.alice, "0000000000000"),
        (bot.alice, "'; DROP TABLE jobs"),
        (bot.alice, " "),
    ):
        assert ephemeral_text(await who.slash(bot.channel, "movies", id=typed)) == ENGLISH("movies-unknown-id")
