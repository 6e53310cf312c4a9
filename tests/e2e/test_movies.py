"""/movies: a member's own movies, private: found, opened, claimed; anyone else's only for who runs the server."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.catalogue import AspectRatio
from bot.domain.credits import Limits
from bot.domain.job import EndReason, Job, JobState, new_id
from bot.domain.outlook import Placed
from bot.domain.request import MovieRequest
from bot.sandbox.scene import Mischief, Playing, Proceed, Reply, Route, Scene
from tests.support import books
from tests.support.managing import Office, open_office
from tests.support.world import RENDER_SECONDS, refused, said, shown

NOT_YOURS = "Only they themselves, and those who may manage the server, can see someone's movies."
OUT_OF_DATE = "This command has just been updated."
ELSEWHERE = 999_999
"""A server that the bot is not in."""

_BUTTON = 2


@pytest.fixture
async def office(tmp_path: Path) -> AsyncGenerator[Office]:
    """A server that Dana runs; Alice and Bob make movies."""
    async with open_office(tmp_path) as opened:
        yield opened


# ── bringing movies about ────────────────────────────────────────────────────────────────────────────────────────────


async def has(
    office: Office, *states: JobState, who: MemberActor | None = None, guild_id: int | None = None, name: str = "movie"
) -> list[Job]:
    """Write movies straight into the store, the oldest first: `movie 1`, `movie 2`, …, each in its state."""
    jobs = []
    for number, state in enumerate(states, 1):
        made_at = office.clock.now() + number
        job = Job(
            id=new_id(made_at),
            interaction_id=len(books.jobs(office.path)) + 1,
            guild_id=office.guild.id if guild_id is None else guild_id,
            channel_id=office.channel.id,
            member_id=(who or office.alice).id,
            member_name=(who or office.alice).name,
            request=MovieRequest(f"{name} {number}", 30, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE),
            credits=300,
            state=JobState.QUEUED,
            created_at=made_at,
        )
        await _bring(office, job, state)
        brought = await office.app.store.job(job.id)
        assert brought is not None
        jobs.append(brought)
    return jobs


async def _bring(office: Office, job: Job, state: JobState) -> None:
    store, now = office.app.store, office.clock.now()
    assert isinstance(await store.reserve(job, (), Limits(member=10**6, plan=10**6)), Placed)
    if state is JobState.CANCELLED:
        assert await store.withdraw(job.id, now, tell=False)
        return
    assert await store.confirm(job.id, 1, now)
    if state is JobState.QUEUED:
        return
    await store.claim(now, 1, 1000, 1000)
    assert await store.accepted(job.id, f"request-{job.id}", now)
    if state is JobState.COMPLETED:
        assert await store.complete(job.id, f"https://movies.test/{job.id}.mp4", now)
    if state is JobState.FAILED:
        assert await store.fail(job.id, EndReason.UPSTREAM_FAILED, None, now, lost=True)


async def one_kept(office: Office) -> dict[str, Any]:
    """Have a movie of Alice's made that can be posted nowhere: her channel is gone, her direct messages closed."""
    place = office.guild.create_text_channel("short-lived")
    await office.alice.slash(place, "movie", prompt="a red balloon", duration=20)
    await office.turn()
    office.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    office.env.backend.delete_channel(place.id)
    await office.turn(RENDER_SECONDS)
    [owed] = books.deliveries(office.path)
    assert (owed["due_at"], owed["delivered_at"]) == (None, None)
    return office.job()


async def one_kept_long_ago(office: Office) -> Job:
    """The same, an hour ago: long enough for its link to have expired. Nothing was asked of the API in this process."""
    [job] = await has(office, JobState.COMPLETED)
    [(delivery, _)] = await office.app.store.owed(office.clock.now(), 10, ())
    await office.app.store.keep(delivery)
    await office.clock.advance(3600)
    return job


def answering(office: Office, answer: dict[str, object]) -> Playing:
    """Let the API answer so when it is asked how far a movie is.

    It closes the connection, for SimCord would wait out that a press keeps one for later.
    """

    async def act(_scene: Scene, _proceed: Proceed) -> Reply:
        return replace(Reply.of(answer), headers={"Connection": "close"})

    return office.upstream.play(Mischief("answering", "gives this answer", act, (Route.STATUS,)))


# ── looking and pressing ─────────────────────────────────────────────────────────────────────────────────────────────


async def listed(office: Office, who: MemberActor | None = None, **options: Any) -> ResponseMessage:
    """Type /movies, and return the private answer."""
    result = await (who or office.alice).slash(office.channel, "movies", **options)
    assert result.ephemeral
    assert result.response is not None
    return result.response


def parts(message: ResponseMessage) -> list[dict[str, Any]]:
    """The buttons and menus beneath a message."""
    return [each for row in message.components for each in row["components"]]


def buttons(message: ResponseMessage) -> dict[str, bool]:
    """The buttons by label, and whether they can be pressed."""
    return {each["label"]: not each.get("disabled", False) for each in parts(message) if each["type"] == _BUTTON}


def menu(message: ResponseMessage, action: str) -> dict[str, Any]:
    """The menu of an action."""
    [found] = [each for each in parts(message) if each.get("custom_id", "").startswith(f"m:{action}:")]
    return found


async def choose(
    office: Office, message: ResponseMessage, action: str, value: str, who: MemberActor | None = None
) -> InteractionResult:
    """Choose a line of a menu."""
    return await (who or office.alice).select(message, [value], custom_id=menu(message, action)["custom_id"])


async def open_one(
    office: Office, message: ResponseMessage, number: int = 1, who: MemberActor | None = None
) -> InteractionResult:
    """Open the movie at this place of the list."""
    value = menu(message, "movies-open")["options"][number - 1]["value"]
    return await choose(office, message, "movies-open", value, who)


def prompts(message: ResponseMessage) -> list[str]:
    """The prompts of a page, in its order."""
    lines = (message.embeds[0].description or "").splitlines()
    return [line.partition("** ")[2] for line in lines if line.startswith("**")]


def numbered(numbers: Sequence[int]) -> list[str]:
    """The prompts of movies by number."""
    return [f"movie {number}" for number in numbers]


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_member_finds_their_movies_with_links(office: Office) -> None:
    """Waiting, in the making and done, as they move on; seen by the one who asks alone."""
    empty = await listed(office)
    assert "None yet: type /movie" in shown(empty)
    assert parts(empty) == []
    await office.movie(prompt="a red balloon", duration=10)
    assert "⏳ in the queue" in shown(await listed(office))
    await office.turn()
    await office.turn(50)
    assert "🎬 in the making `" in shown(await listed(office))
    await office.finish()
    text = shown(await listed(office))
    for words in ("**1.** a red balloon", "✅ made", ":R>", "10 s", "100 credits", f"(<{office.job()['movie_url']}>)"):
        assert words in text
    assert "None yet" in said(await office.bob.slash(office.channel, "movies"))


async def test_many_movies_come_in_pages_in_both_directions(office: Office) -> None:
    """Five on each, turned in place; the ends say so; a movie ordered meanwhile moves nothing."""
    await has(office, *[JobState.COMPLETED] * 13)
    await office.clock.advance(1)
    page = await listed(office)
    assert prompts(page) == numbered([13, 12, 11, 10, 9])
    assert buttons(page) == {"Newer": False, "Older": True}
    await office.alice.click(page, label="Older")
    await has(office, JobState.QUEUED, name="newer")
    await office.alice.click(page, label="Older")
    assert prompts(page) == numbered([3, 2, 1])
    assert buttons(page) == {"Newer": True, "Older": False}
    await office.alice.click(page, label="Newer")
    assert prompts(page) == numbered([8, 7, 6, 5, 4])
    await office.alice.click(page, label="Newer")
    assert prompts(page) == numbered([13, 12, 11, 10, 9])
    assert buttons(page) == {"Newer": True, "Older": True}
    await office.alice.click(page, label="Newer")
    assert prompts(page) == ["newer 1", *numbered([13, 12, 11, 10])]


async def test_a_filter_shows_some_of_them(office: Office) -> None:
    """By option and by menu: running, done, not made; an empty answer says so and can be left again."""
    await has(office, JobState.RENDERING, JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)
    assert prompts(await listed(office, show="running")) == numbered([1])
    page = await listed(office)
    for which, title, numbers in (
        ("done", "Your movies that are done", [2]),
        ("not-made", "Your movies that were not made", [4, 3]),
        ("all", "Your movies", [4, 3, 2, 1]),
    ):
        await choose(office, page, "movies-show", which)
        assert page.embeds[0].title == title
        assert prompts(page) == numbered(numbers)
        chosen = [each["value"] for each in menu(page, "movies-show")["options"] if each.get("default")]
        assert chosen == [which]
    bobs = await listed(office, office.bob, show="running")
    assert "None of your movies is running now." in shown(bobs)
    await choose(office, bobs, "movies-show", "all", office.bob)
    assert "None yet" in shown(bobs)


async def test_a_filter_that_does_not_exist_is_refused(office: Office) -> None:
    """Discord's own client offers none such."""
    text = refused(await office.forged(office.alice, "movies", show="lost"))
    assert text.startswith("lost is not possible there")


async def test_movies_of_other_servers_are_listed_too(office: Office) -> None:
    """A movie that was paid for in a server that the bot was removed from is still its member's: seen, and opened."""
    await has(office, JobState.COMPLETED, guild_id=ELSEWHERE)
    page = await listed(office)
    assert "in another server" in shown(page)
    await open_one(office, page)
    assert "A server that I am no longer in." in shown(page)
    assert page.content.endswith(".mp4")


# ── one movie ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_done_movie_shows_everything_and_what_can_be_done_with_it(office: Office) -> None:
    """In the same private message: the link in the content, where Discord plays it, prompt, receipt, dates, buttons."""
    await office.movie(prompt="a red balloon", duration=10)
    await office.finish()
    page = await listed(office)
    await open_one(office, page)
    job = office.job()
    assert page.content.splitlines() == ["Here is your movie.", job["movie_url"]]
    text = shown(page)
    for words in ("✅ Made", ">>> a red balloon", "**100 credits** spent.", f"<#{office.channel.id}>", "It took 1 min"):
        assert words in text
    assert f"Asked for on <t:{job['created_at'] // 1000}:f>" in text
    assert list(buttons(page)) == [
        *("Remix", "Again", "Refresh link", "Open the movie", "Open in Studio"),
        "Back to the list",
    ]
    await office.alice.click(page, label="Back to the list")
    assert page.content == ""
    assert prompts(page) == ["a red balloon"]


@pytest.mark.parametrize(
    ("state", "words", "labels"),
    [
        (
            JobState.QUEUED,
            ("⏳ In the queue", "It is next.", "held"),
            ["Cancel", "Send it to me directly", "Look again"],
        ),
        (JobState.RENDERING, ("🎬 In the making", "Started", "held"), ["Send it to me directly", "Look again"]),
        (JobState.FAILED, ("↩️ Not made", "could not finish", "It cost nothing."), ["Try again"]),
        (JobState.CANCELLED, ("↩️ Cancelled", "never started", "all given back"), ["Try again"]),
    ],
)
async def test_any_other_movie_shows_its_state_and_the_buttons_for_it(
    office: Office, state: JobState, words: tuple[str, ...], labels: list[str]
) -> None:
    """How far it is or why it was not made, where the credits are, and no link above."""
    await has(office, state)
    page = await listed(office)
    await open_one(office, page)
    for each in words:
        assert each in shown(page)
    assert page.content == ""
    assert list(buttons(page)) == [*labels, "Back to the list"]


async def test_a_movie_that_moved_on_meanwhile_is_shown_as_it_is_now(office: Office) -> None:
    """Chosen while the list still says queued: it is in the making; looked at again: done. Back leads to a list."""
    await office.movie(prompt="a red balloon", duration=10)
    page = await listed(office, show="running")
    await office.turn()
    await open_one(office, page)
    assert "🎬 In the making" in shown(page)
    await office.finish()
    await office.alice.click(page, label="Look again")
    assert "✅ Made" in shown(page)
    assert page.content.endswith(office.job()["movie_url"])
    await office.alice.click(page, label="Back to the list")
    assert "None of your movies is running now." in shown(page)


async def test_the_way_back_leads_to_the_page_one_came_from(office: Office) -> None:
    """The second page, not the first."""
    await has(office, *[JobState.COMPLETED] * 12)
    page = await listed(office)
    await office.alice.click(page, label="Older")
    await open_one(office, page, 3)
    assert ">>> movie 5" in shown(page)
    await office.alice.click(page, label="Back to the list")
    assert prompts(page) == numbered([7, 6, 5, 4, 3])


async def test_a_cancelled_movie_is_seen_cancelled(office: Office) -> None:
    """Cancel acts from here as it does from the card."""
    await office.movie(prompt="a red balloon", duration=10)
    page = await listed(office)
    await open_one(office, page)
    await office.alice.click(page, label="Cancel")
    await office.alice.click(page, label="Look again")
    assert "↩️ Cancelled" in shown(page)
    assert office.job()["state"] == "cancelled"


async def test_everything_works_after_a_restart(office: Office) -> None:
    """Pages, menus and the way back: what they do stands in them."""
    await has(office, *[JobState.COMPLETED] * 7)
    page = await listed(office)
    await office.restart()
    await office.alice.click(page, label="Older")
    assert prompts(page) == numbered([2, 1])
    await open_one(office, page, 2)
    await office.restart()
    await office.alice.click(page, label="Back to the list")
    assert prompts(page) == numbered([2, 1])
    await choose(office, page, "movies-show", "not-made")
    assert "None of your movies has failed or been cancelled." in shown(page)


# ── claiming ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_movie_that_could_be_posted_nowhere_is_claimed(office: Office) -> None:
    """The list says so; opening it gives the link, and it is delivered from then on."""
    job = await one_kept(office)
    page = await listed(office)
    assert "📬 made, but it could not be posted" in shown(page)
    await open_one(office, page)
    assert page.content.splitlines() == ["It could not be posted when it was done; here it is.", job["movie_url"]]
    [owed] = books.deliveries(office.path)
    assert owed["delivered_at"] == office.clock.now()
    await office.alice.click(page, label="Back to the list")
    assert "✅ made" in shown(page)
    await open_one(office, page)
    assert page.content.startswith("Here is your movie.")


async def test_an_old_movie_is_claimed_with_a_fresh_link(office: Office) -> None:
    """Links expire: after half an hour the API is asked for another, once Discord has its first answer."""
    await one_kept_long_ago(office)
    answering(office, {"status": "COMPLETED", "result": {"url": "https://movies.test/fresh.mp4"}})
    page = await listed(office)
    await open_one(office, page)
    said_first, link = page.content.splitlines()
    assert said_first == "It could not be posted when it was done; here it is."
    assert link == office.job()["movie_url"] == "https://movies.test/fresh.mp4"
    first_answer = office.requests("POST", "/callback")[-1].json or {}
    assert first_answer["type"] == discord.InteractionResponseType.deferred_message_update.value
    [owed] = books.deliveries(office.path)
    assert owed["delivered_at"] == office.clock.now()


async def test_an_old_movie_without_a_fresh_link_stays_to_be_claimed(office: Office) -> None:
    """The API gives none: the old link is shown and said to be one, and the claim is left for later."""
    job = await one_kept_long_ago(office)
    answering(office, {"status": "PENDING"})
    page = await listed(office)
    await open_one(office, page)
    said_first, link = page.content.splitlines()
    assert "may have expired: try again in a few minutes." in said_first
    assert link == job.movie_url
    [owed] = books.deliveries(office.path)
    assert owed["delivered_at"] is None
    await office.alice.click(page, label="Back to the list")
    assert "📬 made, but it could not be posted" in shown(page)


async def test_nobody_else_claims_a_movie(office: Office) -> None:
    """Dana may look at it, and it stays Alice's to claim."""
    await one_kept(office)
    page = await listed(office, office.dana, member=office.alice)
    await open_one(office, page, who=office.dana)
    assert page.content.startswith("Here is the movie.")
    [owed] = books.deliveries(office.path)
    assert owed["delivered_at"] is None


# ── whose ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_one_who_may_manage_the_server_sees_a_members_movies_in_it(office: Office) -> None:
    """Those of this server alone; and of the buttons only the links: no action is the owner's to lose."""
    await has(office, JobState.COMPLETED, JobState.QUEUED)
    await has(office, JobState.COMPLETED, guild_id=ELSEWHERE, name="secret")
    page = await listed(office, office.dana, member=office.alice)
    assert page.embeds[0].title == "Movies of alice in this server"
    assert prompts(page) == numbered([2, 1])
    await open_one(office, page, 2, who=office.dana)
    assert "Asked for by" in shown(page)
    assert list(buttons(page)) == ["Open the movie", "Open in Studio", "Back to the list"]
    await office.dana.click(page, label="Back to the list")
    await open_one(office, page, 1, who=office.dana)
    assert list(buttons(page)) == ["Look again", "Back to the list"]
    office.guild.remove_member(office.alice)
    assert prompts(await listed(office, office.dana, member=office.alice.user)) == numbered([2, 1])
    bobs = await listed(office, office.dana, member=office.bob)
    assert f"{office.bob.mention} has asked for no movie in this server yet." in shown(bobs)


async def test_one_who_may_not_is_told_kindly(office: Office) -> None:
    """Anyone else's is refused; one's own may be named."""
    await has(office, JobState.COMPLETED)
    assert refused(await office.bob.slash(office.channel, "movies", member=office.alice)) == NOT_YOURS
    assert prompts(await listed(office, member=office.alice)) == numbered([1])


async def test_a_forged_press_shows_nothing_of_anyone_elses(office: Office) -> None:
    """Bob turns, filters and opens as Alice would, and learns nothing; her page stays as it is."""
    [job] = await has(office, JobState.COMPLETED)
    page = await listed(office)
    before = shown(page)
    alice, bob = office.alice.id, office.bob.id
    for custom_id, values in (
        (f"m:movies:{alice}:all:here:{job.id}", []),
        (f"m:movies-show:{alice}", ["done"]),
        (f"m:movies-open:{alice}:all:{job.id}", [job.id]),
        (f"m:movies-open:{alice}:all:{job.id}:{job.id}", []),
    ):
        assert refused(await office.press(office.bob, page, custom_id, values)) == NOT_YOURS
    stolen = await office.press(office.bob, page, f"m:movies-open:{bob}:all:{job.id}", [job.id])
    assert refused(stolen) == "This movie is not in this list. Type /movies to see what is."
    assert shown(page) == before


async def test_a_manager_opens_nothing_from_another_server(office: Office) -> None:
    """Who runs one server learns nothing of what a member does in another."""
    [job] = await has(office, JobState.COMPLETED, guild_id=ELSEWHERE)
    page = await listed(office)
    press = await office.press(office.dana, page, f"m:movies-open:{office.alice.id}:all:{job.id}", [job.id])
    assert "not in this list" in refused(press)


async def test_a_press_that_means_nothing_is_answered(office: Office) -> None:
    """Buttons of an earlier version, and whatever anyone may make up."""
    await has(office, JobState.COMPLETED)
    page = await listed(office)
    alice = office.alice.id
    for custom_id, values in (
        ("m:movies:1", []),
        ("m:movies-show", ["all"]),
        (f"m:movies-show:{alice}", ["lost"]),
        (f"m:movies:{'9' * 30}:all:here:{'0' * 13}", []),
        (f"m:movies:{alice}:all:sideways:{'0' * 13}", []),
        (f"m:movies:{alice}:all:here:{'x' * 50}", []),
        (f"m:movies-open:{alice}", ["x"]),
        ("m:movies-open:all:all:all", ["x"]),
    ):
        assert OUT_OF_DATE in refused(await office.press(office.alice, page, custom_id, values)), custom_id
